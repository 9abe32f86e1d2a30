import { strict as assert } from 'node:assert';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestSurface } from '../../src/editor/activate';
import type { DatasetNode } from '../../src/editor/views/datasetNodes';
import { differenceShown } from '../support/vscodeDifference';
import { surface, workspaceFile } from '../support/vscodeExtension';

const runDeadlineMs = 90_000;

describe('tasks of a file', function () {
  this.timeout(runDeadlineMs);
  let extension: TestSurface;
  let told: string[];
  let tasks: vscode.Uri;
  let run: string;

  before(async () => {
    ({ surface: extension, told } = await surface());
  });

  beforeEach(() => void told.splice(0));

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const exported = workspaceFile('datasets').fsPath;
    await rm(exported, { recursive: true, force: true });
  });

  it('are made from the one that is open', async () => {
    await vscode.window.showTextDocument(workspaceFile('python/textkit/money.py'));
    const out = await vscode.commands.executeCommand<string>('flywheel.makeTasks');
    assert.equal(out, workspaceFile('tasks/money.tasks.jsonl').fsPath);
    tasks = vscode.Uri.file(out);
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    const made = lines.map((line) => JSON.parse(line) as { entryPoint: string });
    assert.ok(made.some(({ entryPoint }) => entryPoint === 'split_bill'));
    const [text = '', ...more] = told;
    assert.deepEqual(more, []);
    assert.match(text, new RegExp(`^${made.length} tasks? from \\d+ functions?\\.`));
    assert.doesNotMatch(text, /[a-z][A-Z]/, 'no code names');
  });

  it('are told with what was rejected, in plain words', async () => {
    const module = workspaceFile('python/textkit/shares.py');
    const tests = workspaceFile('python/tests/test_shares.py');
    // Most faults of it change nothing that these tests look at.
    const branches = [100, 200, 300, 400].map(
      (at) => `    if total > ${at}:\n        total -= ${at}\n`,
    );
    const source = `def share(total, people):\n${branches.join('')}    return total // people\n`;
    const calls = [4, 6, 8].map(
      (total) => `def test_${total}():\n    assert share(${total}, 2) == ${total / 2}\n`,
    );
    await writeFile(module.fsPath, source);
    await writeFile(tests.fsPath, `from textkit.shares import share\n\n\n${calls.join('\n\n')}`);
    const out = await vscode.commands.executeCommand<string>('flywheel.makeTasks', module);
    for (const file of [module.fsPath, tests.fsPath, out]) await rm(file);
    const [text = ''] = told;
    assert.match(text, /^\d+ tasks? from 1 function\. Rejected: \d+ × /);
    assert.doesNotMatch(text, /[a-z][A-Z]/, 'no code names');
  });

  it('are not written over without asking', async () => {
    const before = await readFile(tasks.fsPath, 'utf8');
    const source = workspaceFile('python/textkit/money.py');
    const out = await vscode.commands.executeCommand('flywheel.makeTasks', source);
    assert.equal(out, undefined);
    assert.deepEqual(told, ['money.tasks.jsonl exists already.']);
    assert.equal(await readFile(tasks.fsPath, 'utf8'), before);
  });

  it('are imported from a published set, and what was taken is told', async () => {
    const set = workspaceFile('own.jsonl');
    const line = {
      task_id: 'Own/0',
      prompt: 'def one():\n    """\n    >>> one()\n    1\n    """\n',
      entry_point: 'one',
      canonical_solution: '    return 1\n',
      test: 'def check(candidate):\n    assert candidate() == 1\n',
    };
    await writeFile(set.fsPath, JSON.stringify(line));
    const out = await vscode.commands.executeCommand<string>('flywheel.importTasks', set);
    const written = workspaceFile('tasks/own.tasks.jsonl').fsPath;
    await rm(set.fsPath);
    assert.equal(out, written);
    assert.match(await readFile(written, 'utf8'), /"assert one\(\) == 1"/);
    await rm(written);
    assert.deepEqual(told, ['Imported: 1 task (humaneval).']);
  });

  it('are not made from a file of another kind, and nothing is asked', async () => {
    const out = await vscode.commands.executeCommand('flywheel.makeTasks', tasks);
    assert.equal(out, undefined);
    assert.deepEqual(told, ['Open a Python, TypeScript or JavaScript file that has tests.']);
  });

  it('are solved to the end by Start Run', async () => {
    run = await vscode.commands.executeCommand<string>('flywheel.startRun', tasks);
    assert.equal(run, 'money');
    const summary = extension.runs.run(run);
    assert.equal(summary?.state, 'finished');
    assert.equal(summary.ended, summary.tasks);
    assert.ok(summary.solvedVisible.count > 0);
    assert.deepEqual(told, []);
  });

  it('show the changes of a turn beside the program before it', async () => {
    const rows = await extension.runs.rows(run);
    const row = rows.find(({ turns }) => turns.length > 1);
    assert.ok(row, 'a task took several turns');
    const story = await extension.runs.story(run, row.hash);
    let before = await extension.runs.program(story.starter?.program ?? '');
    for (const turn of story.turns) {
      await vscode.commands.executeCommand('flywheel.showChanges', {
        run,
        task: row.hash,
        turn: turn.number,
      });
      const shown = await differenceShown(`turn ${turn.number}`);
      assert.equal(shown.left, before, `left of turn ${turn.number}`);
      assert.equal(shown.right, await extension.runs.program(turn.program ?? ''));
      assert.notEqual(shown.left, '');
      assert.notEqual(shown.right, shown.left);
      before = shown.right;
    }
    assert.deepEqual(told, []);
  });

  it('are shown as the dataset that they would become, and nothing is written without a yes', async () => {
    const pick = extension.prompts.pick.bind(extension.prompts);
    let shown = '';
    extension.prompts.pick = async (title, choices, options) => {
      if (options?.stays !== true) return pick(title, choices);
      assert.match(title, /^\d+ pairs, \d+ dropped$/);
      shown = vscode.window.activeTextEditor?.document.getText() ?? '';
      return choices.at(-1)?.value;
    };
    const out = await vscode.commands.executeCommand('flywheel.exportDataset', { run });
    extension.prompts.pick = pick;
    assert.equal(out, undefined);
    assert.deepEqual(told, ['Nothing was written.']);
    await assert.rejects(readdir(workspaceFile(`datasets/${run}`).fsPath));
    assert.match(shown, /## What goes in\n\n\d+ pairs/);
    assert.match(shown, /\| prompt-completion\/train.jsonl \| \d+ \|/);
    assert.match(shown, /## What is dropped\n/);
    assert.match(shown, /\*\*completion · assistant\*\*\n\n````\n```python/);
  });

  it('become a dataset with its card by Export Dataset', async () => {
    const out = await vscode.commands.executeCommand<string>('flywheel.exportDataset', { run });
    assert.equal(out, workspaceFile(`datasets/${run}`).fsPath);
    assert.match(await readFile(path.join(out, 'README.md'), 'utf8'), /^---\n|^# /);
    assert.ok((await readdir(out)).length > 1, 'more than the card');
    assert.match(told.join('\n'), /^\d+ verified pairs exported \(.*\d.*\)\./);
    assert.doesNotMatch(told.join('\n').replace(/\(.*?\)/, ''), /[a-z][A-Z]/, 'no code names');
  });

  it('stand in the Datasets tree with their rows, and with what was refused by reason', async () => {
    const { datasets } = extension;
    const labelled = (nodes: readonly DatasetNode[]) =>
      nodes.map((node) => [node, datasets.getTreeItem(node)] as const);
    const own = (await datasets.getChildren()).find(
      ({ folder }) => folder === workspaceFile(`datasets/${run}`).fsPath,
    );
    assert.ok(own, 'the dataset is listed');
    assert.match(String(datasets.getTreeItem(own).description), /^1\.0\.0 · trl · \d+ pairs$/);
    const parts = labelled(await datasets.getChildren(own));
    const [file, item] = parts.find(([{ kind }]) => kind === 'file') ?? [];
    assert.ok(file && item?.command);
    const { command, arguments: given = [] } = item.command;
    const rows = await vscode.commands.executeCommand<number>(command, ...(given as unknown[]));
    assert.ok(rows > 0);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^# money · .*\.jsonl\n/);
    assert.ok(text.includes('**prompt · user**'));
    const [refused] = parts.find(([{ kind }]) => kind === 'refused') ?? [];
    const reasons = refused ? labelled(await datasets.getChildren(refused)) : [];
    for (const [reason, { label, description }] of reasons) {
      assert.ok(typeof label === 'string');
      assert.doesNotMatch(label, /[a-z][A-Z]/, 'no code names');
      const found = await datasets.getChildren(reason);
      assert.equal(found.length, Number(description));
    }
    const card = await vscode.commands.executeCommand<string>('flywheel.showDatasetCard', own);
    assert.equal(card, path.join(own.folder, 'README.md'));
    assert.deepEqual(told, []);
  });
});
