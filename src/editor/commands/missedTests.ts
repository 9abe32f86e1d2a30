import path from 'node:path';
import * as vscode from 'vscode';
import type { MissedResult } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { openTexts } from '../openText';
import { leftOutReason } from '../reasons';
import { functionMeant, type FunctionMeant } from './functionMeant';
import { withCall } from './progress';
import type { Command } from './register';
import { requireTrust } from './trust';

/**
 * Shows, where they would be made, the changes of a function or of all functions of a file that
 * their tests do not notice; gives what was found.
 */
export const showMissedTests: Command = async (desk, argument, selected) => {
  requireTrust();
  const title = vscode.l10n.t('Show What My Tests Miss');
  const meant = await functionMeant(desk, argument, {
    ...{ title, orAll: true, isWhole: Array.isArray(selected) },
  });
  if (meant === undefined) return undefined;
  const result = await missedOf(desk, meant);
  await desk.missed.show(result);
  tell(desk, meant, result);
  return result;
};

export const clearMissedTests: Command = async ({ missed }) => missed.clear();

/** Asks the engine about files as they are open, with progress and a way to cancel. */
export function missedOf(
  { engine }: Desk,
  { file, name }: FunctionMeant,
  how: {
    readonly propose?: boolean;
    readonly only?: { readonly start: number; readonly end: number; readonly note: string };
  } = {},
): Promise<MissedResult> {
  const what = name ?? path.basename(file);
  const title =
    how.propose === true
      ? vscode.l10n.t('Looking for tests of {0}', what)
      : vscode.l10n.t('Looking for what the tests of {0} miss', what);
  const named = name === undefined ? {} : { name };
  return withCall(title, (options) =>
    engine.call('missedTests', { file, ...named, ...how, ...openTexts(file) }, options),
  );
}

/** Not waited for. Where something is missed it can be strengthened from here. */
function tell(desk: Desk, { file, name }: FunctionMeant, result: MissedResult): void {
  const { functions } = result;
  const sum = (count: (one: (typeof functions)[number]) => number): number =>
    functions.reduce((total, one) => total + count(one), 0);
  const [mutants, killed] = [sum((one) => one.mutants), sum((one) => one.killed)];
  const missed = sum((one) => one.missed.length);
  const [only, ...others] = functions;
  const leftOut = leftOutText(result);
  if (only === undefined) {
    const nothing = vscode.l10n.t('Nothing could be looked at.');
    void desk.prompts.warn([nothing, leftOut].filter(Boolean).join(' '));
    return;
  }
  const counted =
    others.length === 0
      ? vscode.l10n.t('Tests of {0} notice {1} of {2} changes.', only.name, killed, mutants)
      : vscode.l10n.t(
          'Tests of {0} functions notice {1} of {2} changes.',
          functions.length,
          killed,
          mutants,
        );
  const text = [counted, leftOut].filter(Boolean).join(' ');
  if (missed === 0) {
    void desk.prompts.tell(text);
    return;
  }
  const problems = vscode.l10n.t('Show Problems');
  const strengthen = vscode.l10n.t('Strengthen Tests…');
  void desk.prompts.tell(text, strengthen, problems).then(async (chosen) => {
    if (chosen === problems) {
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    }
    if (chosen === strengthen) {
      const target = { uri: vscode.Uri.file(file), ...(name === undefined ? {} : { name }) };
      await vscode.commands.executeCommand('flywheel.strengthenTests', target);
    }
  });
}

/** Functions that could not be looked at, with why. */
export function leftOutText({ leftOut }: Pick<MissedResult, 'leftOut'>): string {
  const [first, ...more] = leftOut;
  if (first === undefined) return '';
  const one = `${first.name} (${leftOutReason(first.reason)})`;
  return more.length === 0
    ? vscode.l10n.t('Left out: {0}.', one)
    : vscode.l10n.t('Left out: {0} and {1} more.', one, more.length);
}
