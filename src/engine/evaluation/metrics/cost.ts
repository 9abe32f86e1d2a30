import { bootstrapMean } from '../../statistics/bootstrap';
import { addSpent, isRight, nothingSpent, spentOf, type Spent } from '../attempt';
import type { TaskAttempts } from './byTask';

/** What an evaluation spent, null where it is not known. */
export interface Cost {
  readonly total: Spent;
  /** Tasks of which any attempt is right. */
  readonly solvedTasks: number;
  /** All that was spent, the failures included, over the tasks solved; null with none solved. */
  readonly perSolvedTask: Spent | null;
  /** Mean of a task with its 95 % bootstrap interval. */
  readonly perTask: {
    readonly tokens: MeanCost | null;
    readonly usd: MeanCost | null;
    readonly ms: MeanCost | null;
    readonly verdicts: MeanCost | null;
  };
}

export interface MeanCost {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** Tokens, money, time and verdicts, of each task and of each task solved. */
export function costOf(tasks: readonly TaskAttempts[], seed: number): Cost {
  const byTask = tasks.map(({ attempts }) =>
    attempts.reduce((sum, attempt) => addSpent(sum, spentOf(attempt)), nothingSpent),
  );
  const total = byTask.reduce(addSpent, nothingSpent);
  const solved = tasks.filter(({ attempts }) => attempts.some((one) => isRight(one) === true));
  const meanOf = (unit: keyof Spent): MeanCost | null => {
    const values = byTask.map((spent) => spent[unit]).filter((value) => value !== null);
    if (values.length === 0 || values.length < byTask.length) return null;
    const value = values.reduce((sum, one) => sum + one, 0) / values.length;
    return { value, interval: bootstrapMean(values, { seed, key: `cost ${unit}` }) };
  };
  return {
    total,
    solvedTasks: solved.length,
    perSolvedTask: solved.length === 0 ? null : shareOf(total, solved.length),
    perTask: {
      tokens: meanOf('tokens'),
      usd: meanOf('usd'),
      ms: meanOf('ms'),
      verdicts: meanOf('verdicts'),
    },
  };
}

function shareOf(spent: Spent, parts: number): Spent {
  const part = (value: number | null): number | null => (value === null ? null : value / parts);
  return {
    tokens: part(spent.tokens),
    usd: part(spent.usd),
    verdicts: part(spent.verdicts),
    ms: part(spent.ms),
  };
}
