import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import { differenceShown } from '../support/vscodeDifference';
import { surface, workspaceFile } from '../support/vscodeExtension';

const runDeadlineMs = 90_000;
const right = '[:left_over]';
const wrong = '[:left_over + 1]';

describe('Self-Debug This Function', function () {
  this.timeout(runDeadlineMs);
  let extension: TestSurface;
  let told: string[];
  let document: vscode.TextDocument;
  let onDisk: string;

  before(async () => {
    ({ surface: extension, told } = await surface());
    // The server saves by itself after a while; what this looks at is what the product saves.
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    const file = workspaceFile('python/textkit/money.py');
    onDisk = await readFile(file.fsPath, 'utf8');
    document = await vscode.workspace.openTextDocument(file);
  });

  after(async () => {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
  });

  /** The function broken as a person would, not yet saved. */
  beforeEach(async () => {
    told.splice(0);
    const editor = await vscode.window.showTextDocument(document);
    const place = document.getText().indexOf(right);
    assert.ok(place > 0);
    const range = new vscode.Range(
      document.positionAt(place),
      document.positionAt(place + right.length),
    );
    await editor.edit((edit) => edit.replace(range, wrong));
    editor.selection = new vscode.Selection(range.start, range.start);
  });

  afterEach(async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await readFile(document.uri.fsPath, 'utf8'), onDisk, 'nothing was saved');
  });

  it('has a lens over each function that tests call', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const ours = lenses.filter(({ command }) => command?.command === 'flywheel.selfDebug');
    const lines = ours.map(({ range }) => document.lineAt(range.start.line).text);
    assert.ok(lines.some((line) => line.startsWith('def split_bill(')));
    assert.ok(ours.every(({ command }) => /Self-Debug · \d+ test/.test(command?.title ?? '')));
  });

  it('shows what it found beside the file, changes nothing, and then what was accepted', async () => {
    const broken = document.getText();
    const run = await vscode.commands.executeCommand<string>('flywheel.selfDebug');
    assert.equal(run, 'split_bill');
    const shown = await differenceShown('proposal, passes 19 of 19 tests');
    assert.equal(shown.left, broken);
    assert.notEqual(shown.right, broken);
    assert.equal(document.getText(), broken, 'nothing changed before it was accepted');
    assert.match(told.join('\n'), /passes 19 of 19 tests now/);
    assert.equal(await vscode.commands.executeCommand('flywheel.acceptProposal'), true);
    assert.equal(document.getText(), shown.right);
    const proposal = await extension.engine.call('proposal', { run });
    assert.equal(proposal.name, 'split_bill');
  });

  it('leaves the file alone when the proposal is rejected, and can show it again', async () => {
    const broken = document.getText();
    const run = await vscode.commands.executeCommand<string>('flywheel.selfDebug', {
      uri: document.uri,
      name: 'split_bill',
    });
    assert.equal(run, 'split_bill-2');
    await differenceShown('proposal, passes 19 of 19 tests');
    await vscode.commands.executeCommand('flywheel.rejectProposal');
    assert.equal(document.getText(), broken);
    await vscode.commands.executeCommand('flywheel.showProposal', { run });
    const again = await differenceShown('proposal, passes 19 of 19 tests');
    assert.equal(again.left, broken);
    await vscode.commands.executeCommand('flywheel.rejectProposal');
  });

  it('says so where all tests pass already', async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('flywheel.selfDebug', {
      uri: document.uri,
      name: 'split_bill',
    });
    assert.deepEqual(told, ['All tests of split_bill pass already: 19 tests.']);
  });
});
