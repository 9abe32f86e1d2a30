import * as vscode from 'vscode';
import { targetOf } from '../desk';
import { roundsWords } from '../roundWords';
import { pickRun } from './pickRun';
import type { Command } from './register';

/** Opens the tab of the rounds that were meant; gives the id of their run. */
export const showRounds: Command = async (desk, argument) => {
  const target = targetOf(argument);
  const run = await pickRun(desk, target, {
    title: vscode.l10n.t('Show Rounds'),
    fits: ({ kind }) => kind === 'rounds',
    none: vscode.l10n.t('There are no rounds yet.'),
    words: roundsWords,
  });
  if (run === undefined) return undefined;
  await desk.roundsPanels.show(run, target.round ?? null);
  return run;
};
