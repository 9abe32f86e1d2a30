import { concurrently } from '../domain/concurrently';
import { sha256 } from '../domain/hash';
import {
  programFor,
  type Effects,
  type Judge,
  type NoProposal,
  type Solver,
} from '../domain/ports';
import { effectKinds } from '../domain/records';
import type { Limits, Problem } from '../domain/task';
import { maxBatch, type Candidate, type ScreenedOutcome } from '../domain/trajectory';
import { passedCount, type Verdict } from '../domain/verdict';
import { outcomeOf } from '../solvers/search/outcome';
import { hasFewTests, settle } from './settle';

export type Screened = Standing | Extract<NoProposal, { kind: 'stopped' }>;

interface Standing {
  /** Place in the batch of the candidate that stands for the turn. */
  readonly ordinal: number;
  readonly verdict: Verdict;
  /** How many candidates count as judged: up to the first that passed, else all. */
  readonly count: number;
  /** For a solver that asks for them. */
  readonly outcomes?: readonly (ScreenedOutcome | null)[];
}

/** How many candidates of one batch are judged at a time; the judge's own pool bounds the rest. */
const atATime = 4;
/** Where all are judged whatever comes of each: all at once, so that the judge may put them together. */
const allAtOnce = maxBatch;

/**
 * Judges a batch on visible tests, in order, until one passes all. The first that passes stands
 * for the turn, else the one that passes most tests, the earlier among equals. What counts as
 * judged depends on the batch alone, not on which worker was quicker. Where a guided problem has
 * few visible tests, all are judged, and further evidence decides among those that pass alike.
 */
export async function screen(options: {
  readonly problem: Problem;
  readonly sample: number;
  readonly turn: number;
  readonly batch: readonly Candidate[];
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
  readonly solver: Solver;
  readonly settings: { readonly debugging?: unknown };
  /** The verdict of the starter, where there is one. */
  readonly start?: Verdict;
}): Promise<Screened | null> {
  const { problem, batch, signal } = options;
  const { choosesAmongPassing: seesAll = false } = options.solver;
  const isOpen = options.settings.debugging !== undefined && hasFewTests(problem);
  const limits = options.solver.screeningLimits?.(problem, options.start) ?? problem.limits;
  let firstPassed = batch.length;
  const lanes = seesAll ? allAtOnce : atATime;
  const verdicts = await concurrently(batch, lanes, signal, async ({ program }, ordinal) => {
    if (ordinal > firstPassed) return null;
    const verdict = await judgeVisible({
      ...options,
      limits,
      ordinal,
      program,
      isScreened: seesAll,
    });
    if (verdict.status === 'passed' && !isOpen && !seesAll)
      firstPassed = Math.min(firstPassed, ordinal);
    return verdict;
  });
  let best: { ordinal: number; verdict: Verdict } | null = null;
  for (let ordinal = 0; ordinal < batch.length && ordinal <= firstPassed; ordinal++) {
    const verdict = verdicts[ordinal];
    if (!verdict || verdict.status === 'infrastructure') continue;
    const isBetter =
      best === null ||
      (verdict.status === 'passed' && !isOpen && !seesAll) ||
      passedCount(verdict) > passedCount(best.verdict);
    if (isBetter) best = { ordinal, verdict };
  }
  if (best === null) return null;
  if (isOpen && batch.length > 1) return chosen(best.verdict, verdicts, options);
  const count = Math.min(batch.length, firstPassed + 1);
  return {
    ...best,
    count: problem.tests.length === 0 ? 1 : count,
    ...(seesAll ? { outcomes: verdicts.map((one) => one && outcomeOf(one, problem.tests)) } : {}),
  };
}

/** The one of a batch that stands for it among those that pass as many visible tests. */
async function chosen(
  best: Verdict,
  verdicts: readonly (Verdict | null)[],
  options: Parameters<typeof screen>[0],
): Promise<Screened | null> {
  const { batch, turn } = options;
  const equals = batch.flatMap((candidate, ordinal) => {
    const verdict = verdicts[ordinal];
    if (!verdict || verdict.status === 'infrastructure') return [];
    if (passedCount(verdict) !== passedCount(best)) return [];
    return [{ candidate, ordinal, verdict, turn, heldForRight: false }];
  });
  const agreed = await settle(equals, options);
  if (agreed && 'stop' in agreed) return agreed;
  // With no evidence the first stands, as everywhere else.
  const one = agreed && agreed.chosenBy !== 'none' ? equals[agreed.index] : equals[0];
  return one ? { ordinal: one.ordinal, verdict: one.verdict, count: batch.length } : null;
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
  /** Those of the problem unless told. */
  readonly limits?: Limits;
  /** The program is one of many, and may be judged together with them. */
  readonly isScreened?: boolean;
}): Promise<Verdict> {
  const { problem, sample, turn, ordinal, signal, judge, limits = problem.limits } = options;
  const kind = options.kind ?? effectKinds.verdict;
  const key = { task: problem.hash, sample, turn, kind, ordinal };
  return options.effects.once(key, { program: sha256(options.program) }, async () => {
    const program = programFor(problem, options.program);
    const asked = [program, problem.tests, limits, signal] as const;
    const verdict = await (options.isScreened === true && judge.screen
      ? judge.screen(...asked)
      : judge.judge(...asked));
    // Cancelled work was not found out: it is not recorded, and is done again on resume.
    signal.throwIfAborted();
    return verdict;
  });
}
