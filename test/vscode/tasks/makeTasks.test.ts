import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestSurface } from '../../../src/editor/activate';
import type { Prompts } from '../../../src/editor/prompts';
import { surface, workspaceFile } from '../../support/vscodeExtension';

const deadlineMs = 90_000;

describe('making and importing tasks', function () {
  this.timeout(deadlineMs);
  let extension: TestSurface;
  let told: string[];
  let usual: Prompts;
  const asked: string[] = [];

  before(async () => {
    ({ surface: extension, told } = await surface());
    usual = { ...extension.prompts };
    await limitTo(3);
  });

  beforeEach(() => {
    told.splice(0);
    asked.splice(0);
    Object.assign(extension.prompts, usual, {
      text: async (question) => {
        asked.push(question.prompt);
        return usual.text(question);
      },
    } satisfies Partial<Prompts>);
  });

  after(async () => {
    await limitTo(undefined);
    Object.assign(extension.prompts, usual);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['split_bill', 'test_money', 'history']) {
      await rm(workspaceFile(`tasks/${name}.tasks.jsonl`).fsPath, { force: true });
      await rm(workspaceFile(`tasks/${name}.rejected.jsonl`).fsPath, { force: true });
    }
    await rm(workspaceFile('history').fsPath, { recursive: true, force: true });
  });

  async function limitTo(tasks: number | undefined): Promise<void> {
    const settings = vscode.workspace.getConfiguration();
    await settings.update('flywheel.makeTasks.limit', tasks, vscode.ConfigurationTarget.Global);
  }

  const entryPoints = async (file: string): Promise<Set<string>> => {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    return new Set(lines.map((line) => (JSON.parse(line) as { entryPoint: string }).entryPoint));
  };

  /** The cursor in a function of the samples, from the name on. */
  async function select(name: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(
      workspaceFile('python/textkit/money.py'),
    );
    const editor = await vscode.window.showTextDocument(document);
    const start = document.positionAt(document.getText().indexOf(`def ${name}(`));
    editor.selection = new vscode.Selection(start, start.translate(1));
  }

  it('tells what a selection comes to, shows what was made, and writes nothing without a yes', async () => {
    await select('split_bill');
    let shown = '';
    extension.prompts.pick = async (title, choices, options) => {
      if (options?.stays !== true) return usual.pick(title, choices);
      assert.match(title, /^\d+ tasks? made, \d+ rejected$/);
      shown = vscode.window.activeTextEditor?.document.getText() ?? '';
      return choices.at(-1)?.value;
    };
    const out = await vscode.commands.executeCommand('flywheel.makeTasksFromSelection');
    assert.equal(out, undefined);
    assert.deepEqual(told, ['Nothing was written.']);
    assert.match(
      asked.join('\n'),
      /^1 function with 19 tests\. At most 3 tasks\. You see them before they are written\. File to write/,
    );
    await assert.rejects(stat(workspaceFile('tasks/split_bill.tasks.jsonl').fsPath));
    assert.match(shown, /^# Tasks to be written\n\nNothing has been written yet\.\n/);
    assert.match(shown, /\| fault-injection \| \d \| \d+ \|/);
    assert.match(
      shown,
      /### `.*split_bill.*`\n\n`python` · `fault-injection` · \d+ visible and \d+ hidden tests/,
    );
  });

  it('makes tasks of the functions that the selection touches, and of no others', async () => {
    await select('split_bill');
    const out = await vscode.commands.executeCommand<string>('flywheel.makeTasksFromSelection');
    assert.deepEqual(await entryPoints(out), new Set(['split_bill']));
    assert.match(told.join('\n'), /^\d tasks? from 1 function\./);
  });

  it('offers the selection first, then the file, the folder and its history', async () => {
    await select('split_bill');
    let labels: string[] = [];
    extension.prompts.pick = async (_, choices) => {
      labels = choices.map(({ label }) => label);
      return undefined;
    };
    assert.equal(await vscode.commands.executeCommand('flywheel.makeTasks'), undefined);
    assert.deepEqual(
      labels.map((label) => label.replace(/ of .*|: (?!money).*/, '')),
      ['Selection', 'This file: money.py', 'Folder', 'Git history', 'Browse…'],
    );
    assert.deepEqual(told, []);
  });

  it('makes them from what a test file tests, by several makers', async () => {
    extension.prompts.pickMany = async (_, choices) =>
      choices.slice(0, 2).map(({ value }) => value);
    const tests = workspaceFile('python/tests/test_money.py');
    const out = await vscode.commands.executeCommand<string>('flywheel.makeTasks', tests);
    assert.ok((await entryPoints(out)).size > 1);
    const text = await readFile(out, 'utf8');
    assert.match(text, /"maker":"body-removal@/);
    assert.match(text, /"maker":"fault-injection@/);
  });

  it('makes them from git history', async () => {
    const folder = workspaceFile('history').fsPath;
    await mkdir(folder);
    const git = (...args: string[]): void => {
      const who = ['-c', 'user.name=n', '-c', 'user.email=n@example.org'];
      execFileSync('git', ['-C', folder, ...who, ...args], { stdio: 'ignore' });
    };
    const commit = async (body: string, wanted: readonly (readonly [number, number])[]) => {
      await writeFile(path.join(folder, 'fares.py'), `def fare(age):\n${body}`);
      const tests = wanted.map(
        ([age, fare]) => `def test_${age}():\n    assert fare(${age}) == ${fare}\n`,
      );
      const text = `from fares import fare\n\n\n${tests.join('\n\n')}`;
      await writeFile(path.join(folder, 'test_fares.py'), text);
      git('add', '.');
      git('commit', '-m', 'Fares of the young');
    };
    git('init');
    await commit('    return 10\n', [
      [40, 10],
      [50, 10],
    ]);
    await commit(
      '    if age < 6:\n        return 0\n    if age < 18:\n        return 5\n    return 10\n',
      [
        ...([
          [40, 10],
          [50, 10],
          [3, 0],
          [5, 0],
          [6, 5],
          [12, 5],
          [17, 5],
          [18, 10],
        ] as const),
      ],
    );
    extension.prompts.pickMany = async (_, choices) =>
      choices.filter(({ label }) => label === 'git-history').map(({ value }) => value);
    const out = await vscode.commands.executeCommand<string>(
      'flywheel.makeTasks',
      vscode.Uri.file(folder),
    );
    assert.match(asked.join('\n'), /^2 commits are looked at\. At most 2 tasks\. /);
    assert.deepEqual(await entryPoints(out), new Set(['fare']));
    assert.match(await readFile(out, 'utf8'), /Fares of the young/);
  });

  it('tells what a model may cost before it is called, and calls nothing without a yes', async () => {
    const settings = vscode.workspace.getConfiguration();
    const target = vscode.ConfigurationTarget.Global;
    await settings.update('flywheel.model.name', 'some-model', target);
    await settings.update('flywheel.model.baseUrl', 'http://127.0.0.1:9/v1', target);
    let question = '';
    Object.assign(extension.prompts, {
      pickMany: async (_, choices) =>
        choices.filter(({ label }) => label === 'from-snippets').map(({ value }) => value),
      confirm: async (message) => {
        question = message;
        return undefined;
      },
    } satisfies Partial<Prompts>);
    const source = workspaceFile('python/textkit/money.py');
    const out = await vscode.commands.executeCommand('flywheel.makeTasks', source);
    await settings.update('flywheel.model.name', 'search', target);
    await settings.update('flywheel.model.baseUrl', undefined, target);
    assert.equal(out, undefined);
    assert.match(
      question,
      /^some-model is called likely 6 times for [\d,]+ tokens \(price not known\), at most 12 times for [\d,]+ \(price not known\)\. It stops at 200,000 tokens\.$/,
    );
    assert.deepEqual([told, asked], [[], []]);
  });

  it('says so before anything is asked where there is nothing to make tasks from', async () => {
    const empty = workspaceFile('python/textkit/empty.py');
    await writeFile(empty.fsPath, 'def alone():\n    return 1\n');
    await vscode.commands.executeCommand('flywheel.makeTasks', empty);
    await rm(empty.fsPath);
    assert.deepEqual(asked, []);
    assert.match(
      told.join('\n'),
      /^empty has nothing that these makers can work on\. Left out: 1 × function with fewer than two tests\. Tests stand in files/,
    );
  });

  it('imports what can be read of a set with bad records, where the person lets it', async () => {
    const set = workspaceFile('bad.jsonl');
    const good = {
      ...{ id: 'a', language: 'javascript', prompt: 'One.', entryPoint: 'one' },
      tests: [{ id: 't', kind: 'assert', source: 'assert.equal(one(), 1);' }],
    };
    await writeFile(set.fsPath, `${JSON.stringify(good)}\n{"id": 3}\n`);
    const written = workspaceFile('tasks/bad.tasks.jsonl').fsPath;
    assert.equal(await vscode.commands.executeCommand('flywheel.importTasks', set), undefined);
    assert.match(told.join('\n'), /bad\.jsonl:2: /);
    await assert.rejects(stat(written));
    extension.prompts.warn = async (_, skip) => skip;
    const out = await vscode.commands.executeCommand<string>('flywheel.importTasks', set);
    await rm(set.fsPath);
    assert.equal(out, written);
    await rm(written);
    assert.equal(told.at(-1), 'Imported: 1 task (flywheel). Skipped lines: 1.');
  });
});
