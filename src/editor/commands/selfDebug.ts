import * as vscode from 'vscode';
import { isPause } from '../../engine/domain/view';
import type { SelfDebugResult } from '../../engine/flywheel/workbench';
import type { Desk } from '../desk';
import { openText } from '../openText';
import { chooseSolver } from './chooseSolver';
import { functionMeant } from './functionMeant';
import { freeRunName } from './latestRuns';
import type { Command } from './register';
import { showFound } from './showFound';
import { requireTrust } from './trust';
import { testsText } from '../counts';

/**
 * Makes one function pass its tests while the person watches, and ends with a difference to
 * accept, edit or reject. Nothing of the workspace changes before. Gives the id of the run.
 */
export const selfDebug: Command = async (desk, argument) => {
  requireTrust();
  const title = vscode.l10n.t('Function to Self-Debug');
  const chosen = await functionMeant(desk, argument, { title });
  if (chosen?.name === undefined) return undefined;
  const { file, name } = chosen;
  const run = await freeRunName(desk, name);
  const solving = await chooseSolver(desk);
  if (solving === undefined) return undefined;
  let result: SelfDebugResult | undefined;
  const driven = await desk.sessions.drive(run, async (engine, options) => {
    result = await engine.call(
      'selfDebug',
      { file, name, run, ...solving, ...openText(file) },
      options,
    );
  });
  if (result !== undefined) await showResult(desk, name, file, result);
  return driven ?? undefined;
};

async function showResult(
  desk: Desk,
  name: string,
  file: string,
  { run, passedBefore, passed, of, stop, choice }: SelfDebugResult,
): Promise<void> {
  const { prompts } = desk;
  // What stopped it for now was told already, and it can be gone on with.
  if (isPause(stop)) return;
  if (passedBefore === of) {
    void prompts.tell(vscode.l10n.t('All tests of {0} pass already: {1}.', name, testsText(of)));
    return;
  }
  if (passed <= passedBefore) {
    void prompts.warn(vscode.l10n.t('Nothing was found that passes more tests of {0}.', name));
    return;
  }
  await showFound(desk, { run, name, file, passed, of, decides: choice?.decidingTest });
}
