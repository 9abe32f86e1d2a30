import { exactInterval, rateInterval, type TaskTally } from '../../statistics/rateInterval';

/** A mean over tasks with its 95 % interval; with neither, and the reason, where it is undefined. */
export interface Rate {
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly tasks: number;
  /** Why it is undefined. */
  readonly reason?: string;
}

/** Of tasks with how many samples each passed. Tasks without a sample count nowhere. */
export function rateOf(tallies: readonly TaskTally[]): Rate {
  const counted = tallies.filter(({ n }) => n > 0);
  if (counted.length === 0) return undefinedRate('no task was judged');
  return {
    value: mean(counted.map(({ n, c }) => c / n)),
    interval: rateInterval(counted),
    tasks: counted.length,
  };
}

/**
 * Of one estimate from 0 to 1 a task. Values between 0 and 1 spread no more than as many that are
 * 0 or 1, so the exact interval at the number of tasks is never too narrow for their mean.
 */
export function rateOfValues(values: readonly number[]): Rate {
  if (values.length === 0) return undefinedRate('no task was judged');
  // A sum of parts may pass 1 by its last bit.
  const value = Math.min(1, Math.max(0, mean(values)));
  return { value, interval: exactInterval(value, values.length), tasks: values.length };
}

export function undefinedRate(reason: string): Rate {
  return { value: null, interval: null, tasks: 0, reason };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
