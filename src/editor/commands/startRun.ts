import path from 'node:path';
import * as vscode from 'vscode';
import type { Desk } from '../desk';
import type { Choice } from '../prompts';
import { fileOfNode } from '../views/taskNodes';
import { chooseSolver, type Solving } from './chooseSolver';
import { costWords } from './costWords';
import { freeRunName } from './latestRuns';
import { withCall } from './progress';
import type { Command } from './register';
import { saved } from './saved';
import { requireTrust } from './trust';

const tasksSuffix = /\.tasks\.jsonl(\.gz)?$/;
const maxFiles = 200;

/** Solves the tasks of a file; gives the id of the run. */
export const startRun: Command = async (desk, argument) => {
  requireTrust();
  const file = await fileMeant(desk, argument);
  if (file === undefined) return undefined;
  await saved(file.fsPath);
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

async function fileMeant(desk: Desk, argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  const ofNode = fileOfNode(argument);
  if (ofNode !== undefined) return vscode.Uri.file(ofNode);
  return pickTasksFile(desk, vscode.l10n.t('Tasks to Solve'));
}

/** What a run with a model may cost is told before it starts. */
export async function mayCost(
  desk: Desk,
  tasksFile: string,
  solving: Solving,
  only?: readonly string[],
): Promise<boolean> {
  if (solving.solver !== 'chat') return true;
  const asked = { tasksFile, ...solving, ...(only === undefined ? {} : { only }) };
  const estimate = await withCall(vscode.l10n.t('Counting tokens'), (options) =>
    desk.engine.call('estimate', asked, options),
  );
  const text = costWords(estimate.tasks, estimate, solving.maxTokensTotal);
  const start = vscode.l10n.t('Start Run');
  return (await desk.prompts.confirm(text, start)) === start;
}

export async function pickTasksFile(
  { prompts }: Desk,
  title: string,
): Promise<vscode.Uri | undefined> {
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
  const chosen =
    choices.length === 0
      ? null
      : await prompts.pick(title, [...choices, { label: browse, value: null }]);
  if (chosen !== null) return chosen;
  return prompts.file(title, { [vscode.l10n.t('Tasks')]: ['jsonl', 'gz'] });
}
