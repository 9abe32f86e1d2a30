import { differenceInterval } from '../../statistics/pairedComparison';
import { signFlip } from '../../statistics/signFlip';
import { isRight, lastTurn, type Attempt } from '../attempt';
import type { TaskAttempts } from './byTask';
import { mean, rateOf, rateOfValues, type Rate } from './rate';
import { drawOf, resampled, type Draw } from './resampling';
import { howMany } from '../../domain/howMany';

/** What repair gains, told against plain resampling that may spend as much. */
export interface EqualBudget {
  readonly unit: BudgetUnit;
  /** Repair with at most so many turns, and resampling at the same mean budget a task. */
  readonly points: readonly BudgetPoint[];
  /** Resampling with at most so many programs, as far as it was measured. */
  readonly resampling: readonly {
    readonly samples: number;
    readonly budget: number;
    readonly rate: Rate;
  }[];
  /** At the last turn for which both were measured. */
  readonly verdict: BudgetVerdict | null;
  readonly notMeasured: NotMeasured | null;
}

/** Tokens in and out of chat models, verdicts of a search. */
export type BudgetUnit = 'tokens' | 'verdicts';

export interface BudgetPoint {
  readonly turn: number;
  /** Mean of a task. */
  readonly budget: number;
  readonly repair: Rate;
  /** Null where it was not measured. */
  readonly resampling: Rate | null;
  readonly difference: number | null;
  readonly interval: readonly [number, number] | null;
}

export interface BudgetVerdict {
  readonly turn: number;
  readonly tasks: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Sign-flip permutation test over tasks. */
  readonly p: number;
  readonly outcome: 'better' | 'worse' | 'cannotTell';
}

export interface NotMeasured {
  readonly reason: string;
  /** What measuring it would take about: samples a task beside those there are, and their cost. */
  readonly samples: number | null;
  readonly units: number | null;
  readonly usd: number | null;
}

const significance = 0.05;
/** Programs of one task that resampling may be asked for in an estimate. */
const maxEstimated = 1000;

interface TaskBudget {
  readonly attempts: readonly Attempt[];
  readonly pool: readonly Draw[];
}

/**
 * Repair against resampling at equal budget (after Olausson et al. 2023, 2306.09896). The baseline
 * draws first programs with the same choice by visible tests and the same stop, and is scored on
 * hidden tests. Between two numbers of samples it is the mix of both that spends as much. The
 * first turns of the trajectories themselves are the independent samples, or those of `pool`.
 */
export function equalBudget(
  tasks: readonly TaskAttempts[],
  options: {
    /** False for a search, whose first turns are all alike. */
    readonly drawsSamples: boolean;
    /** Trajectories whose first turns are drawn from; those measured unless told. */
    readonly pool?: readonly TaskAttempts[];
    readonly seed: number;
  },
): EqualBudget | null {
  const known = tasks.map(({ attempts, ...task }) => ({
    ...task,
    attempts: attempts.filter(isKnown),
  }));
  const told = known.filter(({ attempts }) => attempts.length > 0);
  const all = told.flatMap(({ attempts }) => attempts);
  const unit = unitOf(all);
  if (unit === null) return null;
  const poolOf = new Map((options.pool ?? told).map(({ task, attempts }) => [task, attempts]));
  const both = told.map(({ task, attempts }): TaskBudget => {
    const pool = (poolOf.get(task) ?? []).filter(isKnown).flatMap(({ turns }) => turns.slice(0, 1));
    return { attempts, pool: pool.map((turn) => drawOf(turn, turn.spent[unit] ?? 0)) };
  });
  const most = options.drawsSamples ? Math.min(...both.map(({ pool }) => pool.length)) : 0;
  const curve = Array.from({ length: most }, (_, index) =>
    both.map(({ pool }) => resampled(pool, index + 1)),
  );
  const isExhausted = both.every(({ pool }) => pool.some(({ passesVisible }) => passesVisible));
  const caps = Array.from({ length: lastTurn(all) }, (_, index) => index + 1);
  const points = caps.map((turn) => {
    const budget = mean(
      both.map(({ attempts }) => mean(attempts.map((one) => spentBy(one, turn, unit)))),
    );
    const repair = both.map(({ attempts }) =>
      mean(attempts.map((one) => Number(isRight(one, turn)))),
    );
    const baseline = atBudget(curve, budget, isExhausted);
    return { turn, budget, repair, baseline };
  });
  const lastMeasured = points.findLast(({ baseline, turn }) => baseline !== null && turn > 1);
  const last = points.at(-1);
  const isWhole = last !== undefined && last.baseline !== null;
  return {
    unit,
    points: points.map(({ turn, budget, repair, baseline }) => {
      const differences = baseline?.map((value, place) => (repair[place] ?? 0) - value);
      return {
        turn,
        budget,
        repair: rateOf(
          both.map(({ attempts }) => ({
            n: attempts.length,
            c: attempts.filter((one) => isRight(one, turn) === true).length,
          })),
        ),
        resampling: baseline && rateOfValues(baseline),
        difference: differences ? mean(differences) : null,
        interval: differences ? differenceInterval(differences) : null,
      };
    }),
    resampling: curve.map((each, index) => ({
      samples: index + 1,
      budget: mean(each.map(({ cost }) => cost)),
      rate: rateOfValues(each.map(({ right }) => right)),
    })),
    verdict: lastMeasured ? verdictOf(lastMeasured, options.seed) : null,
    notMeasured:
      isWhole || !last || last.turn === 1
        ? null
        : missing({ both, unit, budget: last.budget, most, drawsSamples: options.drawsSamples }),
  };
}

function isKnown(attempt: Attempt): boolean {
  return (
    isRight(attempt) !== null &&
    attempt.turns.every(({ program, passesHidden }) => program === null || passesHidden !== null)
  );
}

function unitOf(attempts: readonly Attempt[]): BudgetUnit | null {
  const turns = attempts.flatMap((attempt) => attempt.turns);
  if (turns.length === 0) return null;
  const isTold = (unit: BudgetUnit): boolean =>
    turns.every(({ spent }) => spent[unit] !== null) &&
    turns.some(({ spent }) => (spent[unit] ?? 0) > 0);
  return isTold('tokens') ? 'tokens' : isTold('verdicts') ? 'verdicts' : null;
}

/** With the tests that were written to choose the answer, where it was settled by then. */
function spentBy({ turns, settling }: Attempt, cap: number, unit: BudgetUnit): number {
  const spent = turns
    .filter(({ number }) => number <= cap)
    .reduce((sum, turn) => sum + (turn.spent[unit] ?? 0), 0);
  return cap >= turns.length ? spent + (settling[unit] ?? 0) : spent;
}

/** Each task's chance at a mean budget; null beyond what was measured. */
function atBudget(
  curve: readonly (readonly { right: number; cost: number }[])[],
  budget: number,
  isExhausted: boolean,
): number[] | null {
  const costs = curve.map((each) => mean(each.map(({ cost }) => cost)));
  // Sums of the same costs in another order differ in their last bits.
  const place = costs.findIndex((cost) => cost >= budget * (1 - 1e-9));
  const upper = curve[place];
  if (!upper) {
    const whole = curve.at(-1);
    return isExhausted && whole ? whole.map(({ right }) => right) : null;
  }
  const lower = curve[place - 1];
  const [from, to] = [costs[place - 1] ?? 0, costs[place] ?? 0];
  const share = to > from ? Math.min(1, Math.max(0, (budget - from) / (to - from))) : 1;
  return upper.map(({ right }, task) => (lower?.[task]?.right ?? 0) * (1 - share) + right * share);
}

function verdictOf(
  point: {
    readonly turn: number;
    readonly repair: readonly number[];
    readonly baseline: readonly number[] | null;
  },
  seed: number,
): BudgetVerdict {
  const differences = point.repair.map((value, place) => value - (point.baseline?.[place] ?? 0));
  const difference = mean(differences);
  const interval = differenceInterval(differences);
  const p = signFlip(differences, { seed, key: 'equal budget' });
  const isFound = p < significance && (interval[0] > 0 || interval[1] < 0);
  return {
    turn: point.turn,
    tasks: differences.length,
    difference,
    interval,
    p,
    outcome: !isFound ? 'cannotTell' : difference > 0 ? 'better' : 'worse',
  };
}

function missing(of: {
  readonly both: readonly TaskBudget[];
  readonly unit: BudgetUnit;
  readonly budget: number;
  readonly most: number;
  readonly drawsSamples: boolean;
}): NotMeasured {
  const { both, unit, budget, most } = of;
  if (!of.drawsSamples) {
    const reason = 'a search draws no independent samples: its first programs are always the same';
    return { reason, samples: null, units: budget * both.length, usd: null };
  }
  const firsts = both.flatMap(({ attempts }) => attempts.flatMap(({ turns }) => turns.slice(0, 1)));
  const cost = mean(firsts.map(({ spent }) => spent[unit] ?? 0));
  const prices = firsts.map(({ spent }) => spent.usd);
  const price = prices.some((usd) => usd === null) ? null : mean(prices.map((usd) => usd ?? 0));
  const passing = mean(firsts.map(({ passesVisible }) => Number(passesVisible)));
  const wanted = samplesFor(budget / Math.max(cost, Number.MIN_VALUE), passing);
  const samples = Math.max(1, wanted - most);
  return {
    reason: most <= 1 ? 'each task has one sample' : `each task has ${howMany(most, 'sample')}`,
    samples,
    units: samples * both.length * cost,
    usd: price === null ? null : samples * both.length * price,
  };
}

/** Samples that must be allowed so that drawing until one passes visible tests spends so many. */
function samplesFor(programs: number, passing: number): number {
  let spent = 0;
  let samples = 0;
  while (spent < programs && samples < maxEstimated) spent += (1 - passing) ** samples++;
  return samples < maxEstimated ? samples : Math.ceil(programs);
}
