import { programFor, type Judge } from '../../domain/ports';
import { isCodeTest, type Task, type Test } from '../../domain/task';
import type { CodeProgram } from '../../judge/languageJudge';
import { runMutants, type RunMutantsOptions } from './runMutants';
import type { Strength } from './strength';

/**
 * The tests of a task that are worth running: those that kill a mutant of the reference, fail on
 * the starter, or run a line of it that no such test runs. At least one of each role is left as
 * it was.
 */
export async function usefulTests(
  task: Task,
  reference: CodeProgram,
  strength: Strength,
  options: RunMutantsOptions,
): Promise<{ readonly tests: readonly Test[]; readonly dropped: readonly string[] }> {
  const useful = new Set(strength.killers);
  for (const id of await failingOnStarter(task, options)) useful.add(id);
  const idle = (): Test[] =>
    task.tests.filter(({ id, kind }) => kind !== 'differential' && !useful.has(id));
  // Of many tests some did not meet each mutant that others killed before them.
  for (const mutant of strength.killedMutants) {
    const left = idle();
    if (left.length === 0) break;
    const [outcome] = await runMutants(reference, [mutant], left, options);
    if (outcome?.end === 'killed') for (const id of outcome.by) useful.add(id);
  }
  for (const id of await withLinesOfTheirOwn(reference, task, useful, options)) useful.add(id);
  const dropped = new Set(idle().map(({ id }) => id));
  for (const role of ['visible', 'hidden'] as const) {
    const ofRole = task.tests.filter((test) => test.role === role);
    const [first] = ofRole;
    if (first && ofRole.every(({ id }) => dropped.has(id))) dropped.delete(first.id);
  }
  return {
    tests: task.tests.filter(({ id }) => !dropped.has(id)),
    dropped: task.tests.map(({ id }) => id).filter((id) => dropped.has(id)),
  };
}

async function failingOnStarter(
  task: Task,
  { judge, limits, signal }: { judge: Judge; limits: Task['limits']; signal: AbortSignal },
): Promise<string[]> {
  if (task.starter === undefined) return [];
  const verdict = await judge.judge(programFor(task, task.starter), task.tests, limits, signal);
  signal.throwIfAborted();
  return verdict.tests.flatMap(({ id, outcome }) =>
    outcome === 'failed' || outcome === 'errored' ? [id] : [],
  );
}

/** Tests, in their order, that run a line which no useful test before them runs. */
async function withLinesOfTheirOwn(
  reference: CodeProgram,
  task: Task,
  useful: ReadonlySet<string>,
  { judge, limits, signal }: RunMutantsOptions,
): Promise<string[]> {
  const tests = task.tests.filter(isCodeTest);
  if (tests.every(({ id }) => useful.has(id))) return [];
  const observed = await judge.observe(reference, tests, 'coverage', limits, signal);
  signal.throwIfAborted();
  // With no coverage nothing shows that a test is of no use.
  if (observed.kind !== 'coverage') return tests.map(({ id }) => id);
  const linesOf = (id: string): readonly number[] => observed.lines[id] ?? [];
  const covered = new Set([...useful].flatMap(linesOf));
  return tests.flatMap(({ id }) => {
    if (useful.has(id) || linesOf(id).every((line) => covered.has(line))) return [];
    for (const line of linesOf(id)) covered.add(line);
    return [id];
  });
}
