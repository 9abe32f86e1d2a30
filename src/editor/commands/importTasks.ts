import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { ImportTasksResult } from '../../engine/flywheel/workbench';
import { reasonWords } from '../reasons';
import { mayWrite, offerTasks } from './makeTasks';
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
  const result = await withCall(vscode.l10n.t('Importing tasks from {0}', base), (options) =>
    desk.engine.call('importTasks', { files: [source.fsPath], out }, options),
  );
  offerTasks(desk, result.out, summary(result));
  return result.out;
};

function asked({ prompts }: Parameters<Command>[0]): Promise<vscode.Uri | undefined> {
  return prompts.file(vscode.l10n.t('Import Tasks'), {
    [vscode.l10n.t('Published tasks')]: ['jsonl', 'json', 'gz', 'parquet'],
  });
}

function summary({ tasks, byFormat, rejected, leftOut }: ImportTasksResult): string {
  const formats = Object.keys(byFormat).join(', ');
  const counted = [
    [vscode.l10n.t('Rejected: {0}.', reasonWords(rejected)), rejected],
    [vscode.l10n.t('Left out: {0}.', reasonWords(leftOut)), leftOut],
  ] as const;
  return [
    vscode.l10n.t('Imported: {0} ({1}).', tasksText(tasks), formats),
    ...counted.filter(([, counts]) => Object.keys(counts).length > 0).map(([text]) => text),
  ].join(' ');
}
