import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { Desk } from '../desk';
import { openTexts } from '../openText';
import type { Choice } from '../prompts';

/** What tasks are made from. */
export interface TaskSource {
  /** A source file, a test file, or a folder. */
  readonly from: string;
  /** What people call it; the name of the file that is proposed comes from it. */
  readonly name: string;
  /** The functions of the file that are meant; all unless told. */
  readonly functions?: readonly string[];
  /** From commits alone. */
  readonly history?: true;
}

const endings = new Set(['.py', '.ts', '.mts', '.js', '.mjs', '.cjs']);
const testFile = /^(?:test_.*\.py|.*_test\.py|.*\.(?:test|spec)\.[cm]?[jt]s)$/;

/** What was chosen in the Explorer, or what the person picks. Throws UserError `noSource`. */
export async function taskSource(desk: Desk, argument: unknown): Promise<TaskSource | undefined> {
  if (argument instanceof vscode.Uri) {
    if (argument.scheme !== 'file' || !(await isSource(argument.fsPath))) throw unfit();
    return sourceOf(argument.fsPath);
  }
  const choices = [...(await openChoices(desk)), ...workspaceChoices()];
  if (choices.length === 0) throw nothingOpen();
  const browse: Choice<TaskSource | null> = {
    label: vscode.l10n.t('Browse…'),
    description: vscode.l10n.t('another folder'),
    value: null,
  };
  const title = vscode.l10n.t('Make Tasks from');
  const chosen = await desk.prompts.pick<TaskSource | null>(title, [...choices, browse]);
  if (chosen !== null) return chosen;
  const folder = await desk.prompts.folder(title, vscode.l10n.t('Make Tasks'));
  return folder && sourceOf(folder.fsPath);
}

/** The functions that the selection touches. Throws UserError `noSource`. */
export async function selectedSource({ engine }: Desk): Promise<TaskSource> {
  const editor = vscode.window.activeTextEditor;
  const file = editor?.document.uri;
  if (editor === undefined || file?.scheme !== 'file' || !endings.has(path.extname(file.fsPath))) {
    throw nothingOpen();
  }
  const all = await engine.call('functions', { file: file.fsPath, ...openTexts(file.fsPath) });
  const touched = all.filter(
    (one) =>
      path.relative(one.file, file.fsPath) === '' &&
      editor.selections.some(
        ({ start, end }) => start.line + 1 <= one.endLine && end.line + 1 >= one.startLine,
      ),
  );
  if (touched.length === 0) {
    throw new UserError({
      code: 'noSource',
      message: vscode.l10n.t('The selection touches no function at the top level of the file.'),
      mend: vscode.l10n.t('Select some of a function that tests call.'),
    });
  }
  const functions = touched.map(({ name }) => name);
  const name = functions.length === 1 ? (functions[0] ?? '') : sourceOf(file.fsPath).name;
  return { from: file.fsPath, name, functions };
}

async function openChoices(desk: Desk): Promise<Choice<TaskSource>[]> {
  const editor = vscode.window.activeTextEditor;
  const file = editor?.document.uri;
  if (editor === undefined || file?.scheme !== 'file') return [];
  if (!endings.has(path.extname(file.fsPath))) return [];
  const base = path.basename(file.fsPath);
  const label = testFile.test(base)
    ? vscode.l10n.t('What {0} tests', base)
    : vscode.l10n.t('This file: {0}', base);
  const whole = { label, value: sourceOf(file.fsPath) };
  if (editor.selection.isEmpty) return [whole];
  const selected = await selectedSource(desk).catch(() => null);
  if (selected === null) return [whole];
  const names = selected.functions?.join(', ') ?? '';
  return [{ label: vscode.l10n.t('Selection'), description: names, value: selected }, whole];
}

function workspaceChoices(): Choice<TaskSource>[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .flatMap(({ uri, name }) => [
      { label: vscode.l10n.t('Folder: {0}', name), value: sourceOf(uri.fsPath) },
      {
        label: vscode.l10n.t('Git history of {0}', name),
        description: vscode.l10n.t('commits that changed functions and their tests'),
        value: { ...sourceOf(uri.fsPath), name: `${name}-history`, history: true as const },
      },
    ]);
}

function sourceOf(from: string): TaskSource {
  const ending = path.extname(from);
  return { from, name: path.basename(from, endings.has(ending) ? ending : '') };
}

async function isSource(file: string): Promise<boolean> {
  if (endings.has(path.extname(file))) return true;
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function unfit(): UserError {
  const message = vscode.l10n.t('Open a Python, TypeScript or JavaScript file that has tests.');
  return new UserError({ code: 'noSource', message });
}

function nothingOpen(): UserError {
  return new UserError({
    code: 'noSource',
    message: vscode.l10n.t('No file is open to make tasks from.'),
    mend: vscode.l10n.t('Open a Python, TypeScript or JavaScript file that has tests.'),
  });
}
