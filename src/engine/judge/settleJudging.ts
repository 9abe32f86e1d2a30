import { concurrently } from '../domain/concurrently';
import { taskHash } from '../domain/hash';
import { programFor, type Judge } from '../domain/ports';
import type { Status } from '../domain/verdict';
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
  const statusOf = async (judging: Judging): Promise<Status> => {
    const program = { ...programFor(task, task.reference ?? ''), judging };
    return (await judge.judge(program, tests, task.limits, signal)).status;
  };
  const apart = await statusOf('apart');
  if (apart === 'passed') return 'apart';
  if ((await statusOf('together')) !== 'passed') return undefined;
  // A busy machine says nothing of where tests belong, and must not change the task for good.
  const again = saysLittle.has(apart) ? await statusOf('apart') : apart;
  if (again === 'passed') return 'apart';
  return again === 'infrastructure' ? undefined : 'together';
}

const saysLittle: ReadonlySet<Status> = new Set(['timedOut', 'infrastructure']);

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
