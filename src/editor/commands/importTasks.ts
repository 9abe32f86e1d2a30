import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { ImportTasksResult } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { reasonWords } from '../reasons';
import { mayWrite } from './makeTasks';
import { withCall } from './progress';
import type { Command } from './register';
import { requireTrust } from './trust';
import { tasksText } from '../counts';

const suffix = '.tasks.jsonl';

/** Brings a published set or a folder in as tasks; gives the path of the file written. */
export const importTasks: Command = async (desk, argument) => {
  requireTrust();
  const source = argument instanceof vscode.Uri ? argument : await asked(desk);
  if (source === undefined) return undefined;
  if (source.scheme !== 'file') {
    throw new UserError({
      code: 'noSource',
      message: vscode.l10n.t('Tasks are imported from files on this machine.'),
    });
  }
  const [first] = vscode.workspace.workspaceFolders ?? [];
  const folder = vscode.workspace.getWorkspaceFolder(source) ?? first;
  const root = folder?.uri.fsPath ?? path.dirname(source.fsPath);
  const base = path.basename(source.fsPath);
  const name = base.replace(/(?:\.tasks)?(?:\.jsonl?|\.parquet)?(?:\.gz)?$/i, '');
  const answer = await desk.prompts.text({
    title: vscode.l10n.t('Import Tasks from {0}', base),
    prompt: vscode.l10n.t('File to write, relative to {0}', root),
    value: `tasks/${name === '' ? base : name}${suffix}`,
    check: (text) =>
      text.endsWith(suffix) ? null : vscode.l10n.t('The name must end in {0}.', suffix),
  });
  if (answer === undefined) return undefined;
  const out = path.resolve(root, answer);
  if (!(await mayWrite(desk, out))) return undefined;
  const result = await imported(desk, source.fsPath, out);
  if (result === undefined) return undefined;
  desk.taskFiles.refresh();
  for (const note of result.notes) desk.log.info(note);
  offerCheck(desk, result);
  return result.out;
};

/** A set is one file; programs with their tests are a folder. */
async function asked({ prompts }: Desk): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Import Tasks');
  const isFolder = await prompts.pick(title, [
    {
      label: vscode.l10n.t('A published set'),
      detail: vscode.l10n.t(
        'HumanEval, EvalPlus, MBPP, MultiPL-E, HumanEval-X, LiveCodeBench, SWE-smith; JSON lines, JSON, Parquet, gzipped or not',
      ),
      value: false,
    },
    {
      label: vscode.l10n.t('A folder'),
      detail: vscode.l10n.t('of folders, each with a program and its tests'),
      value: true,
    },
  ]);
  if (isFolder === undefined) return undefined;
  if (isFolder) return prompts.folder(title, vscode.l10n.t('Import'));
  return prompts.file(title, {
    [vscode.l10n.t('Published tasks')]: ['jsonl', 'json', 'gz', 'parquet'],
  });
}

/** A record that cannot be read stops it, unless the person lets such records be left out. */
async function imported(
  desk: Desk,
  file: string,
  out: string,
): Promise<ImportTasksResult | undefined> {
  const title = vscode.l10n.t('Importing tasks from {0}', path.basename(file));
  const attempt = (skipBad: boolean): Promise<ImportTasksResult> =>
    withCall(title, (options) =>
      desk.engine.call('importTasks', { files: [file], out, skipBad }, options),
    );
  try {
    return await attempt(false);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'badLine') throw error;
    const skip = vscode.l10n.t('Leave Out Bad Records');
    const isWanted = (await desk.prompts.warn(error.message, skip)) === skip;
    return isWanted ? attempt(true) : undefined;
  }
}

function offerCheck(desk: Desk, result: ImportTasksResult): void {
  const check = vscode.l10n.t('Check Tasks…');
  const start = vscode.l10n.t('Start Run');
  const show = vscode.l10n.t('Show Tasks');
  const file = vscode.Uri.file(result.out);
  void desk.prompts.tell(summary(result), check, start, show).then(async (chosen) => {
    if (chosen === check) await vscode.commands.executeCommand('flywheel.checkTasks', file);
    if (chosen === start) await vscode.commands.executeCommand('flywheel.startRun', file);
    if (chosen === show) await desk.tasks.reveal(result.out);
  });
}

function summary({ tasks, byFormat, rejected, leftOut, skipped }: ImportTasksResult): string {
  const formats = Object.keys(byFormat).join(', ');
  const counted = [
    [vscode.l10n.t('Rejected: {0}.', reasonWords(rejected)), rejected],
    [vscode.l10n.t('Left out: {0}.', reasonWords(leftOut)), leftOut],
  ] as const;
  return [
    vscode.l10n.t('Imported: {0} ({1}).', tasksText(tasks), formats),
    ...counted.filter(([, counts]) => Object.keys(counts).length > 0).map(([text]) => text),
    ...(skipped > 0 ? [vscode.l10n.t('Skipped lines: {0}.', skipped)] : []),
  ].join(' ');
}
