import { concurrently } from '../domain/concurrently';
import { sha256 } from '../domain/hash';
import { programFor, type Effects, type Judge } from '../domain/ports';
import { effectKinds } from '../domain/records';
import type { Problem } from '../domain/task';
import type { Candidate } from '../domain/trajectory';
import { passedCount, type Verdict } from '../domain/verdict';

export interface Screened {
  /** Place in the batch of the candidate that stands for the turn. */
  readonly ordinal: number;
  readonly verdict: Verdict;
  /** How many candidates count as judged: up to the first that passed, else all. */
  readonly count: number;
}

/** How many candidates of one batch are judged at a time; the judge's own pool bounds the rest. */
const atATime = 4;

/**
 * Judges a batch on visible tests, in order, until one passes all. The first that passes stands
 * for the turn, else the one that passes most tests, the earlier among equals. What counts as
 * judged depends on the batch alone, not on which worker was quicker.
 */
export async function screen(options: {
  readonly problem: Problem;
  readonly sample: number;
  readonly turn: number;
  readonly batch: readonly Candidate[];
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
}): Promise<Screened | null> {
  const { problem, batch, signal } = options;
  let firstPassed = batch.length;
  const verdicts = await concurrently(batch, atATime, signal, async ({ program }, ordinal) => {
    if (ordinal > firstPassed) return null;
    const verdict = await judgeVisible({ ...options, ordinal, program });
    if (verdict.status === 'passed') firstPassed = Math.min(firstPassed, ordinal);
    return verdict;
  });
  let best: { ordinal: number; verdict: Verdict } | null = null;
  for (let ordinal = 0; ordinal < batch.length && ordinal <= firstPassed; ordinal++) {
    const verdict = verdicts[ordinal];
    if (!verdict || verdict.status === 'infrastructure') continue;
    const isBetter =
      best === null ||
      verdict.status === 'passed' ||
      passedCount(verdict) > passedCount(best.verdict);
    if (isBetter) best = { ordinal, verdict };
  }
  if (best === null) return null;
  const count = Math.min(batch.length, firstPassed + 1);
  return { ...best, count: problem.tests.length === 0 ? 1 : count };
}

/** The verdict of one program on the visible tests, recorded under its place. */
export function judgeVisible(options: {
  readonly problem: Problem;
  readonly sample: number;
  readonly turn: number;
  readonly ordinal: number;
  readonly program: string;
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
  readonly kind?: string;
}): Promise<Verdict> {
  const { problem, sample, turn, ordinal, signal } = options;
  const kind = options.kind ?? effectKinds.verdict;
  const key = { task: problem.hash, sample, turn, kind, ordinal };
  return options.effects.once(key, { program: sha256(options.program) }, async () => {
    const verdict = await options.judge.judge(
      programFor(problem, options.program),
      problem.tests,
      problem.limits,
      signal,
    );
    // Cancelled work was not found out: it is not recorded, and is done again on resume.
    signal.throwIfAborted();
    return verdict;
  });
}
