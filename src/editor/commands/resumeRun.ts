import * as vscode from 'vscode';
import { targetOf } from '../desk';
import { pickRun } from './pickRun';
import type { Command } from './register';
import { requireTrust } from './trust';

/** Goes on with an interrupted or cancelled run; gives its id. */
export const resumeRun: Command = async (desk, argument) => {
  requireTrust();
  const run = await pickRun(desk, targetOf(argument), {
    title: vscode.l10n.t('Resume Run'),
    fits: ({ state }) => state === 'interrupted' || state === 'cancelled' || state === 'failed',
    none: vscode.l10n.t('There is no interrupted or cancelled run.'),
  });
  if (run === undefined) return undefined;
  return desk.sessions.drive(run, (engine, options) => engine.call('resume', { run }, options));
};
