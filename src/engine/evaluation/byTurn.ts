import type { OutcomeRecord } from '../domain/records';
import type { Verdict } from '../domain/verdict';

export interface TurnRateRow {
  readonly turn: number;
  readonly attempted: number;
  readonly solvedVisible: number | null;
  readonly passedHidden: number;
}

/** One trajectory as the rates per turn see it. */
export interface TurnsOfTask {
  readonly outcome: OutcomeRecord;
  readonly hasVisible: boolean;
  /**
   * The first turn whose program passed all visible tests, where there is one: with that many turns
   * the trajectory would have been solved. Later turns only look for a better program.
   */
  readonly passedAt?: number;
  /** Scores of the answers that stood, by the turn in which they came. */
  readonly scores: ReadonlyMap<number, Verdict>;
}

const maxTurnsShown = 1000;

/**
 * Cumulative counts per turn: how many tasks the deployed stop rule would have solved with that
 * many turns. Infrastructure faults are left out.
 */
export function ratesByTurn(tasks: readonly TurnsOfTask[]): TurnRateRow[] {
  const judged = tasks.filter(({ outcome }) => outcome.stop !== 'infrastructure');
  const last = Math.min(maxTurnsShown, Math.max(0, ...judged.map(({ outcome }) => outcome.turns)));
  const anyVisible = judged.some(({ hasVisible }) => hasVisible);
  return Array.from({ length: last }, (_, index) => {
    const turn = index + 1;
    return {
      turn,
      attempted: judged.length,
      solvedVisible: anyVisible
        ? judged.filter(({ outcome, passedAt = outcome.turns }) => {
            return outcome.solvedVisible && passedAt <= turn;
          }).length
        : null,
      passedHidden: judged.filter(({ scores }) => passedBy(scores, turn)).length,
    };
  });
}

function passedBy(scores: ReadonlyMap<number, Verdict>, turn: number): boolean {
  const standing = [...scores].filter(([number]) => number <= turn).at(-1);
  return standing?.[1].status === 'passed';
}
