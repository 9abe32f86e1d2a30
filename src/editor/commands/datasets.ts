import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { DatasetSummary } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { reportUri } from '../documents';
import { rowsAsMarkdown } from '../rowPreview';
import { datasetTarget } from '../views/datasetNodes';
import type { Command } from './register';
import { pairsText, recordsText, rowsText } from '../counts';

/** Rows of a file that are shown; the file has all. */
const mostRows = 50;

/** Shows the first rows of a file of a dataset as a person reads them. */
export const showDatasetRows: Command = async (desk, argument) => {
  const target = datasetTarget(argument);
  const dataset = await pickDataset(desk, target.folder, vscode.l10n.t('Show Rows of a Dataset'));
  if (dataset === undefined) return undefined;
  const file =
    target.file ??
    (await desk.prompts.pick(
      vscode.l10n.t('Show Rows of a Dataset'),
      dataset.files.map(({ file: name, rows }) => ({
        label: name,
        description: rowsText(rows),
        value: name,
      })),
    ));
  if (file === undefined) return undefined;
  const asked = { folder: dataset.folder, file, most: mostRows };
  const rows = await desk.engine.call('datasetRows', asked);
  const all = dataset.files.find((one) => one.file === file)?.rows ?? rows.length;
  const head = [
    `# ${path.basename(dataset.folder)} · ${file}`,
    vscode.l10n.t('The first {0} of {1}, as they stand in the file.', rows.length, rowsText(all)),
  ];
  const text = [...head, rowsAsMarkdown(rows)].join('\n\n');
  await showText(`${path.basename(dataset.folder)}-${file}`, text);
  return rows.length;
};

/** Shows the card of a dataset as the editor renders Markdown. */
export const showDatasetCard: Command = async (desk, argument) => {
  const { folder } = datasetTarget(argument);
  const dataset = await pickDataset(desk, folder, vscode.l10n.t('Show Card of a Dataset'));
  if (dataset === undefined) return undefined;
  const card = vscode.Uri.joinPath(vscode.Uri.file(dataset.folder), 'README.md');
  await vscode.commands.executeCommand('markdown.showPreview', card);
  return card.fsPath;
};

/** Tells what one version of a dataset has that another has not, and what moved between splits. */
export const compareDatasets: Command = async (desk, argument) => {
  const { folder } = datasetTarget(argument);
  const title = vscode.l10n.t('Compare Datasets: the Earlier One');
  const first = await pickDataset(desk, folder, title);
  if (first === undefined) return undefined;
  const name = path.basename(first.folder);
  const others = (await desk.datasets.list()).filter((one) => one.folder !== first.folder);
  const second = await pickOf(desk, others, vscode.l10n.t('Compare Datasets: {0} with', name));
  if (second === undefined) return undefined;
  const [before, after] = [first.folder, second.folder];
  const found = await desk.engine.call('compareDatasets', { before, after });
  const lines = [
    `# ${name} ${found.versions[0] ?? ''} → ${path.basename(after)} ${found.versions[1] ?? ''}`,
    `- ${vscode.l10n.t('{0} added', recordsText(found.added))}`,
    `- ${vscode.l10n.t('{0} removed', recordsText(found.removed))}`,
    `- ${vscode.l10n.t('{0} moved to another split', recordsText(found.moved))}`,
    `- ${vscode.l10n.t('{0} the same', recordsText(found.same))}`,
    ...found.families.map(({ family, from, to }) => `  - \`${family}\`: ${from} → ${to}`),
  ];
  await showText('dataset-comparison', lines.join('\n'));
  return found;
};

async function pickDataset(
  desk: Desk,
  folder: string | undefined,
  title: string,
): Promise<DatasetSummary | undefined> {
  const all = await desk.datasets.list();
  const meant = folder === undefined ? undefined : all.find((one) => one.folder === folder);
  return meant ?? pickOf(desk, all, title);
}

/** The one there is, or the one that the person picks. Throws UserError where there is none. */
async function pickOf(
  { prompts }: Desk,
  all: readonly DatasetSummary[],
  title: string,
): Promise<DatasetSummary | undefined> {
  const [only, second] = all;
  if (only === undefined) {
    throw new UserError({
      code: 'noDataset',
      message: vscode.l10n.t('There is no other dataset here.'),
      mend: vscode.l10n.t('Export a run first.'),
    });
  }
  if (second === undefined) return only;
  const choices = all.map((dataset) => ({
    label: path.basename(dataset.folder),
    description: [dataset.version, dataset.format, pairsText(dataset.pairs)].join(' · '),
    detail: dataset.folder,
    value: dataset,
  }));
  return prompts.pick(title, choices);
}

async function showText(name: string, text: string): Promise<void> {
  const uri = reportUri(name.replace(/[^\w.-]+/g, '-'), `${text}\n`);
  await vscode.window.showTextDocument(uri, { preview: true });
}
