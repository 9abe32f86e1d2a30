import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { TestSurface } from '../../../src/editor/activate';
import type { Choice } from '../../../src/editor/prompts';
import { differenceShown } from '../../support/vscodeDifference';
import { surface, workspaceFile } from '../../support/vscodeExtension';
import { until } from '../../support/vscodeUntil';

/** What the extension beside this test offers. */
interface Provider {
  readonly requests: string[];
  answer: (prompt: string, token: vscode.CancellationToken) => string | Promise<string>;
}

const runDeadlineMs = 90_000;
const cancelBudgetMs = 2000;
const name = 'vscode-lm:flywheel-test/parrot';

describe('a language model of the editor', function () {
  this.timeout(runDeadlineMs);
  let extension: TestSurface;
  let told: string[];
  let provider: Provider;
  let right: string;
  const money = workspaceFile('python/textkit/money.py');
  const settings = () => vscode.workspace.getConfiguration();
  const target = vscode.ConfigurationTarget.Global;
  const block = (program: string): string => `\`\`\`python\n${program}\n\`\`\`\n`;

  before(async () => {
    ({ surface: extension, told } = await surface());
    const found = vscode.extensions.getExtension<Provider>('flywheel-test.lent-model');
    assert.ok(found, 'the provider is installed');
    provider = await found.activate();
    const text = await readFile(money.fsPath, 'utf8');
    right = text.slice(text.indexOf('def split_bill'), text.indexOf('def tiered_fee')).trimEnd();
    await settings().update('files.autoSave', 'off', target);
  });

  /** The function broken as a person would, not yet saved. */
  beforeEach(async () => {
    told.splice(0);
    provider.requests.splice(0);
    const document = await vscode.workspace.openTextDocument(money);
    const editor = await vscode.window.showTextDocument(document);
    const place = document.getText().indexOf('[:left_over]');
    const behind = document.positionAt(place + '[:left_over'.length);
    await editor.edit((edit) => edit.insert(behind, ' + 1'));
  });

  afterEach(async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(money));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const selfDebug = () =>
    vscode.commands.executeCommand<string>('flywheel.selfDebug', {
      uri: money,
      name: 'split_bill',
    });

  it('stands first where nothing was chosen, is asked for once, and mends a function', async () => {
    await settings().update('flywheel.model.name', undefined, target);
    const offered: string[][] = [];
    Object.assign(extension.prompts, {
      pick: async (_title: string, choices: readonly Choice<unknown>[]) => {
        offered.push(choices.map(({ label }) => label));
        return choices[0]?.value;
      },
    });
    provider.answer = (prompt) => {
      if (prompt.includes('Explain your program')) return 'It gives one more than is left over.';
      return block(prompt.includes('Lesson:') ? right : right.replace('[:left_over]', '[:0]'));
    };
    const run = await selfDebug();
    assert.equal(offered[0]?.[0], 'Parrot (flywheel-test)');
    assert.equal(settings().get('flywheel.model.name'), name);
    const shown = await differenceShown('proposal, passes 19 of 19 tests');
    assert.ok(shown.right.includes(right));
    assert.equal(provider.requests.length, 3, 'a program, its explanation, its correction');
    const summary = extension.runs.run(run);
    assert.equal(summary?.model, name);
    assert.ok((summary.usage?.tokens ?? 0) > 0, 'counted by the model itself');
    assert.equal(summary.usage?.costUsd, null);
    await vscode.commands.executeCommand('flywheel.rejectProposal');
    assert.equal(offered.length, 1);
  });

  it('whose quota is spent says so in its own words', async () => {
    provider.answer = () => {
      throw new Error('You have reached your weekly quota.');
    };
    const run = await selfDebug();
    const summary = extension.runs.run(run);
    assert.equal(summary?.state, 'interrupted');
    assert.match(summary.message ?? '', /weekly quota/);
    assert.match(told.join('\n'), /weekly quota/);
  });

  it('is let go within 2 seconds of Cancel Run', async () => {
    let letGoAt = 0;
    provider.answer = (_prompt, token) =>
      new Promise((resolve) =>
        token.onCancellationRequested(() => {
          letGoAt = performance.now();
          resolve('');
        }),
      );
    const running = selfDebug();
    await until('the model is asked', () => provider.requests.length > 0, runDeadlineMs);
    const cancelledAt = performance.now();
    await vscode.commands.executeCommand('flywheel.cancelRun');
    await running;
    await until('it was let go', () => letGoAt > 0);
    assert.ok(letGoAt - cancelledAt < cancelBudgetMs);
    assert.ok(performance.now() - cancelledAt < 2 * cancelBudgetMs);
  });
});
