import { strict as assert } from 'node:assert';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import type { EvaluateResult } from '../../src/engine/flywheel/workbench';
import { surface } from '../support/vscodeExtension';
import { until } from '../support/vscodeUntil';

const deadlineMs = 60_000;

const task = {
  id: 'double',
  language: 'javascript',
  prompt: 'Double it.',
  entryPoint: 'double',
  starter: 'function double(x) { return x + x + 1; }',
  tests: [
    { id: 'v', role: 'visible', kind: 'check', source: check('double(2) === 4') },
    { id: 'h', role: 'hidden', kind: 'check', source: check('double(5) === 10') },
  ],
};

function check(condition: string): string {
  return `function check(double) { if (!(${condition})) throw new Error('wrong'); }`;
}

describe('measuring runs', function () {
  this.timeout(deadlineMs);
  let extension: TestSurface;
  let told: string[];

  before(async () => {
    ({ surface: extension, told } = await surface());
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const file = vscode.Uri.joinPath(workspace.uri, 'double.tasks.jsonl');
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(task)));
    const tasksFile = path.resolve(file.fsPath);
    for (const [run, maxCandidates] of [
      ['measured-1', 200],
      ['measured-2', 200],
    ] as const) {
      await extension.engine.call('solve', { run, tasksFile, maxCandidates });
    }
    await vscode.workspace.fs.delete(file);
  });

  const reports = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview);

  afterEach(async () => {
    await vscode.window.tabGroups.close(reports());
  });

  it('Evaluate Pass Rate opens a report in a tab', async () => {
    const run = 'measured-1';
    const result = await vscode.commands.executeCommand<EvaluateResult | undefined>(
      'flywheel.evaluate',
      { run },
    );
    assert.deepEqual(told, []);
    assert.equal(result?.evaluation.passAtK[0]?.rate.value, 1);
    assert.match(result.report, /^<!DOCTYPE html>/);
    await until('a tab with the report', () => reports().some(({ label }) => label.includes(run)));
  });

  it('Compare Runs compares the run with the one that was picked', async () => {
    const pick = extension.prompts.pick.bind(extension.prompts);
    extension.prompts.pick = async (_, choices) =>
      choices.find(({ value }) => String(value) === 'measured-2')?.value;
    const result = await vscode.commands.executeCommand<EvaluateResult | undefined>(
      'flywheel.compareRuns',
      { run: 'measured-1' },
    );
    extension.prompts.pick = pick;
    assert.deepEqual(told, []);
    const closing = /did the same on the one task; no test could find a difference/;
    assert.match(result?.closing ?? '', closing);
    await until('a tab with the report', () => reports().length === 1);
  });
});
