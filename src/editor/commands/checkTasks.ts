import path from 'node:path';
import * as vscode from 'vscode';
import { tasksText } from '../counts';
import { UserError } from '../../engine/domain/errors';
import type { CheckTasksRequest, CheckTasksResult } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { reasonWords } from '../reasons';
import { readSettings } from '../settings';
import { percent } from '../taskFiles/taskWords';
import { fileOfNode } from '../views/taskNodes';
import { costWords } from './costWords';
import { mayWrite } from './makeTasks';
import { withCall } from './progress';
import type { Command } from './register';
import { saved } from './saved';
import { pickTasksFile } from './startRun';
import { requireTrust } from './trust';

type Difficulty = NonNullable<CheckTasksRequest['difficulty']>;

/** Samples of each task where a model estimates its difficulty. */
const samples = 6;

/**
 * Puts the tasks of a file through the gate, and shows what came of it in the Tasks tree and in the
 * file; gives what the gate found.
 */
export const checkTasks: Command = async (desk, argument) => {
  requireTrust();
  const file = await taskFileMeant(desk, argument);
  if (file === undefined) return undefined;
  await saved(file);
  const difficulty = await askDifficulty(desk, file);
  if (difficulty === undefined) return undefined;
  const request = { tasksFile: file, ...(difficulty === null ? {} : { difficulty }) };
  const result = await checked(desk, request);
  if (result === undefined) return undefined;
  desk.taskFiles.refresh();
  await desk.taskDiagnostics.show(file);
  tell(desk, request, result);
  return result;
};

/** The file of a node, a lens or the Explorer, the one that is open, or the one that is picked. */
export async function taskFileMeant(desk: Desk, argument: unknown): Promise<string | undefined> {
  if (argument instanceof vscode.Uri) return argument.fsPath;
  const ofNode = fileOfNode(argument);
  if (ofNode !== undefined) return ofNode;
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.scheme === 'file' && open.fsPath.endsWith('.tasks.jsonl')) return open.fsPath;
  return (await pickTasksFile(desk, vscode.l10n.t('Tasks to Check')))?.fsPath;
}

/** A line that is no task stops it, unless the person lets such lines be left out. */
async function checked(
  desk: Desk,
  request: CheckTasksRequest,
): Promise<CheckTasksResult | undefined> {
  try {
    return await check(desk, request);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'badLine') throw error;
    const skip = vscode.l10n.t('Check the Others');
    const isWanted = (await desk.prompts.warn(error.message, skip)) === skip;
    return isWanted ? check(desk, { ...request, skipBad: true }) : undefined;
  }
}

function check({ engine }: Desk, request: CheckTasksRequest): Promise<CheckTasksResult> {
  const title = vscode.l10n.t('Checking {0}', path.basename(request.tasksFile));
  return withCall(title, (options) => engine.call('checkTasks', request, options));
}

/** Null for none; undefined where the person chose nothing. */
async function askDifficulty(desk: Desk, file: string): Promise<Difficulty | null | undefined> {
  const { model, baseUrl, maxTokensPerRun } = readSettings();
  const chat: Difficulty | null =
    model === undefined || model === 'search'
      ? null
      : {
          solver: 'chat',
          samples,
          model,
          ...(baseUrl === undefined ? {} : { baseUrl }),
          ...(maxTokensPerRun === 0 ? {} : { maxTokensTotal: maxTokensPerRun }),
        };
  const none: Difficulty | 'none' = 'none';
  const chosen = await desk.prompts.pick<Difficulty | 'none'>(
    vscode.l10n.t('How Difficult Are the Tasks?'),
    [
      {
        label: vscode.l10n.t('Do not estimate'),
        description: vscode.l10n.t('the other steps of the gate alone'),
        value: none,
      },
      {
        label: vscode.l10n.t('By search repair'),
        description: vscode.l10n.t('no model, no key, no cost'),
        value: { solver: 'search' },
      },
      ...(chat === null
        ? []
        : [
            {
              label: vscode.l10n.t('By {0}', chat.model ?? ''),
              description: vscode.l10n.t('{0} samples of each task', samples),
              value: chat,
            },
          ]),
    ],
  );
  if (chosen === undefined) return undefined;
  if (chosen === 'none') return null;
  return chosen.solver === 'search' || (await mayCost(desk, file, chosen)) ? chosen : undefined;
}

/** What an estimate by a model may cost is told before it starts. */
async function mayCost(
  { engine, prompts }: Desk,
  tasksFile: string,
  { solver: _, ...asked }: Difficulty,
): Promise<boolean> {
  const estimate = await withCall(vscode.l10n.t('Counting tokens'), (options) =>
    engine.call('estimate', { tasksFile, solver: 'chat', ...asked }, options),
  );
  const text = costWords(estimate.tasks, estimate, asked.maxTokensTotal);
  const start = vscode.l10n.t('Check Tasks');
  return (await prompts.confirm(text, start)) === start;
}

/** Not waited for. */
function tell(desk: Desk, request: CheckTasksRequest, result: CheckTasksResult): void {
  const { tasks, rows, trainingOnly, mutationScore, rejected, skipped } = result;
  const why = reasonWords(rejected);
  const text = [
    vscode.l10n.t('{0} of {1} let in.', tasks, tasksText(rows.length)),
    trainingOnly > 0 ? vscode.l10n.t('For training only: {0}.', trainingOnly) : '',
    why === '' ? '' : vscode.l10n.t('Rejected: {0}.', why),
    mutationScore === null
      ? ''
      : vscode.l10n.t('Mean mutation score: {0} %.', percent(mutationScore)),
    skipped > 0 ? vscode.l10n.t('Skipped lines: {0}.', skipped) : '',
  ]
    .filter(Boolean)
    .join(' ');
  const show = vscode.l10n.t('Show Tasks');
  const write = vscode.l10n.t('Write Those That Pass…');
  const isPartly = tasks > 0 && tasks < rows.length;
  void desk.prompts.tell(text, ...(isPartly ? [show, write] : [show])).then(async (chosen) => {
    if (chosen === show) await desk.tasks.reveal(request.tasksFile);
    if (chosen === write) await writePassed(desk, request);
  });
}

/** Asked for again with a file to write: every task is answered from the journal. */
async function writePassed(desk: Desk, request: CheckTasksRequest): Promise<void> {
  const { tasksFile } = request;
  const folder = path.dirname(tasksFile);
  const suffix = '.tasks.jsonl';
  const answer = await desk.prompts.text({
    title: vscode.l10n.t('Write Those That Pass'),
    prompt: vscode.l10n.t('File to write, relative to {0}', folder),
    value: path.basename(tasksFile).replace(/(?:\.tasks)?\.jsonl(?:\.gz)?$/, `.checked${suffix}`),
    check: (text) =>
      text.endsWith(suffix) ? null : vscode.l10n.t('The name must end in {0}.', suffix),
  });
  if (answer === undefined) return;
  const out = path.resolve(folder, answer);
  if (!(await mayWrite(desk, out))) return;
  await check(desk, { ...request, skipBad: true, out });
  await desk.tasks.reveal(out);
}
