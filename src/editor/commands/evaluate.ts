import * as vscode from 'vscode';
import type { RunSummary } from '../../engine/domain/view';
import type { EvaluateRequest, EvaluateResult } from '../../engine/flywheel/workbench';
import { targetOf, type Desk } from '../desk';
import { showReport } from '../views/reportPanel';
import { pickRun } from './pickRun';
import { withCall } from './progress';
import type { Command } from './register';
import { requireTrust } from './trust';

/** Measures a run on hidden tests and shows the report in a tab; gives what was found. */
export const evaluate: Command = async (desk, argument) => {
  requireTrust();
  const run = await pickRun(desk, targetOf(argument), {
    title: vscode.l10n.t('Evaluate Pass Rate'),
    fits: hasEnded,
    none: vscode.l10n.t('No run has ended a task yet.'),
  });
  if (run === undefined) return undefined;
  return report(desk, { run });
};

/** Compares two runs on the tasks that both tried; gives what was found. */
export const compareRuns: Command = async (desk, argument) => {
  requireTrust();
  const none = vscode.l10n.t('Two runs that ended a task are needed.');
  const first = await pickRun(desk, targetOf(argument), {
    title: vscode.l10n.t('Compare Runs: the First'),
    fits: hasEnded,
    none,
  });
  if (first === undefined) return undefined;
  const title = vscode.l10n.t('Compare {0} with', first);
  const fits = (run: RunSummary): boolean => hasEnded(run) && run.id !== first;
  const second = await pickRun(desk, {}, { title, fits, none });
  if (second === undefined) return undefined;
  return report(desk, { run: first, compare: [{ run: second }] });
};

function hasEnded({ ended }: RunSummary): boolean {
  return ended > 0;
}

async function report(
  desk: Desk,
  request: EvaluateRequest & { readonly run: string },
): Promise<EvaluateResult> {
  const title = vscode.l10n.t('Evaluating {0}', request.run);
  const result = await withCall(title, (options) =>
    desk.engine.call('evaluate', { ...request, format: 'html' }, options),
  );
  showReport(vscode.l10n.t('Evaluation of {0}', request.run), result.report);
  return result;
}
