import { programFor, type Judge } from '../../src/engine/domain/ports';
import { taskHash } from '../../src/engine/domain/hash';
import type { Task } from '../../src/engine/domain/task';

const never = new AbortController().signal;

/**
 * The task with one more visible test: that the call gives what the reference gives, as a person
 * would answer who knows what the function is for. Null where the reference gives nothing for it
 * that can be written down.
 */
export async function answeredByReference(
  task: Task,
  call: string,
  judge: Judge,
): Promise<Task | null> {
  const { language, reference = '', limits } = task;
  const isPython = language === 'python';
  const write = (value: string): string =>
    isPython ? `assert ${call} == (${value})` : `assert.deepStrictEqual(${call}, (${value}));`;
  const verdictOf = (source: string) => {
    const test = { id: 'asked', role: 'visible', kind: 'assert', source } as const;
    return judge.judge(programFor(task, reference), [test], limits, never);
  };
  const [told] = (await verdictOf(write("'no such value'"))).tests;
  if (told?.actual === undefined) return null;
  const source = write(told.actual);
  if ((await verdictOf(source)).status !== 'passed') return null;
  const test = { id: 'answered', role: 'visible', kind: 'assert', source } as const;
  const { hash: _, ...rest } = task;
  const made = { ...rest, tests: [...task.tests, test] };
  return { ...made, hash: taskHash(made) };
}
