import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { activationMs } from '../support/vscodeActivation';
import { extension, manifest } from '../support/vscodeExtension';

const activationBudgetMs = 50;

// Named so that it is the first suite: it measures the one time that the extension activates.
describe('activation', () => {
  it(`costs less than ${activationBudgetMs} ms`, async () => {
    assert.equal(extension().isActive, false, 'nothing was asked of it yet');
    const tookMs = await activationMs(extension());
    assert.ok(tookMs < activationBudgetMs, `it took ${tookMs.toFixed(1)} ms`);
    assert.equal(extension().exports.engine.started, false, 'the engine waits for the first call');
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
