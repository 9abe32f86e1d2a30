import { strict as assert } from 'node:assert';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { extension, manifest } from '../support/vscodeExtension';

const activationBudgetMs = 50;

// Named so that it is the first suite: it measures the one time that the extension activates.
describe('activation', () => {
  it(`keeps the extension host busy for less than ${activationBudgetMs} ms`, async () => {
    assert.equal(extension().isActive, false, 'nothing was asked of it yet');
    const before = performance.eventLoopUtilization();
    const surface = await extension().activate();
    // Without the time that the host waits for the window, which is busy with its own start.
    const { active } = performance.eventLoopUtilization(before);
    assert.ok(active < activationBudgetMs, `it took ${active.toFixed(1)} ms`);
    assert.equal(surface.engine.started, false, 'the engine waits for the first call');
  });

  it('registers every command of the manifest', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const named = manifest().contributes.commands.map(({ command }) => command);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((command) => !registered.has(command)),
      [],
    );
  });

  it('shows every view of the manifest', async () => {
    const views = Object.values(manifest().contributes.views).flat();
    assert.ok(views.length > 0);
    for (const { id } of views) await vscode.commands.executeCommand(`${id}.focus`);
  });
});
