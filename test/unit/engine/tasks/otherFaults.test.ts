import assert from 'node:assert/strict';
import { programFor } from '../../../../src/engine/domain/ports';
import { hiddenTests, visibleTests, type Task } from '../../../../src/engine/domain/task';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { faultsBeside } from '../../../../src/engine/tasks/makers/otherFaults';
import { assetsFolder } from '../../../support/assets';
import { aTask, aTest } from '../../../support/builders';
import { ScriptJudge } from '../../../support/scriptJudge';

const reference = `function spread(values) {
  if (values.length === 0) return 0;
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
`;
const parent = aTask({
  ...{ language: 'javascript', entryPoint: 'spread', reference, prompt: 'How far apart?' },
  starter: reference.replace('high - low', 'high + low'),
  tests: [
    aTest('v1', 'visible', 'spread([1, 4]) === 3'),
    aTest('v2', 'visible', 'spread([]) === 0'),
    aTest('v3', 'visible', 'spread([5, 2, 9]) === 7'),
    aTest('h1', 'hidden', 'spread([-2, 2]) === 4'),
    aTest('h2', 'hidden', 'spread([7, 3, 5]) === 4'),
  ],
});

describe('other faults beside that of a task', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const judge = new ScriptJudge();
  const signal = new AbortController().signal;
  const beside = (from: Task, edits: 'single' | 'several' | 'any' = 'any', count = 6) =>
    faultsBeside(from, { syntax, judge, signal, seed: 1, count, edits });

  it('make tasks of the same family that a visible and a hidden test notice', async () => {
    const { tasks } = await beside(parent);
    assert.ok(tasks.length > 2, String(tasks.length));
    assert.equal(new Set(tasks.map(({ hash }) => hash)).size, tasks.length);
    for (const child of tasks) {
      assert.equal(child.family, parent.family);
      assert.equal(child.source.parent, parent.hash);
      assert.notEqual(child.starter, parent.starter);
      assert.deepEqual(child.tests, parent.tests, 'roles that came with a task stay');
      assert.match(child.prompt, /does not do what it should[^]*How far apart\?$/);
      for (const side of [visibleTests(child), hiddenTests(child)]) {
        const verdict = await judge.judge(programFor(child, child.starter ?? ''), side);
        assert.notEqual(verdict.status, 'passed');
      }
      for (const hidden of hiddenTests(child)) {
        assert.ok('source' in hidden && !child.prompt.includes(hidden.source));
      }
    }
    assert.deepEqual((await beside(parent)).tasks, tasks, 'the same for the same seed');
  });

  it('are of one edit or of several, as is asked', async () => {
    const edits = async (kind: 'single' | 'several') =>
      (await beside(parent, kind, 3)).tasks.map(
        ({ source }) => (source['faults'] as readonly object[]).length,
      );
    assert.ok((await edits('single')).every((count) => count === 1));
    const several = await edits('several');
    assert.ok(several.length > 0 && several.every((count) => count > 1));
  });

  it('are none where there is no reference to put them in', async () => {
    const { reference: _, ...rest } = parent;
    assert.deepEqual((await beside(rest)).tasks, []);
  });

  it('make children of children under one name, not longer and longer ones', async () => {
    const [child] = (await beside(parent, 'any', 1)).tasks;
    const [grandchild] = (await beside(child ?? parent, 'any', 1)).tasks;
    assert.match(grandchild?.id ?? '', /^samples\/double~[0-9a-f]{6}$/);
    assert.equal(grandchild?.prompt.match(/does not do what it should/g)?.length, 1);
  });
});
