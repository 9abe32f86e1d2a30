import assert from 'node:assert/strict';
import {
  heldOutWarnings,
  looked,
  maxLooks,
  setHash,
  type HeldOutSet,
} from '../../../../src/engine/evaluation/heldOut';

const tasks = ['a', 'b', 'c'].map((hash) => ({ hash, family: `of ${hash}` }));
const hashes = tasks.map(({ hash }) => hash);

const setOf = (names: readonly string[], looks: number): HeldOutSet => ({
  name: 'final',
  hash: setHash(names),
  tasks: names,
  frozenAt: '2026-01-01T00:00:00.000Z',
  looks: Array.from({ length: looks }, (_, i) => ({ of: `run-${String(i)}`, at: '2026' })),
});

describe('a held-out set', () => {
  it('has a hash over its tasks that does not depend on their order or repeats', () => {
    assert.equal(setHash(['b', 'a', 'b']), setHash(['a', 'b']));
    assert.notEqual(setHash(['a']), setHash(['a', 'b']));
  });

  it('counts what was measured on it once', () => {
    const once = looked(setOf(hashes, 0), 'r', '1');
    assert.equal(looked(once, 'r', '2'), once);
    assert.equal(looked(once, 's', '2').looks.length, 2);
  });

  it('warns once it was looked at too often', () => {
    assert.deepEqual(heldOutWarnings(tasks, [setOf(hashes, maxLooks)], []), []);
    const [warning] = heldOutWarnings(tasks, [setOf(hashes, maxLooks + 1)], []);
    assert.match(warning ?? '', /final was evaluated 11 times/);
  });

  it('warns where only a part of it is measured', () => {
    const [warning] = heldOutWarnings(tasks.slice(0, 2), [setOf(hashes, 0)], []);
    assert.match(warning ?? '', /2 of 2 tasks are of the held-out set final \(3 tasks\)/);
    assert.deepEqual(heldOutWarnings(tasks, [setOf(['z'], 99)], []), []);
  });

  it('warns where its tasks or their families were exported for training', () => {
    const trained = { dataset: 'd', tasks: new Set(['a']), families: new Set(['of a', 'of b']) };
    const [warning] = heldOutWarnings(tasks, [], [trained]);
    assert.match(warning ?? '', /^1 of 3 tasks is in the dataset d, and 1 more are of a family/);
    const other = { ...trained, tasks: new Set(['z']), families: new Set<string>() };
    assert.deepEqual(heldOutWarnings(tasks, [], [other]), []);
  });
});
