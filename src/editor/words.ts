import * as vscode from 'vscode';
import type { StopReason } from '../engine/domain/trajectory';
import type { RunState, RunSummary, TaskRow } from '../engine/domain/view';
import type { Status } from '../engine/domain/verdict';
import { testsText } from './counts';
import { roundsWords } from './roundWords';

/** What the tree says of a run: `31 of 48 solved`, with its state where it is not finished. */
export function runWords(run: RunSummary): string {
  if (run.kind === 'rounds') return withState(run, roundsWords(run));
  const { count, of } = run.solvedVisible;
  const solved = vscode.l10n.t('{0} of {1} solved', count, Math.max(of, run.tasks));
  return run.state === 'finished' ? solved : `${stateWords(run.state)} · ${solved}`;
}

/** The same in the little room beside its name: `31/48`, with its state where not finished. */
export function runBrief(run: RunSummary): string {
  if (run.kind === 'rounds') return withState(run, roundsWords(run));
  const { count, of } = run.solvedVisible;
  const solved = `${count}/${Math.max(of, run.tasks)}`;
  return run.state === 'finished' ? solved : `${solved} · ${stateWords(run.state)}`;
}

/** A state that its words do not tell. */
function withState({ state }: RunSummary, words: string): string {
  const isTold = state === 'finished' || state === 'running';
  return isTold ? words : `${stateWords(state)} · ${words}`;
}

function stateWords(state: RunState): string {
  switch (state) {
    case 'running':
      return vscode.l10n.t('running');
    case 'interrupted':
      return vscode.l10n.t('interrupted');
    case 'finished':
      return vscode.l10n.t('finished');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'failed':
      return vscode.l10n.t('failed');
  }
}

/** What the tree says of a task of a run that is `running` or not. */
export function taskWords(row: TaskRow, running: boolean): string {
  const interrupted = !running && row.state !== 'ended' && row.turns.length > 0;
  if (interrupted) return stateWords('interrupted');
  if (row.state === 'waiting') return vscode.l10n.t('waiting');
  const last = row.turns.at(-1);
  if (row.solvedVisible === true) {
    if (row.passedHidden === false) return vscode.l10n.t('passes visible, fails hidden');
    const turn = row.passedAt ?? row.turns.length;
    return turn === 1
      ? vscode.l10n.t('solved in 1 turn')
      : vscode.l10n.t('solved in {0} turns', turn);
  }
  const tests = last === undefined ? '' : `${String(last.passed)}/${testsText(last.of)}`;
  const what = row.stop === undefined ? vscode.l10n.t('running') : stopWords(row.stop);
  return tests === '' ? what : `${tests} · ${what}`;
}

function stopWords(stop: StopReason): string {
  switch (stop) {
    case 'solved':
      return vscode.l10n.t('solved');
    case 'turnsUsed':
      return vscode.l10n.t('turns used up');
    case 'candidatesUsed':
      return vscode.l10n.t('nothing left to try');
    case 'repeating':
      return vscode.l10n.t('kept failing the same way');
    case 'budget':
      return vscode.l10n.t('budget used up');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'modelRefused':
      return vscode.l10n.t('the model refused');
    case 'modelUnavailable':
      return vscode.l10n.t('the model did not answer');
    case 'infrastructure':
      return vscode.l10n.t('the sandbox failed, not the program');
  }
}

export function statusWords(status: Status): string {
  switch (status) {
    case 'passed':
      return vscode.l10n.t('passed');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'crashed':
      return vscode.l10n.t('crashed');
    case 'notCompiled':
      return vscode.l10n.t('does not compile');
    case 'timedOut':
      return vscode.l10n.t('timed out');
    case 'outOfMemory':
      return vscode.l10n.t('out of memory');
    case 'outputExceeded':
      return vscode.l10n.t('printed too much');
    case 'noTests':
      return vscode.l10n.t('no test ran');
    case 'tampered':
      return vscode.l10n.t('tampered with its tests');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'infrastructure':
      return vscode.l10n.t('sandbox fault');
  }
}
