import assert from 'node:assert/strict';
import {
  edited,
  placeInStarter,
  starterAttempt,
} from '../../../../../src/engine/solvers/search/attempt';
import { Crossing } from '../../../../../src/engine/solvers/search/crossing';
import type { Mend } from '../../../../../src/engine/syntax/mends';

describe('partial mends put together', () => {
  const starter = 'a = 1\nb = 2\nc = 3\n';
  const mend = (from: string, replacement: string, source = starter): Mend => {
    const start = source.indexOf(from);
    const rest = { operator: 'constant', line: 1, note: '' } as const;
    return { start, end: start + from.length, replacement, ...rest };
  };
  const one = edited(starterAttempt(starter), mend('1', '10'));
  const other = edited(starterAttempt(starter), mend('3', '33'));

  it('hold the edits of both, at their places', () => {
    const crossing = new Crossing(starter, 3);
    crossing.add(one, 'x', 0.5);
    assert.equal(crossing.next(), undefined);
    crossing.add(other, 'y', 0.4);
    const made = crossing.next();
    assert.equal(made?.program, 'a = 10\nb = 2\nc = 33\n');
    assert.equal(made.edits.length, 2);
    assert.equal(crossing.next(), undefined);
  });

  it('are none where edits touch the same place, or are too many', () => {
    const crossing = new Crossing(starter, 2);
    crossing.add(one, 'x', 0.5);
    crossing.add(edited(starterAttempt(starter), mend('1', '7')), 'z', 0.5);
    assert.equal(crossing.next(), undefined);
    const two = edited(one, mend('2', '5', one.program));
    const few = new Crossing(starter, 2);
    few.add(two, 'x', 0.5);
    few.add(other, 'y', 0.5);
    assert.equal(few.next(), undefined);
  });

  it('begin with what came nearest', () => {
    const crossing = new Crossing(starter, 3);
    crossing.add(one, 'x', 0.9);
    crossing.add(edited(starterAttempt(starter), mend('2', '5')), 'y', 0.9);
    crossing.add(other, 'z', 0.1);
    assert.match(crossing.next()?.program ?? '', /c = 33/);
  });

  it('know an edit behind another as one of the starter, and none that touches another', () => {
    const behind = mend('2', '5', one.program);
    assert.deepEqual(placeInStarter(one.places ?? [], behind), mend('2', '5'));
    assert.equal(placeInStarter(one.places ?? [], mend('10', '11', one.program)), null);
  });
});
