import { sha256 } from '../domain/hash';
import { concurrently } from '../domain/concurrently';
import {
  programFor,
  type Effects,
  type Judge,
  type NoProposal,
  type Solver,
} from '../domain/ports';
import { effectKinds } from '../domain/records';
import type { Problem, VisibleTest } from '../domain/task';
import type { Candidate } from '../domain/trajectory';
import { agreement, type Agreed, type Contender } from './agreement';

/** With fewer visible tests than this, passing them says little (an answer may be right by chance). */
export const fewestVisibleTests = 2;
const maxContenders = 64;
const atATime = 4;

export function hasFewTests({ tests }: Problem): boolean {
  return tests.length < fewestVisibleTests;
}

export interface Equal {
  readonly turn: number;
  readonly ordinal: number;
  readonly candidate: Candidate;
  readonly heldForRight: boolean;
}

/**
 * Chooses among programs that visible tests leave equal, with tests that the solver writes and
 * that programs and tests admit together. Where it cannot write any, what else there is decides.
 */
export async function settle(
  equals: readonly Equal[],
  options: {
    readonly problem: Problem;
    readonly sample: number;
    readonly solver: Solver;
    readonly judge: Judge;
    readonly effects: Effects;
    readonly signal: AbortSignal;
  },
): Promise<Agreed | Extract<NoProposal, { kind: 'stopped' }> | null> {
  const { problem, solver, signal } = options;
  const programs = new Set(equals.map(({ candidate }) => candidate.program));
  let tests: readonly VisibleTest[] = [];
  if (programs.size > 1 && solver.writeTests) {
    const written = await solver.writeTests(problem, options, signal);
    if (!('kind' in written)) tests = written;
    else if (written.kind === 'stopped' && written.stop !== 'modelRefused') return written;
  }
  const some = equals.slice(-maxContenders);
  const contenders = await concurrently(some, atATime, signal, async (one): Promise<Contender> => {
    const outcomes = tests.length === 0 ? [] : await outcomesOf(one, tests, options);
    return {
      order: one.turn * maxContenders - one.ordinal,
      outcomes,
      heldForRight: one.heldForRight,
    };
  });
  const agreed = agreement(contenders);
  return agreed && { ...agreed, index: agreed.index + equals.length - some.length };
}

async function outcomesOf(
  { turn, ordinal, candidate }: Equal,
  tests: readonly VisibleTest[],
  options: Parameters<typeof settle>[1],
): Promise<Contender['outcomes']> {
  const { problem, sample, judge, effects, signal } = options;
  const key = { task: problem.hash, sample, turn, kind: effectKinds.agreement, ordinal };
  const input = { program: sha256(candidate.program), tests };
  const verdict = await effects.once(key, input, async () => {
    const program = programFor(problem, candidate.program);
    const found = await judge.judge(program, tests, problem.limits, signal);
    signal.throwIfAborted();
    return found;
  });
  return verdict.tests;
}
