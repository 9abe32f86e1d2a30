import * as vscode from 'vscode';
import type { TaskEntry } from '../../engine/flywheel/workbench';
import { reasonName } from '../reasons';

type State = TaskEntry['state'];

/** In the order in which the tree shows them. */
export const taskStates = ['admitted', 'trainingOnly', 'rejected', 'notChecked'] as const;

export function stateName(state: State): string {
  switch (state) {
    case 'admitted':
      return vscode.l10n.t('Admitted');
    case 'trainingOnly':
      return vscode.l10n.t('For training only');
    case 'rejected':
      return vscode.l10n.t('Rejected');
    case 'notChecked':
      return vscode.l10n.t('Not checked');
  }
}

/** What is known of a task beside its state: why it was rejected, its tests' strength, its difficulty. */
export function taskFacts(entry: TaskEntry): string[] {
  const { reason, mutationScore, difficulty, state } = entry;
  return [
    state === 'rejected' && reason !== undefined ? reasonName(reason) : '',
    mutationScore === null ? '' : vscode.l10n.t('mutation score {0} %', percent(mutationScore)),
    difficulty === null
      ? ''
      : vscode.l10n.t('{0} of {1} solved', difficulty.solved, difficulty.samples),
  ].filter(Boolean);
}

/** The same in the little room of a tree. */
export function taskBrief(entry: TaskEntry): string {
  const { reason, mutationScore, difficulty, state } = entry;
  return [
    state === 'rejected' && reason !== undefined ? reasonName(reason) : '',
    mutationScore === null ? '' : `${percent(mutationScore)} %`,
    difficulty === null ? '' : `${difficulty.solved}/${difficulty.samples}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Rounded down, so that 100 % means all. */
export function percent(share: number): number {
  return Math.floor(100 * share + 1e-9);
}

/** What the steps of the gate look at, by their names; the name itself where it is not known. */
export function stepName(step: string): string {
  switch (step) {
    case 'making':
      return vscode.l10n.t('Making');
    case 'parses':
      return vscode.l10n.t('Parses');
    case 'reference':
      return vscode.l10n.t('Reference passes');
    case 'stubs':
      return vscode.l10n.t('Stubs fail');
    case 'strength':
      return vscode.l10n.t('Tests are strong');
    case 'tests':
      return vscode.l10n.t('Each test is of use');
    case 'dependence':
      return vscode.l10n.t('Depends on nothing outside');
    case 'novelty':
      return vscode.l10n.t('New');
    case 'contamination':
      return vscode.l10n.t('Not held out');
    case 'family':
      return vscode.l10n.t('Family');
    case 'difficulty':
      return vscode.l10n.t('Difficulty');
    default:
      return step;
  }
}
