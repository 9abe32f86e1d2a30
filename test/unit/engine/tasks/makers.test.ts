import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { programFor } from '../../../../src/engine/domain/ports';
import { visibleTests, type Task } from '../../../../src/engine/domain/task';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { removeBody } from '../../../../src/engine/tasks/makers/bodyRemoval';
import { weightedFaults, withFault } from '../../../../src/engine/tasks/makers/chooseFaults';
import { injectFaults } from '../../../../src/engine/tasks/makers/faultInjection';
import { issueText } from '../../../../src/engine/tasks/makers/issueText';
import type { FunctionMaker } from '../../../../src/engine/tasks/makers/maker';
import { makeTasks } from '../../../../src/engine/tasks/makeTasks';
import { syntaxProblem } from '../../../../src/engine/syntax/problem';
import { assetsFolder } from '../../../support/assets';
import { aVerdict } from '../../../support/builders';
import { aMachineJudge } from '../../../support/machineJudge';
import { makingWith } from '../../../support/making';
import { temporaryFolder } from '../../../support/temporary';

const source = [
  'def clip(values, low, high):',
  '    """Keep the values from low to high, both included, and give how many were left out."""',
  '    if low > high:',
  '        raise ValueError("low is above high")',
  '    kept = []',
  '    dropped = 0',
  '    for value in values:',
  '        if value < low or value > high:',
  '            dropped += 1',
  '            continue',
  '        kept.append(value)',
  '    return kept, dropped',
  '',
  '',
  'def twice(value):',
  '    return value * 2',
  '',
].join('\n');
const tests = [
  'import pytest',
  'from ranges import clip, twice',
  '',
  'def test_inside():',
  '    assert clip([1, 2, 3], 1, 3) == ([1, 2, 3], 0)',
  '',
  'def test_below():',
  '    assert clip([0, 5], 1, 9) == ([5], 1)',
  '',
  'def test_above():',
  '    assert clip([5, 10, 11], 1, 9) == ([5], 2)',
  '',
  'def test_empty():',
  '    assert clip([], 1, 9) == ([], 0)',
  '',
  'def test_wrong_bounds():',
  '    try:',
  '        clip([], 9, 1)',
  '    except ValueError:',
  '        return',
  '    raise AssertionError("no error")',
  '',
  'def test_twice():',
  '    assert twice(2) == 4',
  '',
  'def test_twice_of_nothing():',
  '    assert twice(0) == 0',
  '',
].join('\n');

describe('makers of tasks from functions', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let syntax: Syntax;
  let machine: Awaited<ReturnType<typeof aMachineJudge>>;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
    machine = await aMachineJudge();
  });
  after(() => machine.close());
  const made = (makers: readonly FunctionMaker[], parts: { limit?: number } = {}) => {
    mkdirSync(path.join(folder.path, 'tests'), { recursive: true });
    writeFileSync(path.join(folder.path, 'ranges.py'), source);
    writeFileSync(
      path.join(folder.path, 'tests', 'test_ranges.py'),
      tests.replace('import pytest\n', ''),
    );
    return makeTasks({
      from: folder.path,
      makers,
      syntax,
      ...makingWith(machine.judge),
      ...parts,
    });
  };
  const verdictOn = (task: Task, program: string) =>
    machine.judge.judge(
      programFor(task, program),
      task.tests,
      task.limits,
      new AbortController().signal,
    );

  it('injected faults fail visible and hidden tests, and the original passes all of them', async () => {
    const { tasks } = await made([injectFaults]);
    assert.ok(tasks.length >= 3);
    for (const task of tasks.filter(({ entryPoint }) => entryPoint === 'clip')) {
      const faulty = await verdictOn(task, task.starter ?? '');
      const failing = task.tests.filter(
        ({ id }) => faulty.tests.find((one) => one.id === id)?.outcome !== 'passed',
      );
      assert.ok(
        failing.some(({ role }) => role === 'visible'),
        task.id,
      );
      assert.ok(
        failing.some(({ role }) => role === 'hidden'),
        task.id,
      );
      assert.equal((await verdictOn(task, task.reference ?? '')).status, 'passed');
      assert.equal(task.source.maker, 'fault-injection@2');
      const oracle = task.tests.find(({ kind }) => kind === 'differential');
      assert.equal(oracle?.role, 'hidden');
    }
  });

  it('takes the body of documented functions away, and of no others', async () => {
    const { tasks } = await made([removeBody]);
    assert.deepEqual(
      tasks.map(({ entryPoint }) => entryPoint),
      ['clip'],
    );
    const [task] = tasks;
    assert.ok(task);
    assert.match(
      task.starter ?? '',
      /def clip\(values, low, high\):\n {4}"""Keep the values.*"""\n {4}\.\.\./,
    );
    assert.doesNotMatch(task.starter ?? '', /append|raise/);
    assert.equal((await verdictOn(task, task.starter ?? '')).status, 'failed');
    assert.equal((await verdictOn(task, task.reference ?? '')).status, 'passed');
    assert.ok(visibleTests(task).length > 0 && visibleTests(task).length < task.tests.length - 1);
  });

  it('a small limit leaves no maker out', async () => {
    const { tasks } = await made([injectFaults, removeBody], { limit: 2 });
    assert.equal(tasks.length, 2);
    const all = await made([removeBody, injectFaults], { limit: 1 });
    assert.equal(all.tasks.length, 1);
  });

  it('tells of the failure only what visible tests say', () => {
    const outcome = (id: string, actual: string) =>
      ({ id, outcome: 'failed', statement: `assert f(${id})`, expected: '1', actual }) as const;
    const verdict = aVerdict('failed', [outcome('v', '2'), outcome('h', 'secret')]);
    const text = issueText(
      'f',
      [{ kind: 'assert', id: 'v', role: 'visible', source: '' }],
      verdict,
    );
    assert.match(text, /expected 1 and got 2/);
    assert.doesNotMatch(text, /secret/);
  });

  it('draws faults of one to three edits on lines of their own, the same for the same seed', () => {
    const asked = {
      syntax,
      language: 'python',
      source,
      name: 'clip',
      key: 'k',
      count: 30,
    } as const;
    const faults = weightedFaults({ ...asked, seed: 7 });
    assert.deepEqual(faults, weightedFaults({ ...asked, seed: 7 }));
    assert.notDeepEqual(faults, weightedFaults({ ...asked, seed: 8 }));
    assert.deepEqual([...new Set(faults.map(({ length }) => length))].sort(), [1, 2, 3]);
    for (const fault of faults) {
      assert.equal(new Set(fault.map(({ line }) => line)).size, fault.length);
      assert.equal(syntaxProblem(syntax, 'python', withFault(source, fault)), null);
    }
  });
});
