import { sha256 } from '../domain/hash';
import type { Effects, Judge, Solver } from '../domain/ports';
import { effectKinds, type TurnRecord } from '../domain/records';
import type { Problem } from '../domain/task';
import {
  maxBatch,
  type Candidate,
  type StopReason,
  type Trajectory,
  type Turn,
} from '../domain/trajectory';
import { passedCount, type Verdict } from '../domain/verdict';
import { testFeedback } from './feedback';
import { judgeVisible, screen } from './screen';

export interface LoopSettings {
  /** Most turns, the first proposal included; null for no bound. */
  readonly maxTurns: number | null;
  /** Most candidates judged over all turns. */
  readonly maxCandidates: number;
}

export interface LoopOptions {
  readonly problem: Problem;
  readonly sample: number;
  readonly solver: Solver;
  readonly judge: Judge;
  readonly effects: Effects;
  readonly settings: LoopSettings;
  readonly signal: AbortSignal;
  /** Called after each turn was recorded. */
  readonly onTurn?: (turn: TurnRecord) => void;
}

/**
 * The Self-Debugging loop (Chen et al. 2023, 2304.05128): propose, judge on visible tests, feed
 * back, until the program is right, a bound is reached, or it goes in circles. It knows neither
 * who proposes nor any hidden test. Cancelling ends it with the stop `cancelled`.
 */
export async function selfDebug(options: LoopOptions): Promise<Trajectory> {
  const turns: Turn[] = [];
  let start: Verdict | undefined;
  try {
    const { starter } = options.problem;
    if (starter !== undefined) {
      const place = { turn: 0, ordinal: 0, kind: effectKinds.start };
      start = await judgeVisible({ ...options, ...place, program: starter });
      if (start.status === 'infrastructure') {
        return trajectoryOf(options, turns, 'infrastructure', start);
      }
    }
    const stop = await takeTurns(options, turns);
    return trajectoryOf(options, turns, stop, start);
  } catch (error) {
    if (options.signal.aborted) return trajectoryOf(options, turns, 'cancelled', start);
    throw error;
  }
}

async function takeTurns(options: LoopOptions, turns: Turn[]): Promise<StopReason> {
  const { problem, settings, signal } = options;
  const seen = new Set(problem.starter === undefined ? [] : [sha256(problem.starter)]);
  let judged = 0;
  for (let number = 1; settings.maxTurns === null || number <= settings.maxTurns; number++) {
    signal.throwIfAborted();
    const left = settings.maxCandidates - judged;
    if (left <= 0) return 'candidatesUsed';
    const began = performance.now();
    const proposed = await propose(options, number, turns);
    if (proposed.length === 0) return 'candidatesUsed';
    const batch = proposed.slice(0, Math.min(left, maxBatch));
    const isNew = batch.some(({ program }) => !seen.has(sha256(program)));
    if (!isNew) return 'repeating';
    for (const { program } of batch) seen.add(sha256(program));
    const screened = await screen({ ...options, turn: number, batch });
    if (screened === null) return 'infrastructure';
    judged += screened.count;
    const turn = await recordTurn(options, { number, batch, screened, began });
    turns.push(turn);
    if (turn.verdict.status === 'passed') return 'solved';
    if (problem.tests.length === 0) return 'turnsUsed';
  }
  return 'turnsUsed';
}

function propose(
  options: LoopOptions,
  turn: number,
  history: readonly Turn[],
): Promise<readonly Candidate[]> {
  const { problem, sample, solver, effects, signal } = options;
  const key = { task: problem.hash, sample, turn, kind: effectKinds.propose, ordinal: 0 };
  const before = history.map(({ candidate, screened }) => [sha256(candidate.program), screened]);
  return effects.once(key, { solver: solver.name, before }, async () => {
    const batch = await solver.propose(problem, history, signal);
    signal.throwIfAborted();
    return batch;
  });
}

async function recordTurn(
  options: LoopOptions,
  made: {
    readonly number: number;
    readonly batch: readonly Candidate[];
    readonly screened: { ordinal: number; verdict: Verdict; count: number };
    readonly began: number;
  },
): Promise<Turn> {
  const { problem, sample, effects } = options;
  const { ordinal, verdict, count } = made.screened;
  const candidate = made.batch[ordinal];
  if (!candidate) throw new Error('a turn without its candidate');
  const feedback = verdict.status === 'passed' ? undefined : testFeedback(problem, verdict);
  const key = { task: problem.hash, sample, turn: made.number, kind: effectKinds.turn, ordinal: 0 };
  const input = { program: sha256(candidate.program), count };
  const record = await effects.once<TurnRecord>(key, input, () =>
    Promise.resolve({
      number: made.number,
      ordinal,
      status: verdict.status,
      passed: passedCount(verdict),
      of: verdict.tests.length,
      screened: count,
      feedback: feedback?.text ?? null,
      durationMs: performance.now() - made.began,
    }),
  );
  options.onTurn?.(record);
  return {
    number: made.number,
    candidate,
    verdict,
    screened: count,
    durationMs: record.durationMs,
    ...(feedback ? { feedback } : {}),
  };
}

function trajectoryOf(
  options: LoopOptions,
  turns: readonly Turn[],
  stop: StopReason,
  start: Verdict | undefined,
): Trajectory {
  let answer: number | null = null;
  turns.forEach((turn, index) => {
    const best = answer === null ? undefined : turns[answer];
    if (!best || passedCount(turn.verdict) > passedCount(best.verdict)) answer = index;
  });
  return {
    taskHash: options.problem.hash,
    sample: options.sample,
    turns,
    answer,
    stop,
    solvedVisible: stop === 'solved',
    ...(start ? { start } : {}),
  };
}
