import path from 'node:path';
import * as vscode from 'vscode';
import { targetOf, type Desk } from '../desk';
import { datasetFormats } from '../datasetFormats';
import { formatWords, reasonWords } from '../reasons';
import { pickRun } from './pickRun';
import { withCall } from './progress';
import type { Command } from './register';
import { requireTrust } from './trust';

/**
 * Verifies the solved tasks of a run again, shows what would go in, and writes the dataset where the
 * person says so; gives its folder.
 */
export const exportDataset: Command = async (desk, argument) => {
  requireTrust();
  const run = await pickRun(desk, targetOf(argument), {
    title: vscode.l10n.t('Export Dataset'),
    fits: ({ solvedVisible }) => solvedVisible.count > 0,
    none: vscode.l10n.t('No run has solved a task yet.'),
  });
  if (run === undefined) return undefined;
  const format = await desk.prompts.pick(vscode.l10n.t('Format of the Dataset'), [
    ...datasetFormats.map((name) => ({ label: name, detail: formatWords(name), value: name })),
  ]);
  if (format === undefined) return undefined;
  const out = await folderFor(desk, run);
  if (out === undefined) return undefined;
  const result = await withCall(vscode.l10n.t('Exporting {0}', run), (options) =>
    desk.engine.call('exportDataset', { runs: [run], out, format }, options),
  );
  if (!result.written) {
    void desk.prompts.tell(vscode.l10n.t('Nothing was written.'));
    return undefined;
  }
  desk.datasets.refresh();
  const rows = Object.entries(result.rows).map(([name, count]) => `${name} ${count}`);
  const dropped = reasonWords(result.dropped);
  const text = [
    vscode.l10n.t('{0} verified pairs exported ({1}).', result.pairs, rows.join(', ')),
    dropped === '' ? '' : vscode.l10n.t('Dropped: {0}.', dropped),
  ];
  const card = vscode.l10n.t('Open Card');
  void desk.prompts.tell(text.filter(Boolean).join(' '), card).then(async (chosen) => {
    const readme = vscode.Uri.joinPath(vscode.Uri.file(result.out), 'README.md');
    if (chosen === card) await vscode.commands.executeCommand('markdown.showPreview', readme);
  });
  return result.out;
};

/** In the workspace where there is one, else where the person says. */
async function folderFor({ prompts }: Desk, run: string): Promise<string | undefined> {
  const title = vscode.l10n.t('Folder for the Dataset');
  const name = run.replace(/[^\w.-]+/g, '-');
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  if (workspace === undefined) {
    const parent = await prompts.folder(title, vscode.l10n.t('Export Here'));
    return parent && path.join(parent.fsPath, `${name}-dataset`);
  }
  const root = workspace.uri.fsPath;
  const answer = await prompts.text({
    title,
    prompt: vscode.l10n.t('Folder to write, relative to {0}', root),
    value: `datasets/${name}`,
    check: (text) => (text.trim() === '' ? vscode.l10n.t('Name a folder.') : null),
  });
  return answer === undefined ? undefined : path.resolve(root, answer.trim());
}
