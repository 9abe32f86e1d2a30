import { betaQuantile } from './betaDistribution';
import { studentQuantile } from './studentT';

/** Samples of one task: how many there were, and how many of them passed. */
export interface TaskTally {
  readonly n: number;
  readonly c: number;
}

/**
 * Interval of a mean pass rate over tasks with one or several samples each. Samples of one task
 * are alike, so they count for less than as many tasks: the exact interval is taken at the
 * effective number of samples (Korn and Graubard 1998), whose design effect is estimated from
 * the tasks and corrected for how few they are. Null of no task. Never of zero width.
 */
export function rateInterval(
  tallies: readonly TaskTally[],
  confidence = 0.95,
): readonly [number, number] | null {
  const counted = tallies.filter(({ n }) => n > 0);
  if (counted.length === 0) return null;
  const rates = counted.map(({ n, c }) => c / n);
  const samples = counted.reduce((sum, { n }) => sum + n, 0);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const trials = effectiveSamples(rates, mean, samples, confidence);
  return exactInterval(mean, trials, confidence);
}

/** Clopper and Pearson's interval with counts that need not be whole. */
export function exactInterval(
  rate: number,
  trials: number,
  confidence = 0.95,
): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  const passes = rate * trials;
  const fails = trials - passes;
  return [
    passes <= 0 ? 0 : Math.min(rate, betaQuantile(tail, passes, fails + 1)),
    fails <= 0 ? 1 : Math.max(rate, betaQuantile(1 - tail, passes + 1, fails)),
  ];
}

/** Between the number of tasks, where samples of a task are all alike, and that of samples. */
function effectiveSamples(
  rates: readonly number[],
  mean: number,
  samples: number,
  confidence: number,
): number {
  const tasks = rates.length;
  const spread = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
  // With one task, or all tasks alike, nothing tells how alike samples are: assume that they are.
  if (samples === tasks || tasks < 2 || spread === 0) return tasks;
  const variance = spread / (tasks - 1) / tasks;
  const share = (1 + confidence) / 2;
  const fewTasks = (studentQuantile(share, samples - 1) / studentQuantile(share, tasks - 1)) ** 2;
  const seen = Math.min(
    samples,
    Math.max(tasks * fewTasks, ((mean * (1 - mean)) / variance) * fewTasks),
  );
  // Where few tasks were ever passed, or ever failed, the spread of the others was not seen yet.
  const telling = Math.min(
    rates.filter((rate) => rate > 0).length,
    rates.filter((rate) => rate < 1).length,
  );
  const trust = telling / (telling + doubtTasks);
  return 1 / (trust / seen + (1 - trust) / tasks);
}

/** So many telling tasks make the spread that was seen count for half; chosen by simulation. */
const doubtTasks = 4;
