import assert from 'node:assert/strict';
import { compareRound } from '../../../../../src/engine/flywheel/round/compare';
import { weakestCells, type Tallied } from '../../../../../src/engine/flywheel/round/measure';
import { aTask } from '../../../../support/builders';

const tasks = Array.from({ length: 20 }, (_, at) =>
  aTask({ prompt: `t${String(at)}`, id: `t${String(at)}` }),
);

const solving = (solved: number, candidatesToFix: number | null = null, from = 0): Tallied => ({
  tallies: tasks.map((_, at) => ({ n: 1, c: at >= from && at < from + solved ? 1 : 0 })),
  measured: {
    ...{ generation: 0, run: 'm', tasks: tasks.length, faults: 0, candidatesToFix },
    ...{ rate: solved / tasks.length, interval: [0, 1] },
  },
});
const how = { seed: 1, round: 1, isSame: false };

describe('comparing a solver with the one before', () => {
  it('keeps a better one and rolls back a worse one', () => {
    const better = compareRound(tasks, solving(5), solving(15), how);
    assert.deepEqual([better.outcome, better.isKept, better.reason], ['better', true, 'better']);
    const worse = compareRound(tasks, solving(15), solving(5), how);
    assert.deepEqual([worse.outcome, worse.isKept, worse.reason], ['worse', false, 'worse']);
    assert.equal(worse.moved.filter(({ isForgotten }) => isForgotten).length, 10);
  });

  it('goes by the direction where few tasks cannot tell, then by candidates', () => {
    const reasons = [
      [solving(5), solving(6), 'cannotTellHigher', true],
      [solving(6), solving(5), 'cannotTellLower', false],
      [solving(5, 40), solving(5, 20), 'cannotTellFewerCandidates', true],
      [solving(5, 20), solving(5, 40), 'cannotTellMoreCandidates', false],
      [solving(5), solving(5), 'cannotTellEqual', true],
    ] as const;
    for (const [before, after, reason, isKept] of reasons) {
      const made = compareRound(tasks, before, after, how);
      assert.deepEqual([made.outcome, made.reason, made.isKept], ['cannotTell', reason, isKept]);
      assert.equal(made.isHopeless, true);
    }
  });

  it('names tasks that were forgotten though as many are solved', () => {
    const { moved, difference } = compareRound(tasks, solving(5), solving(5, null, 2), how);
    assert.equal(difference, 0);
    assert.deepEqual(
      moved.filter(({ isForgotten }) => isForgotten).map(({ id }) => id),
      ['t0', 't1'],
    );
  });

  it('finds the weakest cells, without those of one task alone', () => {
    const some = [
      ...['a/x', 'a/y', 'a/z'].map((family) => aTask({ prompt: family, family })),
      ...['b/x', 'b/y'].map((family) => aTask({ prompt: family, family })),
      aTask({ prompt: 'c', family: 'c/x' }),
    ];
    const solved = [1, 0, 0, 1, 1, 0].map((c) => ({ n: 1, c }));
    const cells = weakestCells(some, solved);
    assert.deepEqual(
      cells.map(({ concept, tasks: of }) => [concept, of]),
      [['a', 3]],
    );
  });
});
