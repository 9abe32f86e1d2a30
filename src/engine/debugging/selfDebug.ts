import { sha256 } from '../domain/hash';
import type {
  Approach,
  Effects,
  Guidance,
  HeldForRight,
  Judge,
  NoProposal,
  ProposalListener,
  Solver,
} from '../domain/ports';
import { effectKinds, type TurnRecord } from '../domain/records';
import type { Problem } from '../domain/task';
import {
  maxBatch,
  type Candidate,
  type Evidence,
  type StopReason,
  type Trajectory,
  type Turn,
} from '../domain/trajectory';
import { passedCount, type Verdict } from '../domain/verdict';
import { bestOf, type DebuggingSettings } from './approach';
import type { Backlog } from './backlog';
import { testFeedback } from './feedback';
import { approachOf } from './guidance';
import { judgeVisible, screen, type Screened } from './screen';
import { hasFewTests, settle, type Equal } from './settle';

export interface LoopSettings {
  /** Most turns, the first proposal included; null for no bound. */
  readonly maxTurns: number | null;
  /** Most candidates judged over all turns. */
  readonly maxCandidates: number;
  /** For a solver that is told what to build upon; one that searches by itself has none. */
  readonly debugging?: DebuggingSettings;
}

export interface LoopOptions {
  readonly problem: Problem;
  readonly sample: number;
  readonly solver: Solver;
  readonly judge: Judge;
  readonly effects: Effects;
  readonly settings: LoopSettings;
  readonly signal: AbortSignal;
  /** Shared by all trajectories of a run. */
  readonly backlog?: Backlog;
  /** Called after each turn was recorded. */
  readonly onTurn?: (turn: TurnRecord) => void;
  /** Told what a model writes for a turn, as it comes. */
  readonly onText?: (turn: number, told: Parameters<ProposalListener>[0]) => void;
}

/** Stops after which a trajectory is not over: on resume it goes on from its last turn. */
export function isOpenStop(stop: StopReason): boolean {
  return stop === 'budget' || stop === 'cancelled' || stop === 'modelUnavailable';
}

/**
 * The Self-Debugging loop (Chen et al. 2023, 2304.05128): propose, judge on visible tests, feed
 * back, until the program is right, a bound is reached, or it goes in circles. It knows neither
 * who proposes nor any hidden test. Cancelling ends it with the stop `cancelled`.
 */
export async function selfDebug(options: LoopOptions): Promise<Trajectory> {
  const state: LoopState = { turns: [], missed: 0, missedInARow: 0 };
  try {
    const { starter } = options.problem;
    if (starter !== undefined) {
      const place = { turn: 0, ordinal: 0, kind: effectKinds.start };
      state.start = await judgeVisible({ ...options, ...place, program: starter });
      if (state.start.status === 'infrastructure') {
        return trajectoryOf(options, state, { stop: 'infrastructure' });
      }
    }
    // Nothing is to be mended: no proposal is asked for, and none is paid for.
    if (state.start?.status === 'passed') return trajectoryOf(options, state, { stop: 'solved' });
    const end = await takeTurns(options, state);
    if (isOpenStop(end.stop)) return trajectoryOf(options, state, end);
    return await settled(options, state, end);
  } catch (error) {
    if (options.signal.aborted) return trajectoryOf(options, state, { stop: 'cancelled' });
    throw error;
  }
}

interface LoopState {
  readonly turns: Turn[];
  start?: Verdict;
  /** Turns without a program, all and since the last that had one. */
  missed: number;
  missedInARow: number;
}

interface End {
  readonly stop: StopReason;
  readonly reason?: string;
  /** Number of the turn whose program the solver holds for right, with no test to say so. */
  readonly heldForRight?: number;
}

async function takeTurns(options: LoopOptions, state: LoopState): Promise<End> {
  const { problem, settings, signal, backlog, solver } = options;
  const { turns } = state;
  const isGuided = settings.debugging !== undefined;
  const seen = new Set(problem.starter === undefined ? [] : [sha256(problem.starter)]);
  let judged = 0;
  for (let number = 1; settings.maxTurns === null || number <= settings.maxTurns; number++) {
    signal.throwIfAborted();
    const left = settings.maxCandidates - judged;
    if (left <= 0) return { stop: stopOf(turns, 'candidatesUsed') };
    const began = performance.now();
    const guided = settings.debugging
      ? await approachOf(options, settings.debugging, {
          turn: number,
          turns,
          missed: state.missedInARow,
        })
      : undefined;
    if (guided === null) return { stop: 'repeating' };
    await backlog?.room(signal);
    const proposed = await propose(options, number, turns, guided);
    const batch = 'kind' in proposed ? [] : proposed.slice(0, Math.min(left, maxBatch));
    const isNew = batch.some(({ program }) => !seen.has(sha256(program)));
    const isChosen = batch.some(({ choice }) => choice !== undefined);
    const isJudged = batch.length > 0 && (isNew || isGuided || isChosen);
    const judging = async (): Promise<Screened | null> =>
      isJudged
        ? screen({
            ...options,
            turn: number,
            batch,
            ...(state.start ? { start: state.start } : {}),
          })
        : null;
    const screened = await (backlog ? backlog.holding(batch.length, judging) : judging());
    if ('kind' in proposed) {
      if (proposed.kind === 'stopped') return proposed;
      if (proposed.kind === 'heldForRight') {
        return { stop: 'turnsUsed', heldForRight: proposed.about };
      }
      state.missed += 1;
      state.missedInARow += 1;
      await recordNothing(options, number, proposed.reason, began);
      continue;
    }
    if (batch.length === 0) return { stop: stopOf(turns, 'candidatesUsed') };
    if (!isJudged) return { stop: stopOf(turns, 'repeating') };
    for (const { program } of batch) seen.add(sha256(program));
    if (screened === null) return { stop: 'infrastructure' };
    if ('stop' in screened) return screened;
    judged += screened.count;
    state.missedInARow = 0;
    const turn = await recordTurn(options, { number, batch, screened, began });
    turns.push(turn);
    const goesOn = solver.choosesAmongPassing === true && !isChosen;
    if (turn.verdict.status === 'passed' && !goesOn) return { stop: 'solved' };
    if (problem.tests.length === 0 && !isGuided) return { stop: 'turnsUsed' };
  }
  return { stop: stopOf(turns, 'turnsUsed') };
}

/** A bound that is reached behind a program that passes ends what is solved. */
function stopOf(turns: readonly Turn[], stop: StopReason): StopReason {
  return turns.some(({ verdict }) => verdict.status === 'passed') ? 'solved' : stop;
}

function propose(
  options: LoopOptions,
  turn: number,
  history: readonly Turn[],
  approach: Approach | undefined,
): Promise<readonly Candidate[] | NoProposal | HeldForRight> {
  const { problem, sample, solver, effects, signal, onText } = options;
  const key = { task: problem.hash, sample, turn, kind: effectKinds.propose, ordinal: 0 };
  const before = history.map(({ candidate, screened }) => [sha256(candidate.program), screened]);
  const listening: Pick<Guidance, 'onText'> = onText
    ? { onText: (told) => onText(turn, told) }
    : {};
  const guidance = approach && { sample, turn, effects, approach, ...listening };
  return effects.once(
    key,
    { solver: solver.name, before },
    async () => {
      const batch = await solver.propose(problem, history, signal, guidance);
      signal.throwIfAborted();
      return batch;
    },
    (proposed) => !('kind' in proposed && proposed.kind === 'stopped'),
  );
}

async function recordTurn(
  options: LoopOptions,
  made: {
    readonly number: number;
    readonly batch: readonly Candidate[];
    readonly screened: Exclude<Screened, { stop: unknown }>;
    readonly began: number;
  },
): Promise<Turn> {
  const { problem, sample, effects } = options;
  const { ordinal, verdict, count, outcomes } = made.screened;
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
    ...(outcomes ? { outcomes } : {}),
    ...(feedback ? { feedback } : {}),
  };
}

/** A turn of which no program came: it is spent, and told as what it was. */
async function recordNothing(
  { problem, sample, effects, onTurn }: LoopOptions,
  number: number,
  nothing: string,
  began: number,
): Promise<void> {
  const key = { task: problem.hash, sample, turn: number, kind: effectKinds.turn, ordinal: 0 };
  const record = await effects.once<TurnRecord>(key, { nothing }, () =>
    Promise.resolve({
      ...{ number, nothing, ordinal: -1, status: 'notCompiled', feedback: null },
      ...{ passed: 0, of: problem.tests.length, screened: 0 },
      durationMs: performance.now() - began,
    }),
  );
  onTurn?.(record);
}

/** Where visible tests leave programs equal and are few, the answer is settled by other evidence. */
async function settled(options: LoopOptions, state: LoopState, end: End): Promise<Trajectory> {
  const { problem, settings } = options;
  const { turns } = state;
  const held = turns.findIndex(({ number }) => number === end.heldForRight);
  if (held >= 0)
    return trajectoryOf(options, state, end, { answer: held, chosenBy: 'selfJudgement' });
  const best = bestOf(turns);
  if (!settings.debugging || !best) return trajectoryOf(options, state, end);
  if (!hasFewTests(problem)) return trajectoryOf(options, state, end, { chosenBy: 'visibleTests' });
  const isEqual = ({ verdict }: Turn): boolean =>
    passedCount(verdict) === passedCount(best.verdict);
  const equals = turns.filter(isEqual);
  if (equals.length === 1 && problem.tests.length > 0) {
    return trajectoryOf(options, state, end, { chosenBy: 'visibleTests' });
  }
  const agreed = await settle(
    equals.map((turn): Equal => ({ turn: turn.number, ordinal: maxBatch, ...seenBy(turns, turn) })),
    options,
  );
  if (agreed && 'stop' in agreed) return trajectoryOf(options, state, agreed);
  const chosen = agreed ? equals[agreed.index] : undefined;
  if (!agreed || !chosen) return trajectoryOf(options, state, end);
  const chosenBy =
    agreed.chosenBy === 'none' && problem.tests.length > 0 ? 'visibleTests' : agreed.chosenBy;
  return trajectoryOf(options, state, end, { answer: turns.indexOf(chosen), chosenBy });
}

/** A turn's program, and whether the solver held it for right when it was asked about it. */
function seenBy(turns: readonly Turn[], turn: Turn): Pick<Equal, 'candidate' | 'heldForRight'> {
  const heldForRight = turns.some(({ candidate: { told } }) => {
    return told?.about === turn.number && told.feedback?.selfJudgement === 'right';
  });
  return { candidate: turn.candidate, heldForRight };
}

function trajectoryOf(
  options: LoopOptions,
  { turns, start, missed }: LoopState,
  { stop, reason }: End,
  chosen: { readonly answer?: number; readonly chosenBy?: Evidence } = {},
): Trajectory {
  const best = bestOf(turns);
  const { answer, chosenBy } = chosen;
  return {
    taskHash: options.problem.hash,
    sample: options.sample,
    turns,
    answer: answer ?? (best ? turns.indexOf(best) : null),
    stop,
    solvedVisible: stop === 'solved',
    ...(start ? { start } : {}),
    ...(missed > 0 ? { missed } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(chosenBy === undefined ? {} : { chosenBy }),
  };
}
