import path from 'node:path';
import * as vscode from 'vscode';
import { functionsText, testsText } from '../counts';
import { UserError } from '../../engine/domain/errors';
import { openTexts } from '../openText';
import type { Desk } from '../desk';
import type { Choice } from '../prompts';

/** A function of a file, or all of them where none is named. */
export interface FunctionMeant {
  readonly file: string;
  readonly name?: string;
}

interface Question {
  readonly title: string;
  /** Also offers all functions of the file. */
  readonly orAll?: boolean;
  /** It was chosen in the Explorer: the whole file is meant, wherever the cursor may be. */
  readonly isWhole?: boolean;
}

/** What a lens passes, the function of a test, or the one that the cursor is in. */
export async function functionMeant(
  { engine, prompts }: Desk,
  argument: unknown,
  { title, orAll = false, isWhole = false }: Question,
): Promise<FunctionMeant | undefined> {
  const told = place(argument);
  const editor = vscode.window.activeTextEditor;
  const file = told.file ?? editor?.document.uri.fsPath;
  const scheme = told.file === undefined ? editor?.document.uri.scheme : 'file';
  if (file === undefined || scheme !== 'file') throw nothingOpen();
  if (told.name !== undefined) return { file, name: told.name };
  if (isWhole) return { file };
  const isOpen = editor !== undefined && path.relative(editor.document.uri.fsPath, file) === '';
  const all = await engine.call('functions', { file, ...openTexts(file) });
  const line = isOpen ? editor.selection.active.line + 1 : 1;
  const here = all.find(
    (one) => path.relative(one.file, file) === '' && line >= one.startLine && line <= one.endLine,
  );
  if (here) return { file: here.file, name: here.name };
  const workable = all.filter(({ problem }) => problem === undefined);
  if (workable.length === 0) throw nothingTested(file);
  const whole: Choice<FunctionMeant> = {
    label: vscode.l10n.t('All functions of {0}', path.basename(file)),
    description: functionsText(workable.length),
    value: { file },
  };
  return prompts.pick(title, [
    ...(orAll ? [whole] : []),
    ...workable.map((one) => ({
      label: one.name,
      description: testsText(one.tests.length),
      value: { file: one.file, name: one.name },
    })),
  ]);
}

/** A test of the Testing view has a place; our lenses name the function. */
function place(argument: unknown): { file?: string; name?: string } {
  if (argument instanceof vscode.Uri) return { file: argument.fsPath };
  if (typeof argument !== 'object' || argument === null) return {};
  const { uri, name }: { uri?: unknown; name?: unknown } = argument;
  if (!(uri instanceof vscode.Uri)) return {};
  return { file: uri.fsPath, ...(typeof name === 'string' ? { name } : {}) };
}

function nothingOpen(): UserError {
  return new UserError({
    code: 'noSource',
    message: vscode.l10n.t('No file with functions is open.'),
    mend: vscode.l10n.t('Open a Python, TypeScript or JavaScript file that has tests.'),
  });
}

function nothingTested(file: string): UserError {
  return new UserError({
    code: 'noTestedFunctions',
    message: vscode.l10n.t('{0} has no function with tests that can be read.', path.basename(file)),
    mend: vscode.l10n.t(
      'Tests stand in files such as test_x.py or x.test.ts, import the function and call it by name.',
    ),
  });
}
