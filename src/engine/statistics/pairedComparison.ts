import { fewestDiscordant, mcNemar } from './mcNemar';
import { normalBelow, normalQuantile } from './normal';
import type { TaskTally } from './rateInterval';
import { signFlip } from './signFlip';

/** What two solvers did on one task. */
export interface TaskPair {
  readonly before: TaskTally;
  readonly after: TaskTally;
}

export interface PairedComparison {
  readonly tasks: number;
  /** Mean over tasks of the share after less the share before. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Exact McNemar with one sample each, else the sign-flip permutation test. */
  readonly test: 'McNemar' | 'sign flip';
  readonly p: number;
  readonly outcome: 'better' | 'worse' | 'cannotTell';
  /** Tasks that moved up and down: no other says anything. */
  readonly up: number;
  readonly down: number;
  /** Too few tasks moved for any test to find a difference, whichever way they moved. */
  readonly isHopeless: boolean;
  /** A true difference of this size would be found four times out of five; null if none would. */
  readonly detectable: number | null;
}

const significance = 0.05;
const wantedPower = 0.8;

/**
 * Compares two solvers on the same tasks: effect first, with the interval of Bonett and Price
 * (2012), which adds a task that moved up and one that moved down; then the test; then what such
 * a comparison could have found. Null where no task was tried by both.
 */
export function comparePaired(
  pairs: readonly TaskPair[],
  options: { readonly seed: number; readonly key: string; readonly draws?: number },
): PairedComparison | null {
  const both = pairs.filter(({ before, after }) => before.n > 0 && after.n > 0);
  if (both.length === 0) return null;
  const differences = both.map(({ before, after }) => after.c / after.n - before.c / before.n);
  const tasks = both.length;
  const difference = differences.reduce((sum, value) => sum + value, 0) / tasks;
  const isSingle = both.every(({ before, after }) => before.n === 1 && after.n === 1);
  const up = differences.filter((value) => value > 0).length;
  const down = differences.filter((value) => value < 0).length;
  const p = isSingle ? mcNemar(down, up).p : signFlip(differences, options);
  const interval = differenceInterval(differences);
  const square = meanSquare(differences);
  return {
    tasks,
    difference,
    interval,
    test: isSingle ? 'McNemar' : 'sign flip',
    p,
    outcome:
      p >= significance || (interval[0] <= 0 && interval[1] >= 0)
        ? 'cannotTell'
        : difference > 0
          ? 'better'
          : 'worse',
    up,
    down,
    isHopeless: up + down < fewestDiscordant,
    detectable: detectableDifference(tasks, square, isSingle ? square : Math.sqrt(square)),
  };
}

/** Interval of a mean of paired differences, each from -1 to 1. Never of zero width. */
export function differenceInterval(
  differences: readonly number[],
  confidence = 0.95,
): readonly [number, number] {
  const padded = differences.length + 2;
  const mean = differences.reduce((sum, value) => sum + value, 0) / padded;
  const square = (differences.reduce((sum, value) => sum + value * value, 0) + 2) / padded;
  const half =
    normalQuantile((1 + confidence) / 2) * Math.sqrt(Math.max(0, square - mean * mean) / padded);
  return [Math.max(-1, mean - half), Math.min(1, mean + half)];
}

/**
 * Power of a two-sided test at 0.05 of a true mean difference, where the mean square of the
 * differences (with one sample each: the share of tasks that move) is known.
 */
export function powerOf(difference: number, tasks: number, square: number): number {
  const variance = square - difference * difference;
  if (variance <= 0) return 1;
  const z = normalQuantile(1 - significance / 2);
  const shift = Math.abs(difference) * Math.sqrt(tasks);
  return normalBelow((shift - z * Math.sqrt(square)) / Math.sqrt(variance));
}

/**
 * The least true difference that is found with power 0.8; null where none is up to `most`. With one
 * sample each no more than the share of tasks that move can differ, which is their mean square.
 */
export function detectableDifference(tasks: number, square: number, most = square): number | null {
  if (square <= 0) return null;
  if (powerOf(most, tasks, square) < wantedPower) return null;
  let low = 0;
  let high = most;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (powerOf(middle, tasks, square) < wantedPower) low = middle;
    else high = middle;
  }
  return high;
}

function meanSquare(differences: readonly number[]): number {
  return differences.reduce((sum, value) => sum + value * value, 0) / differences.length;
}
