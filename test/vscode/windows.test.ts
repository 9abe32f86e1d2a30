import { strict as assert } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import { extension, surface, workspaceFile } from '../support/vscodeExtension';
import { until } from '../support/vscodeUntil';

const beginDeadlineMs = 60_000;
/** Two looks of the watch, and room for a slow machine. */
const noticeDeadlineMs = 20_000;

describe('a run that a terminal drives', function () {
  this.timeout(beginDeadlineMs + noticeDeadlineMs);
  let driver: ChildProcess;
  let activated: TestSurface;
  let told: string[];
  let id: string;

  before(async () => {
    ({ surface: activated, told } = await surface());
    await vscode.commands.executeCommand('flywheel.iterations.focus');
    const known = new Set((await activated.runs.runs()).map((run) => run.id));
    driver = driveElsewhere();
    id = await until(
      'its run is shown without a refresh',
      () => activated.runs.known().find(({ id, kind }) => kind === 'demo' && !known.has(id))?.id,
      beginDeadlineMs,
    );
  });

  after(() => driver.kill('SIGKILL'));

  it('is shown as running, and its counts go up', async () => {
    assert.equal(activated.runs.run(id)?.state, 'running');
    assert.equal(activated.sessions.running, undefined);
    await until(
      'a task has ended',
      () => (activated.runs.run(id)?.ended ?? 0) > 0,
      beginDeadlineMs,
    );
  });

  it('is not driven from here too: the person is told who drives it, and what to do', async () => {
    await vscode.commands.executeCommand('flywheel.resumeRun', { run: id });
    const [text = '', ...more] = told.splice(0);
    assert.deepEqual(more, []);
    assert.match(text, new RegExp(`${id}\\b.* process ${driver.pid} .*\\. .*cancel it there`));
    assert.doesNotMatch(text, /\.\.|undefined/);
    assert.equal(activated.sessions.running, undefined);
    assert.equal(activated.runs.run(id)?.state, 'running');
  });

  it('shows as interrupted by itself once that process has died', async () => {
    driver.kill('SIGKILL');
    await until(
      'it is shown as interrupted',
      () => activated.runs.run(id)?.state === 'interrupted',
      noticeDeadlineMs,
    );
    const rows = await activated.runs.rows(id);
    assert.ok(rows.every(({ state }) => state !== 'running'));
    assert.deepEqual(told, []);
  });
});

/** The command line of this build, in a process of its own. */
function driveElsewhere(): ChildProcess {
  const cli = path.join(extension().extensionPath, 'dist', 'cli.js');
  return spawn(process.execPath, [cli, 'demo', '--json'], {
    cwd: workspaceFile('.').fsPath,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: 'ignore',
  });
}
