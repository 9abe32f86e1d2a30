import * as vscode from 'vscode';
import type { ExportPreview } from '../engine/flywheel/workbench';
import { plainText } from '../engine/redaction/plainText';
import { reportUri } from './documents';
import type { Prompts } from './prompts';
import { formatWords, reasonName } from './reasons';
import { rowsAsMarkdown } from './rowPreview';
import { pairsText, rowsText } from './counts';

/**
 * Shows what would go into a dataset and what is dropped, and asks whether it is to be written.
 * An abort, or no answer, is a no.
 */
export async function confirmExport(
  prompts: Prompts,
  preview: ExportPreview,
  signal: AbortSignal,
): Promise<boolean> {
  const uri = reportUri('dataset-preview', previewText(preview));
  await vscode.window.showTextDocument(uri, { preview: true, preserveFocus: true });
  const rows = Object.values(preview.rows).reduce((sum, count) => sum + count, 0);
  const dropped = Object.values(preview.dropped).reduce((sum, count) => sum + count, 0);
  const chosen = await prompts.pick(
    vscode.l10n.t('{0}, {1} dropped', pairsText(preview.pairs), dropped),
    [
      {
        label: vscode.l10n.t('Write the Dataset'),
        description: rowsText(rows),
        detail: preview.out,
        value: true,
      },
      { label: vscode.l10n.t('Write Nothing'), value: false },
    ],
    { stays: true, signal },
  );
  return chosen === true && !signal.aborted;
}

/** Pairs, rows, lengths, what is dropped and why, and the first rows of each file. */
export function previewText(preview: ExportPreview): string {
  const { pairs, bySplit, dropped, format, rows, tokens, version, refused, examples } = preview;
  const table = (head: readonly string[], lines: readonly (readonly (string | number)[])[]) =>
    lines.length === 0
      ? vscode.l10n.t('None.')
      : [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
  const reasons = Object.entries(dropped)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const byFile = Map.groupBy(examples, ({ file }) => file);
  return [
    `# ${vscode.l10n.t('Dataset to be written')}`,
    vscode.l10n.t('Nothing has been written yet.'),
    `${formatWords(format)} · ${version}`,
    `## ${vscode.l10n.t('What goes in')}`,
    vscode.l10n.t(
      '{0}: {1} train, {2} validation, {3} test.',
      pairsText(pairs),
      bySplit.train,
      bySplit.validation,
      bySplit.test,
    ),
    table([vscode.l10n.t('file'), vscode.l10n.t('rows')], Object.entries(rows)),
    `## ${vscode.l10n.t('What is dropped')}`,
    table(
      [vscode.l10n.t('reason'), vscode.l10n.t('count')],
      reasons.map(([reason, count]) => [reasonName(reason), count]),
    ),
    ...refused
      .slice(0, maxRefusedShown)
      .map(({ task, run, sample, reason, detail }) =>
        plainText(
          `- ${[`${run} · ${task} · ${sample + 1}`, reasonName(reason), detail]
            .filter(Boolean)
            .join(' · ')
            .replace(/\s+/g, ' ')}`,
        ),
      ),
    `## ${vscode.l10n.t('Lengths in tokens')}`,
    table(
      ['', vscode.l10n.t('median'), '95 %', vscode.l10n.t('longest'), '> 1024', '> 4096'],
      Object.entries(tokens).map(([shape, { median, p95, longest, over }]) => [
        shape,
        ...[median, p95, longest, over['1024'] ?? 0, over['4096'] ?? 0],
      ]),
    ),
    ...[...byFile].flatMap(([file, some]) => [
      `# ${file}`,
      rowsAsMarkdown(some.map(({ row }) => row)),
    ]),
    '',
  ].join('\n\n');
}

const maxRefusedShown = 100;
