import * as vscode from 'vscode';
import { functionsText, tasksText } from './counts';
import type { MadeExample, MadePreview } from '../engine/flywheel/workbench';
import { plainText } from '../engine/redaction/plainText';
import { price } from './commands/costWords';
import { reportUri } from './documents';
import type { Prompts } from './prompts';
import { reasonName } from './reasons';
import { fenced, literal } from './rowPreview';
import { percent } from './taskFiles/taskWords';

/**
 * Shows the tasks that were made, and asks whether they are to be written. An abort, or no answer,
 * is a no.
 */
export async function confirmTasks(
  prompts: Prompts,
  preview: MadePreview,
  signal: AbortSignal,
): Promise<boolean> {
  const uri = reportUri('tasks-preview', previewText(preview));
  await vscode.window.showTextDocument(uri, { preview: true, preserveFocus: true });
  const rejected = sumOf(preview.rejected);
  const chosen = await prompts.pick(
    vscode.l10n.t('{0} made, {1} rejected', tasksText(preview.tasks), rejected),
    [
      {
        label: vscode.l10n.t('Write the Tasks'),
        description: tasksText(preview.tasks),
        detail: preview.out,
        value: true,
      },
      { label: vscode.l10n.t('Write Nothing'), value: false },
    ],
    { stays: true, signal },
  );
  return chosen === true && !signal.aborted;
}

/** Counts by maker, reasons of rejections, and the first tasks, as Markdown. */
export function previewText(preview: MadePreview): string {
  const { tasks, trainingOnly, byMaker, rejected, mutationScore, functions } = preview;
  const reasons = Object.entries(rejected)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const shown = preview.examples.length;
  return [
    `# ${vscode.l10n.t('Tasks to be written')}`,
    vscode.l10n.t('Nothing has been written yet.'),
    [
      vscode.l10n.t('{0} from {1}.', tasksText(tasks), functionsText(functions)),
      trainingOnly > 0 ? vscode.l10n.t('For training only: {0}.', trainingOnly) : '',
      mutationScore === null
        ? ''
        : vscode.l10n.t('Mean mutation score: {0} %.', percent(mutationScore)),
      preview.tokens > 0
        ? vscode.l10n.t('{0} tokens ({1}).', preview.tokens.toLocaleString(), price(preview.usd))
        : '',
    ]
      .filter(Boolean)
      .join(' '),
    table(
      [vscode.l10n.t('maker'), vscode.l10n.t('tasks'), vscode.l10n.t('rejected')],
      Object.entries(byMaker).map(([name, made]) => [name, made.tasks, sumOf(made.rejected)]),
    ),
    ...(reasons.length === 0
      ? []
      : [
          `## ${vscode.l10n.t('What was rejected')}`,
          table(
            [vscode.l10n.t('reason'), vscode.l10n.t('count')],
            reasons.map(([reason, count]) => [reasonName(reason), count]),
          ),
        ]),
    `## ${
      shown < tasks
        ? vscode.l10n.t('The first {0} of {1}', shown, tasksText(tasks))
        : vscode.l10n.t('The tasks')
    }`,
    ...preview.examples.map(exampleText),
    '',
  ].join('\n\n');
}

function exampleText({
  id,
  language,
  maker,
  prompt,
  starter,
  visible,
  hidden,
}: MadeExample): string {
  const tests = vscode.l10n.t('{0} visible and {1} hidden tests', visible, hidden);
  return [
    `### ${literal(id)}`,
    `${literal(language)} · ${literal(maker)} · ${tests}`,
    fenced(plainText(prompt)),
    ...(starter === null ? [] : [vscode.l10n.t('To begin with:'), fenced(plainText(starter))]),
  ].join('\n\n');
}

function table(head: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...lines]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
