import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diversityOf, mixPools, warningsOf } from '../../../../../src/engine/flywheel/round/mix';
import { aTask } from '../../../../support/builders';

const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => aTask({ prompt: `${prefix} ${String(at)}` }));

describe('mixing the next pool', () => {
  const usual = { old: 0.2, new: 0.8, seed: 1, round: 1, warnings: [], least: 0 } as const;

  it('takes a fifth of the old and four fifths of the new', () => {
    const mixed = mixPools(named('old', 50), named('new', 50), usual);
    assert.deepEqual([mixed.old, mixed.new, mixed.pool.length], [10, 40, 50]);
    assert.deepEqual(mixed.warnings, []);
  });

  it('never holds a task twice, and nothing from elsewhere', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.nat(10), fc.nat(40), (old, made, both, least) => {
        const shared = named('both', both);
        const before = [...named('old', old), ...shared];
        const fresh = [...named('new', made), ...shared];
        const { pool, old: kept, new: taken } = mixPools(before, fresh, { ...usual, least });
        const known = new Set([...before, ...fresh].map(({ hash }) => hash));
        assert.equal(new Set(pool.map(({ hash }) => hash)).size, pool.length);
        assert.ok(pool.every(({ hash }) => known.has(hash)));
        assert.equal(kept + taken, pool.length);
        assert.ok(pool.length >= Math.min(least, before.length));
      }),
    );
  });

  it('changes the mix where it warns: fewer old ones when saturated, more when less diverse', () => {
    const [before, made] = [named('old', 50), named('new', 50)];
    assert.equal(mixPools(before, made, { ...usual, warnings: ['saturated'] }).old, 5);
    assert.equal(mixPools(before, made, { ...usual, warnings: ['lessDiverse'] }).old, 25);
    const short = mixPools(before, [], { ...usual, least: 20 });
    assert.deepEqual([short.old, short.warnings], [20, ['fewTasks']]);
  });

  it('warns of a pool that is solved, and of one that lost programs or topics', () => {
    const first = diversityOf(['a', 'b', 'c', 'd'], ['x', 'y', 'z', 'x']);
    assert.deepEqual(
      warningsOf(
        [
          [1, 1],
          [1, 1],
        ],
        first,
        first,
      ),
      ['saturated'],
    );
    assert.deepEqual(
      warningsOf(
        [
          [1, 1],
          [1, 0],
        ],
        first,
        first,
      ),
      [],
    );
    assert.deepEqual(warningsOf([], first, first), []);
    const copies = diversityOf(['a', 'a', 'a', 'b'], ['x', 'y', 'z', 'x']);
    assert.deepEqual(warningsOf([[0, 1]], copies, first), ['lessDiverse']);
    const oneTopic = diversityOf(['a', 'b', 'c', 'd'], ['x', 'x', 'x', 'x']);
    assert.deepEqual(warningsOf([[0, 1]], oneTopic, first), ['lessDiverse']);
  });
});
