import type { TaskTally } from '../../statistics/rateInterval';
import { isRight, type Attempt } from '../attempt';

/** The attempts on one task. */
export interface TaskAttempts {
  readonly task: string;
  readonly taskId: string;
  readonly attempts: readonly Attempt[];
}

/** Attempts by task, in the order in which tasks first come. */
export function byTask(attempts: readonly Attempt[]): TaskAttempts[] {
  return [...Map.groupBy(attempts, ({ task }) => task)].map(([task, some]) => ({
    task,
    taskId: some[0]?.taskId ?? task,
    attempts: some,
  }));
}

/** How many attempts on each task are right, by what is asked of them; null counts nowhere. */
export function talliesOf(
  tasks: readonly TaskAttempts[],
  is: (attempt: Attempt) => boolean | null = (attempt) => isRight(attempt),
): TaskTally[] {
  return tasks.map(({ attempts }) => {
    const told = attempts.map(is).filter((value) => value !== null);
    return { n: told.length, c: told.filter(Boolean).length };
  });
}
