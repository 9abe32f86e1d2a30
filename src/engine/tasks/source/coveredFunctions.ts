import { concurrently } from '../../domain/concurrently';
import type { Judge, Observation } from '../../domain/ports';
import type { Limits, Test } from '../../domain/task';
import { functionsOf, type FunctionPlace } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import { minFailingTests } from '../splitTests';
import type { TestedFunction } from './testedFunctions';

const limits: Limits = { timeoutMs: 5000, memoryMb: 256 };

/**
 * Functions that no test names and that tests of others run: each with the tests that run a line of
 * its body, as their coverage in the sandbox tells. The program is that of the function which those
 * tests call, so that all they need stands in it.
 */
export async function coveredFunctions(
  tested: readonly TestedFunction[],
  options: {
    readonly syntax: Syntax;
    readonly judge: Judge;
    readonly concurrency: number;
    readonly signal: AbortSignal;
    readonly fewest?: number;
  },
): Promise<TestedFunction[]> {
  const { syntax, judge, concurrency, signal, fewest = minFailingTests } = options;
  const known = new Set(tested.map(({ name }) => name));
  const places = (from: TestedFunction): readonly FunctionPlace[] =>
    functionsOf(syntax, from.language, from.program).filter(({ name }) => !known.has(name));
  const asked = tested.filter((from) => places(from).length > 0);
  const best = new Map<string, TestedFunction>();
  const found = await concurrently(asked, concurrency, signal, async (from) => {
    const observed = await coverageOf(from, judge, signal);
    return { from, observed };
  });
  for (const { from, observed } of found) {
    for (const place of places(from)) {
      const lines = bodyLines(from.program, place);
      const tests = from.tests.filter(({ id }) =>
        observed[id]?.some((line) => line >= lines.first && line <= lines.last),
      );
      const key = `${from.language} ${place.name} ${place.signature}`;
      if (tests.length < fewest || tests.length <= (best.get(key)?.tests.length ?? 0)) continue;
      const { name, signature, documentation } = place;
      best.set(key, { ...from, name, signature, documentation, tests });
    }
  }
  return [...best.values()];
}

async function coverageOf(
  { language, program, name, support, tests }: TestedFunction,
  judge: Judge,
  signal: AbortSignal,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const asked = tests.map(({ id, source }): Test => ({
    id,
    source,
    kind: 'assert',
    role: 'hidden',
  }));
  const given = {
    language,
    source: program,
    entryPoint: name,
    support,
    judging: 'together' as const,
  };
  const told: Observation = await judge.observe(given, asked, 'coverage', limits, signal);
  signal.throwIfAborted();
  return told.kind === 'coverage' ? told.lines : {};
}

/** Lines of what runs when the function is called: where it is defined runs when it is loaded. */
function bodyLines(program: string, { bodyStart, bodyEnd }: FunctionPlace) {
  const lineOf = (offset: number): number => program.slice(0, offset).split('\n').length;
  const [first, last] = [lineOf(bodyStart), lineOf(bodyEnd)];
  // The brace stands on the line of the signature.
  const isBraced = program[bodyStart] === '{' && last > first;
  return { first: isBraced ? first + 1 : first, last };
}
