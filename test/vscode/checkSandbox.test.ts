import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { surface } from '../support/vscodeExtension';
import { until } from '../support/vscodeUntil';

describe('Check Sandbox', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens a document that says what isolates programs', async () => {
    const { told } = await surface();
    await vscode.commands.executeCommand('flywheel.checkSandbox');
    const text = await until('an open document about the sandboxes', () =>
      openTexts().find((text) => /bubblewrap/i.test(text) && /quickjs/i.test(text)),
    );
    assert.match(text, /network/i);
    assert.deepEqual(told, []);
  });
});

function openTexts(): string[] {
  return vscode.workspace.textDocuments.map((document) => document.getText());
}
