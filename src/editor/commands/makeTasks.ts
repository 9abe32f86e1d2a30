import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { MakeTasksRequest, MakeTasksResult, TaskPlan } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { leftOutWords, reasonWords } from '../reasons';
import { readSettings } from '../settings';
import { chooseMakers } from './chooseMakers';
import { price } from './costWords';
import { withCall } from './progress';
import type { Command } from './register';
import { selectedSource, taskSource, type TaskSource } from './taskSource';
import { requireTrust } from './trust';
import { functionsText, tasksText, testsText } from '../counts';

const suffix = '.tasks.jsonl';

/**
 * Makes tasks from a file, a folder, a selection, tests or history, by the makers that the person
 * chooses. What it comes to is told before, and what was made is shown before it is written; gives
 * the path of the file written.
 */
export const makeTasks: Command = async (desk, argument) => {
  requireTrust();
  const source = await taskSource(desk, argument);
  return source && makeFrom(desk, source);
};

/** The same from the functions that the selection touches. */
export const makeTasksFromSelection: Command = async (desk) => {
  requireTrust();
  return makeFrom(desk, await selectedSource(desk));
};

async function makeFrom(desk: Desk, source: TaskSource): Promise<string | undefined> {
  const making = await chooseMakers(desk, source);
  if (making === undefined) return undefined;
  const { from, name } = source;
  const asked = { from, limit: readSettings().makeTasksLimit, ...making };
  const plan = await withCall(vscode.l10n.t('Counting functions'), (options) =>
    desk.engine.call('planTasks', asked, options),
  );
  refuseNothing(plan, source);
  if (!(await mayCost(desk, asked, plan))) return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(from))?.uri.fsPath;
  const root = folder ?? path.dirname(from);
  const answer = await desk.prompts.text({
    title: vscode.l10n.t('Make Tasks from {0}', name),
    prompt: `${planWords(plan)} ${vscode.l10n.t('File to write, relative to {0}', root)}`,
    value: `tasks/${name}${suffix}`,
    check: (text) =>
      text.endsWith(suffix) ? null : vscode.l10n.t('The name must end in {0}.', suffix),
  });
  if (answer === undefined) return undefined;
  const out = path.resolve(root, answer);
  if (!(await mayWrite(desk, out))) return undefined;
  const result = await withCall(vscode.l10n.t('Making tasks from {0}', name), (options) =>
    desk.engine.call('makeTasks', { ...asked, out }, options),
  );
  desk.taskFiles.refresh();
  if (!result.written) {
    void desk.prompts.tell(vscode.l10n.t('Nothing was written.'));
    return undefined;
  }
  offerRun(desk, result);
  return result.out;
}

/** How many functions, tests and commits, and at most how many tasks. */
export function planWords({ functions, tests, atMost, commits, cost }: TaskPlan): string {
  return [
    functions > 0 ? vscode.l10n.t('{0} with {1}.', functionsText(functions), testsText(tests)) : '',
    commits === null ? '' : vscode.l10n.t('{0} commits are looked at.', commits),
    cost === null ? vscode.l10n.t('At most {0}.', tasksText(atMost)) : '',
    vscode.l10n.t('You see them before they are written.'),
  ]
    .filter(Boolean)
    .join(' ');
}

/** Throws UserError `noSource` where there is nothing to make tasks from. */
function refuseNothing(
  { functions, commits, cost, leftOut }: TaskPlan,
  { name }: TaskSource,
): void {
  if (functions > 0 || (commits ?? 0) > 0 || cost !== null) return;
  const why = reasonWords(leftOut);
  const nothing = vscode.l10n.t('{0} has nothing that these makers can work on.', name);
  throw new UserError({
    code: 'noSource',
    message: why === '' ? nothing : `${nothing} ${vscode.l10n.t('Left out: {0}.', why)}`,
    mend: vscode.l10n.t(
      'Tests stand in files such as test_x.py or x.test.ts, import the function and call it by name.',
    ),
  });
}

/** What a model may cost is told before it is asked. */
async function mayCost(
  { prompts }: Desk,
  { maxTokensTotal }: Pick<MakeTasksRequest, 'maxTokensTotal'>,
  { cost }: TaskPlan,
): Promise<boolean> {
  if (cost === null) return true;
  const { model, likely, atMost } = cost;
  const text = vscode.l10n.t(
    '{0} is called likely {1} times for {2} tokens ({3}), at most {4} times for {5} ({6}). It stops at {7} tokens.',
    model ?? '',
    likely.calls,
    likely.tokens.toLocaleString(),
    price(likely.usd),
    atMost.calls,
    atMost.tokens.toLocaleString(),
    price(atMost.usd),
    maxTokensTotal?.toLocaleString() ?? '∞',
  );
  const make = vscode.l10n.t('Make Tasks');
  return (await prompts.confirm(text, make)) === make;
}

/** True where nothing is there yet, or the person lets it be written over. */
export async function mayWrite({ prompts }: Desk, out: string): Promise<boolean> {
  const there = await stat(out).then(
    () => true,
    () => false,
  );
  if (!there) return true;
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('{0} exists already.', path.basename(out));
  return (await prompts.warn(question, replace)) === replace;
}

function offerRun(desk: Desk, result: MakeTasksResult): void {
  for (const note of result.notes) desk.log.info(note);
  const rejected = reasonWords(result.rejected);
  const leftOut = leftOutWords(result.leftOut);
  const parts = [
    vscode.l10n.t('{0} from {1}.', tasksText(result.tasks), functionsText(result.functions)),
    rejected === '' ? '' : vscode.l10n.t('Rejected: {0}.', rejected),
    leftOut === '' ? '' : vscode.l10n.t('Left out: {0}.', leftOut),
    result.stopped === undefined ? '' : vscode.l10n.t('Stopped: {0}.', result.stopped.reason),
  ];
  offerTasks(desk, result.out, parts.filter(Boolean).join(' '));
}

/** Tells what was written, and offers to work on it or to look at it. */
export function offerTasks({ prompts, tasks }: Desk, out: string, text: string): void {
  const start = vscode.l10n.t('Start Run');
  const show = vscode.l10n.t('Show Tasks');
  void prompts.tell(text, start, show).then(async (chosen) => {
    if (chosen === start) {
      await vscode.commands.executeCommand('flywheel.startRun', vscode.Uri.file(out));
    }
    if (chosen === show) await tasks.reveal(out);
  });
}
