import * as vscode from 'vscode';
import type { RoundComparison, RoundStep } from '../engine/domain/rounds';
import type { RoundStory } from '../engine/domain/roundsStory';
import type { RunSummary } from '../engine/domain/view';
import { tasksText } from './counts';
import type { StepQuestion } from '../viewer/rounds/messages';

/** What a run of rounds is doing or did: `round 2 of 4: solve`. */
export function roundsWords({ round, goals, state }: RunSummary): string {
  const rounds = goals?.rounds ?? round?.number ?? 0;
  if (state === 'finished') {
    return rounds === 1 ? vscode.l10n.t('1 round') : vscode.l10n.t('{0} rounds', rounds);
  }
  if (round === undefined) return vscode.l10n.t('gathering tasks');
  const step = stepWords(round.step);
  return vscode.l10n.t('round {0} of {1}: {2}', round.number, Math.max(rounds, round.number), step);
}

export function stepWords(step: RoundStep): string {
  switch (step) {
    case 'measure':
      return vscode.l10n.t('measure');
    case 'choose':
      return vscode.l10n.t('choose');
    case 'evolve':
      return vscode.l10n.t('evolve');
    case 'solve':
      return vscode.l10n.t('solve');
    case 'update':
      return vscode.l10n.t('update');
    case 'compare':
      return vscode.l10n.t('measure again');
  }
}

/** What came of a round so far, in a few words: `better, kept · 45 % → 62 %`. */
export function roundWords({ compare, measure }: RoundStory): string {
  if (compare === undefined) {
    return measure === undefined ? vscode.l10n.t('under way') : percent(measure.rate);
  }
  const kept = compare.isKept ? vscode.l10n.t('kept') : vscode.l10n.t('rolled back');
  const rates = `${percent(compare.before.rate)} → ${percent(compare.after.rate)}`;
  return `${outcomeWords(compare.outcome)}, ${kept} · ${rates}`;
}

function outcomeWords(outcome: RoundComparison['outcome']): string {
  switch (outcome) {
    case 'better':
      return vscode.l10n.t('better');
    case 'worse':
      return vscode.l10n.t('worse');
    case 'cannotTell':
      return vscode.l10n.t('cannot tell');
  }
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** What a step that waits for the person will do, and what it takes at most. */
export function questionWords({ round, step, tasks, candidates }: StepQuestion): string {
  const name = stepWords(step);
  if (step === 'update') {
    return vscode.l10n.t('Round {0} wants to {1} the solver with what was verified.', round, name);
  }
  return vscode.l10n.t(
    'Round {0} wants to {1}: {2}, at most {3} programs.',
    round,
    name,
    tasksText(tasks),
    candidates.toLocaleString(vscode.env.language),
  );
}
