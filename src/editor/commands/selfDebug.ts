import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import { isPause } from '../../engine/domain/view';
import type { OwnFunction, SelfDebugResult } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { openText } from '../openText';
import { chooseSolver } from './chooseSolver';
import { freeRunName } from './latestRuns';
import type { Command } from './register';
import { showFound } from './showFound';
import { requireTrust } from './trust';
import { testsText } from '../counts';

/**
 * Makes one function pass its tests while the person watches, and ends with a difference to
 * accept, edit or reject. Nothing of the workspace changes before. Gives the id of the run.
 */
export const selfDebug: Command = async (desk, argument) => {
  requireTrust();
  const chosen = await functionMeant(desk, argument);
  if (chosen === undefined) return undefined;
  const { file, name } = chosen;
  const run = await freeRunName(desk, name);
  const solving = await chooseSolver(desk);
  if (solving === undefined) return undefined;
  let result: SelfDebugResult | undefined;
  const driven = await desk.sessions.drive(run, async (engine, options) => {
    result = await engine.call(
      'selfDebug',
      { file, name, run, ...solving, ...openText(file) },
      options,
    );
  });
  if (result !== undefined) await showResult(desk, name, file, result);
  return driven ?? undefined;
};

async function showResult(
  desk: Desk,
  name: string,
  file: string,
  { run, passedBefore, passed, of, stop, choice }: SelfDebugResult,
): Promise<void> {
  const { prompts } = desk;
  // What stopped it for now was told already, and it can be gone on with.
  if (isPause(stop)) return;
  if (passedBefore === of) {
    void prompts.tell(vscode.l10n.t('All tests of {0} pass already: {1}.', name, testsText(of)));
    return;
  }
  if (passed <= passedBefore) {
    void prompts.warn(vscode.l10n.t('Nothing was found that passes more tests of {0}.', name));
    return;
  }
  await showFound(desk, { run, name, file, passed, of, decides: choice?.decidingTest });
}

/** What a lens passes, the function of a test, or the one that the cursor is in. */
async function functionMeant(
  { engine, prompts }: Desk,
  argument: unknown,
): Promise<{ file: string; name: string } | undefined> {
  const told = place(argument);
  const editor = vscode.window.activeTextEditor;
  const file = told.file ?? editor?.document.uri.fsPath;
  const scheme = told.file === undefined ? editor?.document.uri.scheme : 'file';
  if (file === undefined || scheme !== 'file') throw nothingOpen();
  if (told.name !== undefined) return { file, name: told.name };
  const all = await engine.call('functions', { file, ...openText(file) });
  const line = told.line ?? (editor && editor.selection.active.line + 1) ?? 1;
  const here = all.find(
    (one) => path.relative(one.file, file) === '' && line >= one.startLine && line <= one.endLine,
  );
  if (here) return { file: here.file, name: here.name };
  const workable = all.filter(({ problem }) => problem === undefined);
  if (workable.length === 0) throw nothingTested(file);
  return prompts.pick(
    vscode.l10n.t('Function to Self-Debug'),
    workable.map((one: OwnFunction) => ({
      label: one.name,
      description: testsText(one.tests.length),
      value: { file: one.file, name: one.name },
    })),
  );
}

/** A test of the Testing view has a place; our lenses name the function. */
function place(argument: unknown): { file?: string; name?: string; line?: number } {
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
