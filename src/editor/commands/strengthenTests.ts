import path from 'node:path';
import * as vscode from 'vscode';
import type { MissedFunction, MissedResult } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { functionMeant } from './functionMeant';
import { leftOutText, missedOf } from './missedTests';
import type { Command } from './register';
import { requireTrust } from './trust';

interface Only {
  readonly start: number;
  readonly end: number;
  readonly note: string;
}

/**
 * Proposes tests that notice what those of a function or file miss, in differences that the person
 * accepts, edits or rejects; nothing changes before. Gives what was proposed.
 */
export const strengthenTests: Command = async (desk, argument, selected) => {
  requireTrust();
  const title = vscode.l10n.t('Strengthen Tests');
  const meant = await functionMeant(desk, argument, {
    ...{ title, orAll: true, isWhole: Array.isArray(selected) },
  });
  if (meant === undefined) return undefined;
  const only = onlyOf(argument);
  const how = { propose: true, ...(only === undefined ? {} : { only }) };
  const result = await missedOf(desk, meant, how);
  await desk.missed.show(result);
  const { proposals } = result;
  if (proposals.length === 0) {
    tellNothing(desk, result);
    return result;
  }
  for (const proposal of proposals) {
    const about = result.functions.filter(
      ({ testFile, newTests }) => testFile === proposal.file && newTests > 0,
    );
    const count = about.reduce((sum, { newTests }) => sum + newTests, 0);
    await desk.proposals.showTests({
      ...proposal,
      title: vscode.l10n.t('{0}: {1} new tests', path.basename(proposal.file), count),
      onAccepted: async () => {
        for (const one of about) {
          await desk.missed.noticed(one.file, one.name, noticedBy(one, only));
        }
      },
    });
  }
  offer(desk, result);
  return result;
};

/** What the proposed tests notice: all that any does, or what the one test of one change does. */
function noticedBy({ missed }: MissedFunction, only: Only | undefined): MissedFunction['missed'] {
  if (only === undefined) return missed.filter((one) => one.noticedBy !== undefined);
  const test = missed.find(
    (one) => one.start === only.start && one.end === only.end && one.note === only.note,
  )?.noticedBy;
  return test === undefined ? [] : missed.filter((one) => one.noticedBy === test);
}

function onlyOf(argument: unknown): Only | undefined {
  if (typeof argument !== 'object' || argument === null || !('only' in argument)) return undefined;
  const { start, end, note } = argument.only as Readonly<Record<string, unknown>>;
  const isPlace = typeof start === 'number' && typeof end === 'number' && typeof note === 'string';
  return isPlace ? { start, end, note } : undefined;
}

function tellNothing({ prompts }: Desk, result: MissedResult): void {
  const { functions } = result;
  const missed = functions.reduce((sum, one) => sum + one.missed.length, 0);
  const text =
    functions.length === 0
      ? vscode.l10n.t('Nothing could be looked at.')
      : missed === 0
        ? vscode.l10n.t('Nothing to add: the tests notice every change that was tried.')
        : vscode.l10n.t('No test was found that notices what is missed.');
  void prompts.warn([text, leftOutText(result)].filter(Boolean).join(' '));
}

/** Not waited for: the person may take the time to read, and the editor's title has both too. */
function offer({ prompts }: Desk, { functions, proposals }: MissedResult): void {
  const tests = functions.reduce((sum, { newTests }) => sum + newTests, 0);
  const noticed = functions.reduce(
    (sum, { missed }) => sum + missed.filter((one) => one.noticedBy !== undefined).length,
    0,
  );
  const text = vscode.l10n.t(
    '{0} new tests notice {1} more changes. What the functions do now is what they hold to be right: look at them, then accept or reject.',
    tests,
    noticed,
  );
  // With several files each is decided in its own editor.
  const [accept, reject] = [vscode.l10n.t('Accept'), vscode.l10n.t('Reject')];
  const actions = proposals.length === 1 ? [accept, reject] : [];
  void prompts.tell(text, ...actions).then(async (answer) => {
    if (answer === accept) await vscode.commands.executeCommand('flywheel.acceptProposal');
    if (answer === reject) await vscode.commands.executeCommand('flywheel.rejectProposal');
  });
}
