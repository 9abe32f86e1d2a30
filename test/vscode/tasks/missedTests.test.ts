import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { TestSurface } from '../../../src/editor/activate';
import type { MissedResult } from '../../../src/engine/flywheel/workbench';
import { differenceShown } from '../../support/vscodeDifference';
import { surface, workspaceFile } from '../../support/vscodeExtension';

const deadlineMs = 90_000;
const source = `export function ticket(age) {
  if (age < 6) return 0;
  if (age < 18) return 5;
  return 10;
}

export function half(x) {
  return x / 2;
}
`;
const tests = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { half, ticket } from './fares.js';

test('tickets', () => {
  assert.equal(ticket(3), 0);
  assert.equal(ticket(40), 10);
});

test('tickets of the young', () => {
  assert.equal(ticket(12), 5);
});

test('half', () => {
  assert.equal(half(4), 2);
});
`;

describe('what tests miss', function () {
  this.timeout(deadlineMs);
  const file = () => workspaceFile('fares/fares.js');
  const testFile = () => workspaceFile('fares/fares.test.js');
  let extension: TestSurface;
  let told: string[];
  let document: vscode.TextDocument;

  before(async () => {
    ({ surface: extension, told } = await surface());
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.writeFile(file(), Buffer.from(source));
    await vscode.workspace.fs.writeFile(testFile(), Buffer.from(tests));
    const manifest = workspaceFile('fares/package.json');
    await vscode.workspace.fs.writeFile(manifest, Buffer.from('{"type": "module"}'));
    document = await vscode.workspace.openTextDocument(file());
  });

  beforeEach(async () => {
    told.splice(0);
    await vscode.window.showTextDocument(document);
  });

  after(async () => {
    await vscode.commands.executeCommand('flywheel.clearMissedTests');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(workspaceFile('fares'), { recursive: true });
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
  });

  const ours = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(file()).filter(({ code }) => code === 'missed-by-tests');

  const show = (name?: string): Thenable<MissedResult> =>
    vscode.commands.executeCommand('flywheel.showMissedTests', { uri: file(), name });

  const fixesAt = (range: vscode.Range): Thenable<vscode.CodeAction[]> =>
    vscode.commands.executeCommand('vscode.executeCodeActionProvider', file(), range);

  it('has a lens over each function that tests call', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      file(),
      100,
    );
    const lines = lenses
      .filter(({ command }) => command?.command === 'flywheel.showMissedTests')
      .map(({ range }) => document.lineAt(range.start.line).text);
    assert.deepEqual(lines, ['export function ticket(age) {', 'export function half(x) {']);
  });

  it('is shown at its lines, with a call that tells it apart', async () => {
    const { functions } = await show('ticket');
    const [only] = functions;
    assert.ok(only && functions.length === 1);
    assert.ok(only.missed.length > 0 && only.killed > 0);
    assert.deepEqual(told, [`Tests of ticket notice ${only.killed} of ${only.mutants} changes.`]);
    const found = ours();
    assert.equal(found.length, only.missed.length);
    for (const { range } of found) assert.ok(range.start.line >= 1 && range.end.line <= 3);
    const boundary = found.find(({ message }) => /ticket\(6\) would give 0, not 5\./.test(message));
    assert.ok(boundary, found.map(({ message }) => message).join('\n'));
    assert.equal(boundary.range.start.line, 1);
    assert.equal(boundary.severity, vscode.DiagnosticSeverity.Information);
  });

  it('moves with the text, and goes where the text it is about is changed', async () => {
    const before = ours();
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// Fares\n\n'));
    assert.deepEqual(
      ours().map(({ range }) => range.start.line),
      before.map(({ range }) => range.start.line + 2),
    );
    const young = document.lineAt(3).range;
    await editor.edit((edit) => edit.replace(young, '  if (age <= 5) return 0;'));
    assert.ok(ours().length < before.length);
    assert.ok(ours().every(({ range }) => range.start.line !== 3));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is found in the text as it is open, and not as it was saved', async () => {
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\n\n\n'));
    await show('ticket');
    assert.ok(ours().length > 0);
    assert.ok(ours().every(({ range }) => range.start.line >= 4));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('offers a test for one change, which is shown and changes nothing before it is accepted', async () => {
    await show('ticket');
    const boundary = ours().find(({ message }) => /ticket\(6\) would give/.test(message));
    assert.ok(boundary);
    const before = ours().length;
    const fixes = await fixesAt(boundary.range);
    const mark = extension.missed.of(document).find((one) => one.told?.call === 'ticket(6)');
    const fix = fixes.find(({ title }) => title === `Add a Test That Notices ${mark?.note ?? ''}`);
    assert.equal(fix?.isPreferred, true);
    assert.ok(fix?.command);
    await vscode.commands.executeCommand(
      fix.command.command,
      ...((fix.command.arguments ?? []) as unknown[]),
    );
    const shown = await differenceShown('fares.test.js: 1 new tests');
    assert.equal(shown.left, tests);
    assert.match(
      shown.right,
      /test\('ticket: more, 1', \(\) => \{\n {2}assert\.deepStrictEqual\(ticket\(6\), 5\);\n\}\);\n$/,
    );
    const target = await vscode.workspace.openTextDocument(testFile());
    assert.equal(target.getText(), tests, 'nothing changed before it was accepted');
    assert.equal(await vscode.commands.executeCommand('flywheel.acceptProposal'), true);
    assert.equal(target.getText(), shown.right);
    assert.ok(target.isDirty, 'it is not saved');
    assert.equal(await readFile(testFile().fsPath, 'utf8'), tests);
    assert.ok(ours().length < before);
    assert.ok(ours().every(({ message }) => !message.includes('ticket(6)')));
  });

  it('counts tests that are not saved, and leaves the file alone when it is rejected', async () => {
    const target = await vscode.workspace.openTextDocument(testFile());
    assert.ok(target.isDirty);
    const text = target.getText();
    const { functions } = await show('ticket');
    assert.ok(functions[0]?.missed.every(({ told: how }) => how?.call !== 'ticket(6)'));
    await vscode.commands.executeCommand('flywheel.strengthenTests', file(), [file()]);
    const shown = await differenceShown('new tests');
    assert.equal(shown.left, text);
    assert.match(shown.right, /half: more, 1/);
    await vscode.commands.executeCommand('flywheel.rejectProposal');
    assert.equal(target.getText(), text);
    assert.ok(ours().length > 0, 'what is missed is still shown');
  });

  it('is cleared', async () => {
    await vscode.commands.executeCommand('flywheel.clearMissedTests');
    assert.deepEqual(ours(), []);
    assert.deepEqual(extension.missed.of(document), []);
  });

  it('says why nothing can be looked at', async () => {
    const lonely = workspaceFile('fares/lonely.js');
    await vscode.workspace.fs.writeFile(
      lonely,
      Buffer.from('export function alone() {\n  return 1;\n}\n'),
    );
    await vscode.commands.executeCommand('flywheel.showMissedTests', {
      uri: lonely,
      name: 'alone',
    });
    assert.deepEqual(told, [
      'Nothing could be looked at. Left out: alone (no test that can be read calls it).',
    ]);
  });
});
