import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { TestSurface } from '../../../src/editor/activate';
import { tasksPerPage, type TasksNode } from '../../../src/editor/views/taskNodes';
import type { CheckTasksResult } from '../../../src/engine/flywheel/workbench';
import { surface, workspaceFile } from '../../support/vscodeExtension';
import { until } from '../../support/vscodeUntil';

const deadlineMs = 90_000;

const clamp = {
  id: 'own/clamp',
  language: 'javascript',
  prompt: 'Write clamp(x, low, high), which keeps x between low and high.',
  entryPoint: 'clamp',
  starter:
    'function clamp(x, low, high) {\n  if (x < low) return high;\n  if (x > high) return high;\n  return x;\n}\n',
  reference:
    'function clamp(x, low, high) {\n  if (x < low) return low;\n  if (x > high) return high;\n  return x;\n}\n',
  tests: [
    ['v1', 'visible', 'clamp(5, 1, 9)', '5'],
    ['v2', 'visible', 'clamp(0, 1, 9)', '1'],
    ['h1', 'hidden', 'clamp(12, 1, 9)', '9'],
    ['h2', 'hidden', 'clamp(-3, -2, 2)', '-2'],
  ].map(([id, role, call = '', value = '']) => test(id, role, call, value)),
};
const sign = {
  id: 'own/sign',
  language: 'javascript',
  prompt: 'Write sign(x): minus one below zero, one above, and zero for zero.',
  entryPoint: 'sign',
  reference: 'function sign(x) {\n  return x > 0 ? 1 : x < 0 ? -1 : 0;\n}\n',
  tests: [test('v1', 'visible', 'sign(3)', '1')],
};

function test(id: string | undefined, role: string | undefined, call: string, value: string) {
  return { id, role, kind: 'assert', source: `assert.deepStrictEqual(${call}, ${value});` };
}

describe('files of tasks', function () {
  this.timeout(deadlineMs);
  const file = () => workspaceFile('own.tasks.jsonl');
  let extension: TestSurface;
  let told: string[];

  before(async () => {
    ({ surface: extension, told } = await surface());
    await write(file(), [clamp, sign]);
  });

  beforeEach(() => void told.splice(0));

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['own', 'many', 'bad', 'shapes']) {
      const gone = workspaceFile(`${name}.tasks.jsonl`);
      await vscode.workspace.fs.delete(gone).then(undefined, () => undefined);
    }
  });

  async function write(uri: vscode.Uri, lines: readonly unknown[]): Promise<void> {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(`${text.join('\n')}\n`));
  }

  /** The file's node in the tree, its groups, and what items say. */
  async function shownOf(uri: vscode.Uri) {
    const { tasks } = extension;
    const isIt = (node: TasksNode): boolean => 'file' in node && node.file === uri.fsPath;
    const node = await until('the file stands in the tree', async () =>
      (await tasks.getChildren()).find(isIt),
    );
    const groups = await tasks.getChildren(node);
    const below = await Promise.all(groups.map((group) => tasks.getChildren(group)));
    return { node, groups, entries: below.flat() };
  }

  const labelOf = (node: TasksNode): string => {
    const { accessibilityInformation, label } = extension.tasks.getTreeItem(node);
    assert.ok(typeof label === 'string');
    assert.equal(
      extension.tasks.getTreeItem(node).contextValue === undefined,
      node.kind === 'more',
    );
    return accessibilityInformation?.label ?? '';
  };

  const lensesOf = async (uri: vscode.Uri): Promise<vscode.Command[]> => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      100,
    );
    return lenses.flatMap(({ command }) => command ?? []);
  };

  it('stand in the Tasks tree, and nothing is said of them that was not checked', async () => {
    const { node, entries } = await shownOf(file());
    assert.equal(node.kind, 'file');
    assert.deepEqual(entries.map(labelOf), ['clamp, Not checked', 'sign, Not checked']);
    await vscode.window.showTextDocument(file());
    const titles = (await lensesOf(file())).map(({ title }) => title);
    assert.deepEqual(titles, [
      '$(run) Run',
      '$(verified) Check',
      '$(run) Run',
      '$(verified) Check',
    ]);
    assert.deepEqual(vscode.languages.getDiagnostics(file()), []);
  });

  it('are checked: the tree and the file say what the gate found', async () => {
    const result = await vscode.commands.executeCommand<CheckTasksResult>(
      'flywheel.checkTasks',
      file(),
    );
    assert.deepEqual(
      result.rows.map(({ state, reason }) => [state, reason]),
      [
        ['admitted', undefined],
        ['rejected', 'constantPasses'],
      ],
    );
    assert.match(
      told.join('\n'),
      /^1 of 2 tasks let in\. Rejected: 1 × constant program passes\. Mean mutation score: \d+ %\.$/,
    );
    const { groups, entries } = await shownOf(file());
    assert.deepEqual(
      groups.map((node) => node.kind === 'state' && [node.state, node.count]),
      [
        ['admitted', 1],
        ['rejected', 1],
      ],
    );
    const [admitted = '', rejected = ''] = entries.map(labelOf);
    assert.match(admitted, /^clamp, Admitted, mutation score \d+ %$/);
    assert.equal(rejected, 'sign, Rejected, constant program passes');
    const [found, ...more] = await until('a warning in the file', () => {
      const all = vscode.languages.getDiagnostics(file());
      return all.length > 0 ? all : undefined;
    });
    assert.deepEqual(more, []);
    assert.match(found?.message ?? '', /^The gate rejected own\/sign: constant program passes\. /);
    const document = await vscode.workspace.openTextDocument(file());
    assert.equal(document.getText(found?.range), '"own/sign"');
    const lenses = await until('lenses that say so', async () => {
      const all = await lensesOf(file());
      return all.some(({ title }) => title.startsWith('Admitted')) ? all : undefined;
    });
    assert.match(
      lenses.map(({ title }) => title).join('\n'),
      /^Rejected · constant program passes$/m,
    );
  });

  it('show what each step of the gate saw', async () => {
    const { entries } = await shownOf(file());
    const text = await vscode.commands.executeCommand<string>(
      'flywheel.showTaskReport',
      entries[1],
    );
    assert.match(text, /^# `own\/sign`\n\nRejected · constant program passes\n\nChecked /);
    assert.match(text, /- ✓ \*\*Reference passes\*\*: /);
    assert.match(text, /- ✕ \*\*Stubs fail\*\*: /);
    assert.match(text, /```\nWrite sign\(x\): /);
    const shown = vscode.window.activeTextEditor?.document.getText();
    assert.equal(shown, text);
    assert.deepEqual(told, []);
  });

  it('run one of their tasks from its lens, and open its last run', async () => {
    const document = await vscode.window.showTextDocument(file());
    const run = (await lensesOf(document.document.uri)).find(({ title }) => /Run$/.test(title));
    assert.ok(run);
    const id = await vscode.commands.executeCommand<string>(
      run.command,
      ...((run.arguments ?? []) as unknown[]),
    );
    assert.equal(id, 'clamp');
    const summary = extension.runs.run(id);
    assert.deepEqual([summary?.title, summary?.tasks], ['own/clamp', 1]);
    assert.equal(summary?.solvedVisible.count, 1);
    const last = await until('a lens for its last run', async () =>
      (await lensesOf(file())).find(({ command }) => command === 'flywheel.openLastRun'),
    );
    const given = (last.arguments ?? []) as unknown[];
    assert.equal(await vscode.commands.executeCommand(last.command, ...given), id);
    // Told where the panel is out of sight, which it may not be yet.
    assert.ok(told.every((text) => text === 'own/clamp: 1 of 1 task solved.'));
  });

  it('open on the line of a task', async () => {
    const { entries } = await shownOf(file());
    const [, second] = entries;
    assert.ok(second);
    const { command } = extension.tasks.getTreeItem(second);
    await vscode.commands.executeCommand(
      command?.command ?? '',
      ...((command?.arguments ?? []) as unknown[]),
    );
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.fsPath, file().fsPath);
    assert.equal(editor.selection.active.line, 1);
  });

  it('say at its place what is wrong with a line, while it is typed too', async () => {
    const bad = workspaceFile('bad.tasks.jsonl');
    await write(bad, [{ ...clamp, tests: [{ ...clamp.tests[0], kind: 'asert' }] }, '{"id": ']);
    const document = await vscode.workspace.openTextDocument(bad);
    const editor = await vscode.window.showTextDocument(document);
    const found = await until('two errors', () => {
      const all = vscode.languages.getDiagnostics(bad);
      return all.length === 2 ? all : undefined;
    });
    const [kind, json] = found;
    assert.equal(document.getText(kind?.range), '"asert"');
    assert.match(
      kind?.message ?? '',
      /^This line is no task: tests\[0\]\.kind: asert is not judged/,
    );
    assert.equal(json?.range.start.line, 1);
    assert.ok(found.every(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    await editor.edit((edit) => {
      edit.replace(found[0]?.range ?? new vscode.Range(0, 0, 0, 0), '"assert"');
      edit.delete(document.lineAt(1).range);
    });
    await until(
      'no error once it is mended',
      () => vscode.languages.getDiagnostics(bad).length === 0,
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('complete keys and values by the schema, and say what they mean', async () => {
    const shapes = workspaceFile('shapes.tasks.jsonl');
    const line = '{"id": "a", "tests": [{"id": "t", "kind": "io", "role": "", }], }';
    await write(shapes, [line]);
    const document = await vscode.workspace.openTextDocument(shapes);
    await vscode.window.showTextDocument(document);
    const at = async (before: string): Promise<string[]> => {
      const position = document.positionAt(line.indexOf(before) + before.length);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        shapes,
        position,
      );
      return items
        .filter(({ kind }) => kind !== vscode.CompletionItemKind.Text)
        .map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    const keys = await at('}], ');
    assert.ok(keys.includes('language') && keys.includes('starter') && !keys.includes('id'));
    const ofTest = await at('"role": "", ');
    assert.deepEqual(ofTest.sort(), ['compare', 'stdin', 'stdout']);
    assert.deepEqual((await at('"role": "')).sort(), ['hidden', 'visible']);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      shapes,
      document.positionAt(line.indexOf('"io"') + 1),
    );
    const said = hovers.flatMap(({ contents }) =>
      contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')),
    );
    assert.match(said.join('\n').replaceAll('&nbsp;', ' '), /the program reads stdin and prints/);
  });

  it('may hold thousands of tasks: the tree shows them page by page', async () => {
    const many = workspaceFile('many.tasks.jsonl');
    const count = 3000;
    const lines = Array.from({ length: count }, (_, at) => ({
      ...clamp,
      ...{ id: `many/${at}`, prompt: `Clamp ${at}` },
    }));
    await write(many, lines);
    const { node, groups } = await shownOf(many);
    const [group] = groups;
    assert.ok(group?.kind === 'state' && group.count === count);
    const page = async (): Promise<TasksNode[]> => extension.tasks.getChildren(group);
    const first = await page();
    assert.equal(first.length, tasksPerPage + 1);
    const more = first.at(-1);
    assert.ok(more?.kind === 'more' && more.left === count - tasksPerPage);
    const { command } = extension.tasks.getTreeItem(more);
    await vscode.commands.executeCommand(command?.command ?? '', more);
    assert.equal((await page()).length, 2 * tasksPerPage + 1);
    await until('its item counts them', () => {
      const { description } = extension.tasks.getTreeItem(node);
      return String(description).includes('3000');
    });
    await vscode.workspace.fs.delete(many);
    await until('it is gone from the tree', async () =>
      (await extension.tasks.getChildren()).every(
        (one) => one.kind !== 'file' || one.file !== many.fsPath,
      ),
    );
  });
});
