import { concurrently } from '../../domain/concurrently';
import type { Judge } from '../../domain/ports';
import type { Limits, Test } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import type { CodeProgram } from '../../judge/languageJudge';
import { boundLoops } from '../../syntax/boundLoops';
import type { Syntax } from '../../syntax/parser';
import type { Mutant } from './mutants';

/** Turns of loops in one process, the fewest that the reference gets by with; none where it needs more. */
const bounds = [10_000, 200_000];
/** So many tests run first, those before all others that killed most mutants so far. */
const firstTests = 8;
/** From so many on, tests are run in two parts. */
const manyTests = 2 * firstTests;
/** How much slower than its reference a mutant may be, in processor time. */
const slower = 20;
const leastCpuMs = 300;

/** Mutants that are asked about at a time where a process judges many, and the fewest for that. */
const perWave = 64;
const togetherFrom = 4;

export interface RunMutantsOptions {
  readonly judge: Judge;
  readonly syntax: Syntax;
  readonly limits: Limits;
  /** Wall clock of the quickest run of the reference on these tests. */
  readonly referenceMs: number;
  /** Mutants judged at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/** `unjudged`: not of the language, or the machine failed; it says nothing of the tests. */
export type MutantOutcome =
  | { readonly mutant: Mutant; readonly end: 'survived' | 'unjudged' }
  | { readonly mutant: Mutant; readonly end: 'killed'; readonly by: readonly string[] };

/**
 * Judges mutants of a reference, in order. Loops are bounded and processor time is, so that a mutant
 * that never ends is killed in a moment; of many tests those that killed most so far run first, and
 * a mutant that one of them kills meets no others. They are screened many to a process, as long as
 * the reference passes so; what survives there is judged by itself.
 */
export async function runMutants(
  reference: CodeProgram,
  mutants: readonly Mutant[],
  tests: readonly Test[],
  options: RunMutantsOptions,
): Promise<MutantOutcome[]> {
  const { judge, signal, concurrency } = options;
  const limits = mutantLimits(options);
  const bound = await boundFor(reference, tests, options);
  const kills = new Map<string, number>();
  const run = async (
    mutant: Mutant,
    parts: readonly (readonly Test[])[],
    how: NonNullable<Judge['screen']>,
  ): Promise<MutantOutcome> => {
    const program = { ...reference, source: bound(mutant.source) };
    for (const part of parts) {
      const verdict = await how(program, part, limits, signal);
      signal.throwIfAborted();
      if (verdict.status === 'passed') continue;
      if (isUnjudged(verdict)) return { mutant, end: 'unjudged' };
      const by = killersIn(verdict, part);
      for (const id of by) kills.set(id, (kills.get(id) ?? 0) + 1);
      return { mutant, end: 'killed', by };
    }
    return { mutant, end: 'survived' };
  };
  const screen = mutants.length < togetherFrom ? undefined : judge.screen?.bind(judge);
  const bounded = { ...reference, source: bound(reference.source) };
  const screened = await screen?.(bounded, tests, limits, signal);
  signal.throwIfAborted();
  if (!screen || screened?.status !== 'passed') {
    return concurrently(mutants, concurrency, signal, (mutant) =>
      run(mutant, inParts(tests, kills), judge.judge.bind(judge)),
    );
  }
  const ends: MutantOutcome[] = [];
  for (let at = 0; at < mutants.length; at += perWave) {
    // One list of tests for all of a wave: those that share it share a process.
    const parts = inParts(tests, kills);
    const wave = mutants.slice(at, at + perWave);
    ends.push(...(await concurrently(wave, perWave, signal, (one) => run(one, parts, screen))));
  }
  return ends;
}

function inParts(tests: readonly Test[], kills: ReadonlyMap<string, number>): Test[][] {
  const order = [...tests].sort((a, b) => (kills.get(b.id) ?? 0) - (kills.get(a.id) ?? 0));
  if (order.length <= manyTests) return [order];
  return [order.slice(0, firstTests), order.slice(firstTests)];
}

function isUnjudged({ status }: Verdict): boolean {
  return status === 'infrastructure' || status === 'notCompiled' || status === 'noTests';
}

/** Tests that ended badly; where the program itself did, the first that did not pass. */
function killersIn(verdict: Verdict, tests: readonly Test[]): string[] {
  const ended = new Map(verdict.tests.map(({ id, outcome }) => [id, outcome]));
  const failed = tests.filter(({ id }) => {
    const outcome = ended.get(id);
    return outcome !== undefined && outcome !== 'passed' && outcome !== 'notRun';
  });
  if (failed.length > 0) return failed.map(({ id }) => id);
  return tests
    .filter(({ id }) => ended.get(id) !== 'passed')
    .flatMap(({ id }) => id)
    .slice(0, 1);
}

function mutantLimits({ limits, referenceMs }: RunMutantsOptions): Limits {
  const cpuMs = Math.max(leastCpuMs, Math.ceil(referenceMs * slower));
  return { ...limits, cpuMs: Math.min(cpuMs, limits.cpuMs ?? Infinity, limits.timeoutMs) };
}

/** Bounds loops as closely as the reference itself still passes. */
async function boundFor(
  reference: CodeProgram,
  tests: readonly Test[],
  { judge, syntax, limits, signal }: RunMutantsOptions,
): Promise<(source: string) => string> {
  for (const most of bounds) {
    const bound = (source: string): string => boundLoops(syntax, reference.language, source, most);
    const bounded = bound(reference.source);
    if (bounded === reference.source) return bound;
    const verdict = await judge.judge({ ...reference, source: bounded }, tests, limits, signal);
    signal.throwIfAborted();
    if (verdict.status === 'passed') return bound;
  }
  return (source) => source;
}
