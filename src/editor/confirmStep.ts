import * as vscode from 'vscode';
import type { StepAsked } from '../engine/flywheel/workbench';
import type { Prompts } from './prompts';
import { questionWords } from './roundWords';
import type { StepQuestions } from './stepQuestions';
import type { RoundsPanels } from './views/roundsPanels';

/**
 * Asks whether a step of a round is to be done: in the tab of the rounds, and in a notification
 * where that tab is out of sight. Closing the notification is no answer; the tab still asks.
 */
export async function confirmStep(
  around: {
    readonly questions: StepQuestions;
    readonly panels: RoundsPanels;
    readonly prompts: Prompts;
  },
  run: string,
  asked: StepAsked,
  signal: AbortSignal,
): Promise<boolean> {
  const { questions, panels, prompts } = around;
  const answer = questions.ask(run, asked, signal);
  const question = questions.of(run);
  if (question === null || panels.visible(run)) return answer;
  const [goOn, stop] = [vscode.l10n.t('Go On'), vscode.l10n.t('Stop Here')];
  const show = vscode.l10n.t('Show Rounds');
  void prompts.tell(questionWords(question), goOn, stop, show).then((chosen) => {
    if (chosen === show || chosen === undefined) return panels.show(run);
    questions.answer(question.number, chosen === goOn);
    return undefined;
  });
  return answer;
}
