import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { programFor } from '../../../../src/engine/domain/ports';
import type { Task } from '../../../../src/engine/domain/task';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { makeTasks } from '../../../../src/engine/tasks/makeTasks';
import type { Refused } from '../../../../src/engine/tasks/makers/maker';
import { assetsFolder } from '../../../support/assets';
import { aMachineJudge } from '../../../support/machineJudge';
import { makingWith } from '../../../support/making';
import { temporaryFolder } from '../../../support/temporary';

const unclamped =
  'def clamp(value, low, high):\n    """Keep value from low to high."""\n    return value\n';
const clamped = unclamped.replace('return value', 'return min(max(value, low), high)');
const test = (name: string, check: string): string =>
  `\ndef test_${name}():\n    assert ${check}\n`;
const firstTests = `from numbers_ import clamp\n${test('inside', 'clamp(5, 1, 9) == 5')}`;
const moreTests = `${firstTests}${test('low', 'clamp(0, 1, 9) == 1')}${test('high', 'clamp(10, 1, 9) == 9')}`;

describe('tasks from history', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let syntax: Syntax;
  let machine: Awaited<ReturnType<typeof aMachineJudge>>;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
    machine = await aMachineJudge();
  });
  after(() => machine.close());
  const git = (...args: readonly string[]): void => {
    const who = [
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.org',
      '-c',
      'commit.gpgsign=false',
    ];
    execFileSync('git', [...who, ...args], { cwd: folder.path, stdio: 'ignore' });
  };
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder.path, name)), { recursive: true });
    writeFileSync(path.join(folder.path, name), text);
  };
  const commit = (message: string, source: string, tests: string): void => {
    write('numbers_.py', source);
    write('tests/test_numbers.py', tests);
    git('add', '-A');
    git('commit', '-m', message);
  };
  const made = async (
    from = folder.path,
  ): Promise<{ tasks: readonly Task[]; refused: Refused[] }> => {
    const refused: Refused[] = [];
    const { tasks } = await makeTasks({
      from,
      makers: [],
      history: true,
      syntax,
      ...makingWith(machine.judge),
      refuse: (one) => {
        refused.push(one);
        return Promise.resolve();
      },
    });
    return { tasks, refused };
  };

  it('a commit that changed a function and its tests becomes a task, with its words', async () => {
    git('init', '-q');
    commit('Numbers', unclamped, firstTests);
    commit(
      'Values outside are clamped\n\nThey were given back.\n\nSigned-off-by: A <a@example.org>',
      clamped,
      moreTests,
    );
    const { tasks } = await made();
    assert.equal(tasks.length, 1);
    const [task] = tasks;
    assert.ok(task);
    assert.match(
      task.prompt,
      /Change the function `clamp`: Values outside are clamped\n\nThey were given back\./,
    );
    assert.doesNotMatch(task.prompt, /example\.org/);
    assert.match(task.starter ?? '', /return value\n/);
    assert.match(task.reference ?? '', /min\(max/);
    const judge = (program: string) =>
      machine.judge.judge(
        programFor(task, program),
        task.tests,
        task.limits,
        new AbortController().signal,
      );
    assert.equal((await judge(task.reference ?? '')).status, 'passed');
    const failing = (await judge(task.starter ?? '')).tests.filter(
      ({ outcome }) => outcome === 'failed',
    );
    assert.ok(
      failing.some(({ id }) => id === 'test_low') && failing.some(({ id }) => id === 'test_high'),
    );
    assert.equal(
      (task.source['commit'] as { subject: string }).subject,
      'Values outside are clamped',
    );
  });

  it('a commit whose tests passed before is refused, and one of code alone is none', async () => {
    git('init', '-q');
    commit('Numbers', clamped, firstTests);
    commit(
      'Reads better',
      clamped.replace('min(max(value, low), high)', 'max(low, min(value, high))'),
      moreTests,
    );
    write('numbers_.py', unclamped);
    git('commit', '-am', 'Code alone');
    const { tasks, refused } = await made();
    assert.deepEqual([tasks.length, refused.map(({ reason }) => reason)], [0, ['noFailingTests']]);
  });

  it('runs nothing that the repository sets up', async () => {
    git('init', '-q');
    commit('Numbers', unclamped, firstTests);
    commit('Clamps', clamped, moreTests);
    const mark = path.join(folder.path, 'ran');
    write('.gitattributes', '*.py diff=own\n');
    git('config', 'diff.own.textconv', `touch ${mark}; cat`);
    git('config', 'diff.external', `touch ${mark}`);
    git('config', 'core.fsmonitor', `touch ${mark}`);
    assert.equal((await made()).tasks.length, 1);
    assert.ok(!existsSync(mark));
  });

  it('says where there is no repository', async () => {
    await assert.rejects(made(folder.path), /is in no git repository/);
  });
});
