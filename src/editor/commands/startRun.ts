import path from 'node:path';
import * as vscode from 'vscode';
import type { Desk } from '../desk';
import type { Choice } from '../prompts';
import { chooseSolver, type Solving } from './chooseSolver';
import { freeRunName } from './latestRuns';
import { withCall } from './progress';
import type { Command } from './register';
import { requireTrust } from './trust';
import { tasksText } from '../counts';

const tasksSuffix = /\.tasks\.jsonl(\.gz)?$/;
const maxFiles = 200;

/** Solves the tasks of a file; gives the id of the run. */
export const startRun: Command = async (desk, argument) => {
  requireTrust();
  const file = argument instanceof vscode.Uri ? argument : await pickTasksFile(desk);
  if (file === undefined) return undefined;
  const run = await desk.prompts.text({
    title: vscode.l10n.t('Start Run'),
    prompt: vscode.l10n.t('Name of the run. A name that exists goes on with that run.'),
    value: await freeRunName(desk, path.basename(file.fsPath).replace(tasksSuffix, '')),
    check: (text) =>
      /^[\w][\w.-]{0,79}$/.test(text)
        ? null
        : vscode.l10n.t('Letters, digits, dots, dashes and underscores, at most 80.'),
  });
  if (run === undefined) return undefined;
  const solving = await chooseSolver(desk);
  if (solving === undefined) return undefined;
  if (!(await mayCost(desk, file.fsPath, solving))) return undefined;
  return desk.sessions.drive(run, (engine, options) =>
    engine.call('solve', { run, tasksFile: file.fsPath, ...solving }, options),
  );
};

/** What a run with a model may cost is told before it starts. */
async function mayCost(desk: Desk, tasksFile: string, solving: Solving): Promise<boolean> {
  if (solving.solver !== 'chat') return true;
  const { tasks, atMost, likely } = await withCall(vscode.l10n.t('Counting tokens'), (options) =>
    desk.engine.call('estimate', { tasksFile, ...solving }, options),
  );
  const price = (usd: number | null): string =>
    usd === null ? vscode.l10n.t('price not known') : `${usd.toFixed(2)} USD`;
  const text = vscode.l10n.t(
    '{0}: likely {1} tokens ({2}), at most {3} ({4}). The run stops at {5} tokens.',
    tasksText(tasks),
    likely.tokens.toLocaleString(),
    price(likely.usd),
    atMost.tokens.toLocaleString(),
    price(atMost.usd),
    solving.maxTokensTotal?.toLocaleString() ?? '∞',
  );
  const start = vscode.l10n.t('Start Run');
  return (await desk.prompts.confirm(text, start)) === start;
}

async function pickTasksFile({ prompts }: Desk): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(
    '**/*.{tasks.jsonl,tasks.jsonl.gz}',
    '**/node_modules/**',
    maxFiles,
  );
  const browse = vscode.l10n.t('Browse…');
  const choices = found
    .filter(({ scheme }) => scheme === 'file')
    .map((uri): Choice<vscode.Uri | null> => ({
      label: path.basename(uri.fsPath),
      description: vscode.workspace.asRelativePath(path.dirname(uri.fsPath)),
      value: uri,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const title = vscode.l10n.t('Tasks to Solve');
  const chosen =
    choices.length === 0
      ? null
      : await prompts.pick(title, [...choices, { label: browse, value: null }]);
  if (chosen !== null) return chosen;
  return prompts.file(title, { [vscode.l10n.t('Tasks')]: ['jsonl', 'gz'] });
}
