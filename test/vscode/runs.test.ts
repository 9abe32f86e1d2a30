import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import type { RunSummary } from '../../src/engine/domain/view';
import { surface } from '../support/vscodeExtension';
import { until } from '../support/vscodeUntil';

const cancelBudgetMs = 2000;
const demoDeadlineMs = 120_000;

describe('a run', function () {
  this.timeout(demoDeadlineMs + 10_000);
  let extension: TestSurface;
  let told: string[];
  let id: string;

  before(async () => {
    ({ surface: extension, told } = await surface());
  });

  it('starts with Run Demo and ends within 2 seconds of Cancel Run', async () => {
    const driving = vscode.commands.executeCommand('flywheel.runDemo');
    id = await until('the demo has begun to solve', () => begun(extension), demoDeadlineMs);
    const started = performance.now();
    void vscode.commands.executeCommand('flywheel.cancelRun');
    await until('no run is under way', () => extension.sessions.running === undefined);
    const tookMs = performance.now() - started;
    await driving;
    assert.ok(tookMs < cancelBudgetMs, `cancelling took ${tookMs.toFixed(0)} ms`);
    const run = await until('the run is shown as stopped', async () => {
      const [found] = await ended(extension, ['cancelled', 'interrupted']);
      return found;
    });
    assert.equal(run.id, id);
    assert.deepEqual(told, []);
  });

  it('goes on from there with Resume Run, and keeps what was done', async () => {
    const before = await extension.runs.rows(id);
    const done = before.filter((row) => row.state === 'ended');
    await vscode.commands.executeCommand('flywheel.resumeRun', { run: id });
    const rows = new Map((await extension.runs.rows(id)).map((row) => [row.hash, row]));
    for (const row of done) assert.deepEqual(rows.get(row.hash)?.turns, row.turns);
    assert.deepEqual(told, []);
  });

  it('stands in the Runs tree as finished, with what it found', async () => {
    const runs = await ended(extension, ['finished']);
    assert.deepEqual(
      runs.map((run) => run.id),
      [id],
    );
    const [run] = runs;
    assert.ok(run);
    assert.equal(run.ended, run.tasks);
    assert.ok(run.tasks > 0 && run.passedHidden.count > 0 && run.candidates > 0);
    assert.ok(run.dataset !== undefined && (run.pairs ?? 0) > 0, 'a dataset was written');
    const rows = await extension.runs.rows(id);
    const solved = rows.filter((row) => row.solvedVisible === true);
    assert.equal(rows.length, run.tasks);
    assert.equal(run.solvedVisible.count, solved.length);
    assert.ok(rows.every((row) => row.state === 'ended' && row.stop !== 'cancelled'));
  });
});

/** The id of the run under way, once some but not all of its tasks have ended. */
function begun(extension: TestSurface): string | undefined {
  const id = extension.sessions.running;
  const run = typeof id === 'string' ? extension.runs.run(id) : undefined;
  return run !== undefined && run.ended > 0 ? run.id : undefined;
}

async function ended(
  extension: TestSurface,
  states: readonly RunSummary['state'][],
): Promise<RunSummary[]> {
  return (await extension.runs.runs()).filter((run) => states.includes(run.state));
}
