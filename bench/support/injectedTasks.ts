import { taskHash } from '../../src/engine/domain/hash';
import { programFor, type Judge } from '../../src/engine/domain/ports';
import { randomOf } from '../../src/engine/domain/random';
import type { Task, Test } from '../../src/engine/domain/task';
import { applyEdit, editsOf } from '../../src/engine/syntax/edits';
import { functionsOf } from '../../src/engine/syntax/functions';
import type { Syntax } from '../../src/engine/syntax/parser';
import { splitTests } from '../../src/engine/tasks/splitTests';

/** Bounded by processor time: the wall clock says more of a busy machine than of a program. */
const limits = { timeoutMs: 10_000, memoryMb: 256, cpuMs: 1000 };
const tries = 12;
const fewestTests = 4;

/**
 * Tasks from right programs (HumanEval): two or three edits of the entry point at different
 * lines, drawn from the seed, each of which alone already makes a test fail. The one-line
 * assertions of `check` are the tests, split as made tasks are.
 */
export async function injectedTasks(
  from: readonly Task[],
  options: {
    readonly judge: Judge;
    readonly syntax: Syntax;
    readonly seed: number;
    readonly limit: number;
  },
): Promise<Task[]> {
  const made: Task[] = [];
  for (const [at, task] of from.entries()) {
    if (made.length >= options.limit) break;
    const found = await injected(task, at % 2 === 0 ? 2 : 3, options);
    if (found) made.push(found);
  }
  return made;
}

async function injected(
  task: Task,
  count: number,
  { judge, syntax, seed }: Parameters<typeof injectedTasks>[1],
): Promise<Task | null> {
  const { reference = '', entryPoint } = task;
  const tests = assertionsOf(task);
  if (task.language !== 'python' || tests.length < fewestTests) return null;
  const random = randomOf(seed, `${task.id} ${String(count)}`);
  const never = new AbortController().signal;
  const verdictOf = async (source: string) =>
    judge.judge(programFor({ ...task, judging: 'apart' }, source), tests, limits, never);
  if ((await verdictOf(reference)).status !== 'passed') return null;
  for (let attempt = 0; attempt < tries; attempt++) {
    let starter = reference;
    const lines = new Set<number>();
    for (let step = 0; step < 8 * count && lines.size < count; step++) {
      const place = functionsOf(syntax, 'python', starter).find(({ name }) => name === entryPoint);
      if (!place) return null;
      const within = { start: place.bodyStart, end: place.bodyEnd };
      const edits = editsOf(syntax, 'python', starter, within).filter(
        ({ line, start, end, replacement }) =>
          !lines.has(line) &&
          !starter.slice(start, end).includes('\n') &&
          !replacement.includes('\n') &&
          replacement !== 'pass',
      );
      const edit = edits[Math.floor(random() * edits.length)];
      if (!edit) break;
      const alone = editsOf(syntax, 'python', reference, within).find(
        (one) => one.line === edit.line && one.note === edit.note,
      );
      if (!alone || (await verdictOf(applyEdit(reference, alone))).status !== 'failed') continue;
      starter = applyEdit(starter, edit);
      lines.add(edit.line);
    }
    if (lines.size < count) continue;
    const verdict = await verdictOf(starter);
    const unsplit = {
      ...{ language: task.language, prompt: task.prompt, promptKind: 'text' as const },
      ...{ entryPoint, starter, reference, limits, tests, judging: 'apart' as const },
    };
    const split = verdict.status === 'failed' ? splitTests(unsplit, verdict) : null;
    if (!split) continue;
    const defining = { ...unsplit, tests: split };
    const source = {
      name: 'HumanEval',
      license: 'MIT',
      maker: `edits@${String(count)}`,
      parent: task.id,
    };
    const id = `${String(count)} edits/${task.id}`;
    return { ...defining, id, hash: taskHash(defining), family: task.id, source };
  }
  return null;
}

/** The one-line assertions of `check`, as tests of their own without a role yet. */
export function assertionsOf(task: Task): Test[] {
  const [check] = task.tests;
  if (!check || !('source' in check)) return [];
  return check.source
    .split('\n')
    .filter((line) => /^ {4}assert candidate\(.*[^\\,(]$/.test(line))
    .map((line, at) => ({
      ...({ id: `t${String(at + 1)}`, role: 'hidden', kind: 'assert' } as const),
      source: line.trim().replaceAll('candidate(', `${task.entryPoint}(`),
    }));
}
