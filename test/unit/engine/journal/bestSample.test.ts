import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TaskRow } from '../../../../src/engine/domain/view';
import { bestSample, ofSamples } from '../../../../src/engine/journal/bestSample';
import { cell, row } from '../../viewer/rows';

const failed = (...passed: number[]): TaskRow =>
  row('t', {
    turns: passed.map((count, index) => cell(index + 1, 'failed', count)),
    ...{ stop: 'turnsUsed', solvedVisible: false, passedHidden: false },
    candidates: passed.length,
  });
const solved = (passedHidden: boolean): TaskRow =>
  row('t', {
    turns: [cell(1, 'passed', 7)],
    ...{ stop: 'solved', solvedVisible: true, passedHidden, candidates: 1 },
  });
const waiting = row('t', { state: 'waiting' });
const running = row('t', { state: 'running', turns: [cell(1, 'failed', 1)] });

describe('the best sample of a task', () => {
  it('is one that is solved, else the one whose best turn passes most, the earlier of equals', () => {
    assert.equal(bestSample([failed(6), solved(false), solved(true)]), 1);
    assert.equal(bestSample([failed(2), failed(5, 1), failed(5)]), 1);
    assert.equal(bestSample([waiting, failed(0), waiting]), 1);
    assert.equal(bestSample([waiting, waiting]), 0);
  });

  it('does not depend on hidden tests', () => {
    const sample = fc.oneof(
      fc.array(fc.nat(6), { maxLength: 4 }).map((passed) => failed(...passed)),
      fc.boolean().map(solved),
      fc.constant(waiting),
    );
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1 }), fc.boolean(), (rows, hidden) => {
        const told = rows.map((one) => ({ ...one, passedHidden: hidden }));
        assert.equal(bestSample(told), bestSample(rows));
      }),
    );
  });
});

describe('the row of a task with several samples', () => {
  it('is that of its one sample where there is one', () => {
    const only = failed(1);
    assert.equal(ofSamples([only]), only);
  });

  it('has the cells of the best, and is solved where any is', () => {
    const told = ofSamples([failed(3, 4), solved(true), solved(false)]);
    assert.deepEqual(told.samples, { best: 1, of: 3, ended: 3, solved: 2, passedHidden: 1 });
    assert.deepEqual(told.turns, solved(true).turns);
    assert.deepEqual(
      [told.state, told.stop, told.solvedVisible, told.passedHidden, told.candidates],
      ['ended', 'solved', true, true, 4],
    );
  });

  it('has ended when all have, and claims nothing before', () => {
    const going = ofSamples([failed(3), running, waiting]);
    assert.equal(going.state, 'running');
    assert.deepEqual([going.stop, going.solvedVisible], [undefined, undefined]);
    assert.equal(ofSamples([failed(3), waiting]).state, 'waiting');
    assert.equal(ofSamples([solved(true), running]).solvedVisible, true);
    const unjudged = row('t', { stop: 'infrastructure', solvedVisible: false, passedHidden: null });
    assert.equal(ofSamples([unjudged, unjudged]).passedHidden, null);
  });
});
