import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { MakeTasksResult } from '../../engine/flywheel/workbench';
import { leftOutWords, reasonWords } from '../reasons';
import { readSettings } from '../settings';
import { withCall } from './progress';
import type { Command } from './register';
import { requireTrust } from './trust';
import { functionsText, tasksText } from '../counts';

const suffix = '.tasks.jsonl';
const endings = new Set(['.py', '.ts', '.mts', '.js', '.mjs', '.cjs']);

/** Makes tasks from a source file or folder; gives the path of the file written. */
export const makeTasks: Command = async (desk, argument) => {
  requireTrust();
  const source = await sourceOf(argument);
  const folder = vscode.workspace.getWorkspaceFolder(source)?.uri.fsPath;
  const root = folder ?? path.dirname(source.fsPath);
  const name = path.basename(source.fsPath, path.extname(source.fsPath));
  const answer = await desk.prompts.text({
    title: vscode.l10n.t('Make Tasks from {0}', path.basename(source.fsPath)),
    prompt: vscode.l10n.t('File to write, relative to {0}', root),
    value: `tasks/${name}${suffix}`,
    check: (text) =>
      text.endsWith(suffix) ? null : vscode.l10n.t('The name must end in {0}.', suffix),
  });
  if (answer === undefined) return undefined;
  const out = path.resolve(root, answer);
  if (!(await mayWrite(desk, out))) return undefined;
  const result = await withCall(
    vscode.l10n.t('Making tasks from {0}', path.basename(source.fsPath)),
    (options) =>
      desk.engine.call(
        'makeTasks',
        { from: source.fsPath, out, limit: readSettings().makeTasksLimit },
        options,
      ),
  );
  offerRun(desk, result);
  return result.out;
};

/** True where nothing is there yet, or the person lets it be written over. */
export async function mayWrite({ prompts }: Parameters<Command>[0], out: string): Promise<boolean> {
  const there = await stat(out).then(
    () => true,
    () => false,
  );
  if (!there) return true;
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('{0} exists already.', path.basename(out));
  return (await prompts.warn(question, replace)) === replace;
}

/** A file that tasks can be made from, or a folder. Throws UserError `noSource`. */
async function sourceOf(argument: unknown): Promise<vscode.Uri> {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const mend = vscode.l10n.t('Open a Python, TypeScript or JavaScript file that has tests.');
  if (uri?.scheme !== 'file') {
    const message = vscode.l10n.t('No file is open to make tasks from.');
    throw new UserError({ code: 'noSource', message, mend });
  }
  if (endings.has(path.extname(uri.fsPath)) || (await isFolder(uri.fsPath))) return uri;
  throw new UserError({ code: 'noSource', message: mend });
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function offerRun(desk: Parameters<Command>[0], result: MakeTasksResult): void {
  const { prompts, log } = desk;
  for (const note of result.notes) log.info(note);
  const rejected = reasonWords(result.rejected);
  const leftOut = leftOutWords(result.leftOut);
  const parts = [
    vscode.l10n.t('{0} from {1}.', tasksText(result.tasks), functionsText(result.functions)),
    rejected === '' ? '' : vscode.l10n.t('Rejected: {0}.', rejected),
    leftOut === '' ? '' : vscode.l10n.t('Left out: {0}.', leftOut),
  ].filter(Boolean);
  if (result.tasks === 0) {
    const why = [...parts, ...result.notes.slice(0, 3)].join(' ');
    void prompts.warn(why);
    return;
  }
  offerTasks(desk, result.out, parts.join(' '));
}

/** Tells what was written, and offers to work on it or to look at it. */
export function offerTasks({ prompts }: Parameters<Command>[0], out: string, text: string): void {
  const start = vscode.l10n.t('Start Run');
  const open = vscode.l10n.t('Open Tasks');
  void prompts.tell(text, start, open).then(async (chosen) => {
    const file = vscode.Uri.file(out);
    if (chosen === start) await vscode.commands.executeCommand('flywheel.startRun', file);
    if (chosen === open) await vscode.window.showTextDocument(file);
  });
}
