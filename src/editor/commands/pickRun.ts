import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { RunSummary } from '../../engine/domain/view';
import type { Desk, Target } from '../desk';
import { runWords } from '../words';
import { latestRuns } from './latestRuns';

/**
 * The run that was meant, or the one that the person picks; undefined where they pick none.
 * Throws UserError `noRun` where none fits.
 */
export async function pickRun(
  desk: Desk,
  target: Target,
  question: {
    readonly title: string;
    readonly fits: (run: RunSummary) => boolean;
    readonly none: string;
    /** What is said of each; what was solved unless told. */
    readonly words?: (run: RunSummary) => string;
  },
): Promise<string | undefined> {
  if (target.run !== undefined) return target.run;
  const fitting = (await latestRuns(desk)).filter(question.fits);
  const [first, second] = fitting;
  if (first === undefined) {
    throw new UserError({
      code: 'noRun',
      message: question.none,
      mend: vscode.l10n.t('Run the demo or start a run first.'),
    });
  }
  if (second === undefined) return first.id;
  const choices = fitting.map((run) => ({
    label: run.title,
    description: (question.words ?? runWords)(run),
    detail: `${run.id} · ${new Date(run.startedAt).toLocaleString(vscode.env.language)}`,
    value: run.id,
  }));
  return desk.prompts.pick(question.title, choices);
}
