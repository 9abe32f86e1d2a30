import { concurrently } from '../domain/concurrently';
import { taskHash } from '../domain/hash';
import { programFor, type Judge } from '../domain/ports';
import { isCodeTest, type Judging, type Task } from '../domain/task';

/**
 * Where the tests of a task are to run, found out on its reference: apart if it passes so, else
 * together if it passes that way. Undefined where there is no reference or it passes in neither.
 */
export async function settleJudging(
  task: Pick<Task, 'language' | 'entryPoint' | 'support' | 'reference' | 'tests' | 'limits'>,
  judge: Judge,
  signal: AbortSignal,
): Promise<Judging | undefined> {
  // Other kinds of tests run apart in any case.
  const tests = task.tests.filter(isCodeTest);
  if (task.reference === undefined || tests.length === 0) return undefined;
  for (const judging of ['apart', 'together'] as const) {
    const program = { ...programFor(task, task.reference), judging };
    const { status } = await judge.judge(program, tests, task.limits, signal);
    if (status === 'passed') return judging;
  }
  return undefined;
}

/** Tasks with that word settled where they lack it, `limit` of them at a time. */
export async function withJudging(
  tasks: readonly Task[],
  judge: Judge,
  limit: number,
  signal: AbortSignal,
): Promise<Task[]> {
  return concurrently(tasks, limit, signal, async (task) => {
    if (task.judging !== undefined) return task;
    const judging = await settleJudging(task, judge, signal);
    if (judging === undefined) return task;
    const settled = { ...task, judging };
    return { ...settled, hash: taskHash(settled) };
  });
}
