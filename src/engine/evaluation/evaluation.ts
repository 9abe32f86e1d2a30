import { isRight, standingAt, type Attempt } from './attempt';
import { byTask, talliesOf, type TaskAttempts } from './metrics/byTask';
import { costOf, type Cost } from './metrics/cost';
import { equalBudget, type EqualBudget } from './metrics/equalBudget';
import { failureRows, type FailureRow } from './metrics/failures';
import { passRates, passRatesByTurn, type PassAtK, type PassAtKTurn } from './metrics/passRates';
import { rateOf, type Rate } from './metrics/rate';
import { riseMeasures, type RiseMeasures } from './metrics/rise';
import { fixedByClass, turnRows, type FixedByClass, type TurnRow } from './metrics/turns';

/** All that is measured of one run or file. Every number is null or a reason where undefined. */
export interface Evaluation {
  readonly name: string;
  /** Tasks with an attempt that was judged. */
  readonly tasks: number;
  readonly attempts: number;
  readonly leftOut: LeftOut;
  readonly passAtK: readonly PassAtK[];
  readonly passAtKTurn: readonly PassAtKTurn[];
  /** Answers that pass all visible tests; null where there are none. */
  readonly visible: Rate | null;
  /** Of answers that pass visible tests, those that pass hidden ones too. */
  readonly visibleHolds: Rate | null;
  readonly turns: readonly TurnRow[];
  readonly fixedByClass: readonly FixedByClass[];
  readonly rise: RiseMeasures;
  readonly cost: Cost;
  readonly equalBudget: EqualBudget | null;
  readonly failures: readonly FailureRow[];
}

/** What counts nowhere, and why. */
export interface LeftOut {
  /** Attempts that our own faults kept from being judged. */
  readonly infrastructure: number;
  /** A few different reasons for those. */
  readonly reasons: readonly string[];
  /** Trajectories that were begun and have not ended. */
  readonly notEnded: number;
  /** Tasks that were never begun. */
  readonly notTried: number;
  /** Tasks that cannot be scored. */
  readonly noHiddenTests: number;
}

export interface EvaluationInput {
  readonly name: string;
  readonly attempts: readonly Attempt[];
  readonly ks: readonly number[];
  readonly seed: number;
  /** False for a search, whose first turns are all alike. */
  readonly drawsSamples: boolean;
  readonly hasVisible: boolean;
  /** Independent samples for the resampling baseline, where they are of another run. */
  readonly pool?: readonly TaskAttempts[];
  readonly notEnded?: number;
  readonly notTried?: number;
  readonly noHiddenTests?: number;
}

const maxReasons = 5;

/** Measures attempts from every side. The same input gives the same numbers. */
export function evaluationOf(input: EvaluationInput): Evaluation {
  const { name, ks, seed, drawsSamples, pool } = input;
  const judged = input.attempts.filter((attempt) => isRight(attempt) !== null);
  const ours = input.attempts.filter((attempt) => isRight(attempt) === null);
  const tasks = byTask(judged);
  const reasons = ours.flatMap(({ reason }) => reason ?? []);
  return {
    name,
    tasks: tasks.length,
    attempts: judged.length,
    leftOut: {
      infrastructure: ours.length,
      reasons: [...new Set(reasons)].slice(0, maxReasons),
      notEnded: input.notEnded ?? 0,
      notTried: input.notTried ?? 0,
      noHiddenTests: input.noHiddenTests ?? 0,
    },
    passAtK: passRates(tasks, ks),
    passAtKTurn: passRatesByTurn(tasks, ks),
    visible: input.hasVisible ? rateOf(talliesOf(tasks, passesVisible)) : null,
    visibleHolds: input.hasVisible
      ? rateOf(talliesOf(tasks, (one) => (passesVisible(one) ? isRight(one) : null)))
      : null,
    turns: turnRows(tasks),
    fixedByClass: fixedByClass(judged),
    rise: riseMeasures(tasks),
    cost: costOf(tasks, seed),
    equalBudget: equalBudget(tasks, { drawsSamples, seed, ...(pool ? { pool } : {}) }),
    failures: failureRows(judged),
  };
}

function passesVisible(attempt: Attempt): boolean {
  return standingAt(attempt, Infinity)?.passesVisible ?? false;
}
