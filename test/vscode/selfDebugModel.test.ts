import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import { fails, type ModelServer, startModelServer } from '../support/modelServer';
import { startSimulatedSolver } from '../support/simulatedSolver';
import { differenceShown } from '../support/vscodeDifference';
import { surface, workspaceFile } from '../support/vscodeExtension';

const runDeadlineMs = 90_000;
const key = 'sk-editor-0123456789abcdef';

describe('a chat model in the editor', function () {
  this.timeout(runDeadlineMs);
  let extension: TestSurface;
  let told: string[];
  let server: ModelServer;
  let right: string;
  const money = workspaceFile('python/textkit/money.py');

  before(async () => {
    ({ surface: extension, told } = await surface());
    const text = await readFile(money.fsPath, 'utf8');
    const start = text.indexOf('def split_bill');
    right = text.slice(start, text.indexOf('def tiered_fee')).trimEnd();
    server = await startSimulatedSolver({
      tasks: [{ mark: 'split_bill', right, wrong: [right.replace('[:left_over]', '[:0]')] }],
      ...{ first: 0, afterTests: 1, afterTrace: 1, seed: 1 },
    });
    const settings = vscode.workspace.getConfiguration();
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('files.autoSave', 'off', target);
    await settings.update('flywheel.model.name', 'simulated', target);
    await settings.update('flywheel.model.baseUrl', server.baseUrl, target);
  });

  after(async () => {
    await server.close();
    const settings = vscode.workspace.getConfiguration();
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('files.autoSave', undefined, target);
    await settings.update('flywheel.model.name', undefined, target);
    await settings.update('flywheel.model.baseUrl', undefined, target);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('gets its key from what the person typed, once, and mends a function turn by turn', async () => {
    const asked: string[] = [];
    Object.assign(extension.prompts, {
      secret: async (title: string) => {
        asked.push(title);
        return key;
      },
    });
    await vscode.commands.executeCommand('flywheel.setApiKey');
    assert.deepEqual(asked, [`API Key for ${new URL(server.baseUrl).host}`]);

    const document = await vscode.workspace.openTextDocument(money);
    const editor = await vscode.window.showTextDocument(document);
    const place = document.getText().indexOf('[:left_over]');
    const behind = document.positionAt(place + '[:left_over'.length);
    await editor.edit((edit) => edit.insert(behind, ' + 1'));
    const run = await vscode.commands.executeCommand<string>('flywheel.selfDebug', {
      uri: money,
      name: 'split_bill',
    });
    assert.equal(told.filter((text) => !/tests now/.test(text)).join('\n'), '');
    const shown = await differenceShown('proposal, passes 19 of 19 tests');
    assert.ok(shown.right.includes(right));
    const summary = extension.runs.run(run);
    assert.match(summary?.solver ?? '', /^chat@\d+ simulated@/);
    const [row] = await extension.runs.rows(run);
    assert.ok((row?.turns.length ?? 0) >= 2, 'wrong at first, right once the tests had told');
    assert.ok(server.chats.length >= 2);
    for (const { headers } of server.chats) assert.equal(headers.authorization, `Bearer ${key}`);
    await vscode.commands.executeCommand('flywheel.rejectProposal');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    assert.ok(!JSON.stringify(told).includes(key));
  });

  it('is gone on with at another address once the person says that it is the same model', async () => {
    const settings = vscode.workspace.getConfiguration();
    const target = vscode.ConfigurationTarget.Global;
    const shut = await startModelServer(fails(401));
    await settings.update('flywheel.model.baseUrl', shut.baseUrl, target);
    told.splice(0);
    const document = await vscode.workspace.openTextDocument(money);
    const editor = await vscode.window.showTextDocument(document);
    const place = document.getText().indexOf('[:left_over]');
    const behind = document.positionAt(place + '[:left_over'.length);
    await editor.edit((edit) => edit.insert(behind, ' + 1'));
    const run = await vscode.commands.executeCommand<string>('flywheel.selfDebug', {
      ...{ uri: money, name: 'split_bill' },
    });
    await shut.close();
    assert.equal(extension.runs.run(run)?.pausedBy, 'modelUnavailable');
    assert.match(told.join('\n'), /split_bill stopped for now: .*401/);
    await settings.update('flywheel.model.baseUrl', server.baseUrl, target);
    const asked: string[] = [];
    const confirm = async (question: string, ...actions: string[]) => {
      asked.push(question);
      return actions[0];
    };
    Object.assign(extension.prompts, { confirm });
    await vscode.commands.executeCommand('flywheel.resumeRun', { run });
    const { host } = new URL(server.baseUrl);
    assert.equal(asked.length, 1);
    assert.ok(asked[0]?.includes(`at ${host}. Is it the same one?`));
    const summary = extension.runs.run(run);
    assert.deepEqual([summary?.state, summary?.model], ['finished', `simulated@${host}`]);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is sent no key once it was cleared', async () => {
    await vscode.commands.executeCommand('flywheel.clearApiKey');
    const before = server.chats.length;
    const names = await extension.engine.call('endpointModels', { baseUrl: server.baseUrl });
    assert.deepEqual(names, ['simulated']);
    assert.equal(server.chats.length, before);
    assert.equal(server.requests.at(-1)?.headers.authorization, undefined);
  });
});
