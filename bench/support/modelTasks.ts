import { readFile } from 'node:fs/promises';
import { taskHash } from '../../src/engine/domain/hash';
import { programFor, type Judge } from '../../src/engine/domain/ports';
import { isCodeTest, type CodeTest, type Task } from '../../src/engine/domain/task';
import { assertionsOf } from './injectedTasks';

/** Bounded by processor time: the wall clock says more of a busy machine than of a program. */
const limits = { timeoutMs: 10_000, memoryMb: 256, cpuMs: 1000 };

/**
 * Programs of the kind that small models write for HumanEval and that fail, as tasks. A file has
 * entries of the form `=== id of the task` with the program below. Visible are the examples of the
 * docstring (without any, the first assertion of `check`), and, where the program passes these, the
 * first assertion that it fails; hidden is all of `check`. A program that fails none is left out.
 */
export async function modelTasks(
  file: string,
  from: readonly Task[],
  judge: Judge,
): Promise<Task[]> {
  const text = await readFile(file, 'utf8');
  const made: Task[] = [];
  for (const entry of text.split(/^=== (?=HumanEval)/m).slice(1)) {
    const [id = '', ...lines] = entry.split('\n');
    const task = from.find((one) => one.id === id);
    if (!task) throw new Error(`${id} is not among the tasks`);
    const built = await modelTask(task, lines.join('\n'), judge);
    if (built) made.push(built);
    else console.log(`  ${id} fails none of its one-line assertions: left out`);
  }
  return made;
}

async function modelTask(task: Task, starter: string, judge: Judge): Promise<Task | null> {
  const assertions = assertionsOf(task)
    .filter(isCodeTest)
    .map((test, at) => ({ ...test, id: `c${String(at + 1)}` }));
  const examples = task.tests.filter(({ role }) => role === 'visible').filter(isCodeTest);
  const shown = examples.length > 0 ? examples : assertions.slice(0, 1);
  const passes = async (tests: readonly CodeTest[]): Promise<boolean> => {
    const program = programFor({ ...task, judging: 'apart' }, starter);
    const verdict = await judge.judge(program, tests, limits, new AbortController().signal);
    return verdict.status === 'passed';
  };
  if (shown.length === 0) return null;
  const visible = [...shown];
  if (await passes(shown)) {
    let failing: CodeTest | undefined;
    for (const test of assertions) if (!failing && !(await passes([test]))) failing = test;
    if (!failing) return null;
    visible.push(failing);
  }
  const defining = {
    ...{ language: task.language, prompt: task.prompt, promptKind: 'text' as const, limits },
    ...{ entryPoint: task.entryPoint, starter, judging: 'apart' as const },
    ...(task.reference === undefined ? {} : { reference: task.reference }),
    tests: [
      ...visible.map((test) => ({ ...test, role: 'visible' as const })),
      ...task.tests.filter(({ role }) => role === 'hidden'),
    ],
  };
  const source = { name: 'HumanEval', license: 'MIT', maker: 'by hand', parent: task.id };
  return { ...defining, id: `model/${task.id}`, hash: taskHash(defining), family: task.id, source };
}
