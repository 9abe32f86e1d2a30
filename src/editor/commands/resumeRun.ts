import * as vscode from 'vscode';
import { hostOf } from '../apiKeys';
import { targetOf, type Desk } from '../desk';
import { readSettings } from '../settings';
import { pickRun } from './pickRun';
import type { Command } from './register';
import { resumeRounds } from './runRound';
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
  const rounds = desk.runs.run(run);
  if (rounds?.kind === 'rounds') return resumeRounds(desk, rounds);
  const moved = await movedTo(desk, run);
  if (moved === undefined) return undefined;
  return desk.sessions.drive(run, (engine, options) =>
    engine.call('resume', { run, ...moved }, options),
  );
};

/**
 * Where the model of a run answers now: the person says whether the one in the settings, of the
 * same name at another address, is the same. Undefined where they do not want to go on.
 */
async function movedTo(
  { runs, prompts }: Desk,
  run: string,
): Promise<{ movedTo?: string } | undefined> {
  const begun = runs.run(run)?.model;
  const { model, baseUrl } = readSettings();
  const host = baseUrl === undefined ? null : hostOf(baseUrl);
  if (baseUrl === undefined || host === null || begun === `${model ?? ''}@${host}`) return {};
  if (!begun?.startsWith(`${model ?? ''}@`)) return {};
  const moved = vscode.l10n.t('Go On at {0}', host);
  const stays = vscode.l10n.t('Go On as Before');
  const question = vscode.l10n.t(
    'The run was begun with {0}. Your settings name the same model at {1}. Is it the same one?',
    begun,
    host,
  );
  const answer = await prompts.confirm(question, moved, stays);
  if (answer === undefined) return undefined;
  return answer === moved ? { movedTo: baseUrl } : {};
}
