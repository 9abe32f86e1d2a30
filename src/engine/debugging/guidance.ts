import { sha256 } from '../domain/hash';
import { programFor, type Approach, type Effects, type Judge } from '../domain/ports';
import type { Observation } from '../domain/ports';
import { randomOf } from '../domain/random';
import { effectKinds } from '../domain/records';
import type { Problem } from '../domain/task';
import type { Turn } from '../domain/trajectory';
import { nextStep, type DebuggingSettings, type NextStep } from './approach';
import { isFailing, promptFeedback } from './feedback';

export interface GuidanceOptions {
  readonly problem: Problem;
  readonly sample: number;
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
}

/** The approach of the next turn with its feedback; null where the same failure came back too often. */
export async function approachOf(
  options: GuidanceOptions,
  settings: DebuggingSettings,
  state: { readonly turn: number; readonly turns: readonly Turn[]; readonly missed: number },
): Promise<Approach | null> {
  const { problem, sample } = options;
  const place = `${problem.hash}/${String(sample)}/${String(state.turn)}/approach`;
  const step = nextStep(state.turns, settings, randomOf(settings.seed, place), state.missed);
  if (step === null) return null;
  const { kind, breadth, base, best, lessons, isStuck } = step;
  if (!base) return { kind, breadth, lessons, isStuck };
  const observation = await observed(options, step, base, state.turn);
  const feedback = promptFeedback(step.feedback, {
    problem,
    program: base.candidate.program,
    verdict: base.verdict,
    broken: step.broken,
    ...(observation ? { observation } : {}),
  });
  return { kind, breadth, base, feedback, lessons, isStuck, ...(best ? { best } : {}) };
}

/** A trace of the first failing test, where the feedback asks for one. */
async function observed(
  options: GuidanceOptions,
  step: NextStep,
  base: Turn,
  turn: number,
): Promise<Observation | null> {
  if (step.feedback !== 'trace') return null;
  const { problem, sample, judge, effects, signal } = options;
  const { program } = base.candidate;
  const failing = base.verdict.tests.find(isFailing);
  const tests = problem.tests.filter(({ id }) => failing === undefined || id === failing.id);
  const key = { task: problem.hash, sample, turn, kind: effectKinds.trace, ordinal: 0 };
  return effects.once(key, { program: sha256(program) }, async () => {
    const { limits } = problem;
    const found = await judge.observe(programFor(problem, program), tests, 'trace', limits, signal);
    signal.throwIfAborted();
    return found;
  });
}
