import type {
  AttemptRecord,
  CallRecord,
  OutcomeRecord,
  RunRecord,
  TurnRecord,
} from '../domain/records';
import { budgetStopIn } from '../domain/budgetStop';
import { callKinds, effectKinds } from '../domain/records';
import type { Candidate, StopReason } from '../domain/trajectory';
import type { Task } from '../domain/task';
import { passedCount, type Verdict } from '../domain/verdict';
import type { RunSummary, TaskRow, TurnCell } from '../domain/view';
import { ofSamples } from './bestSample';
import { estimate } from '../statistics/estimate';
import type { EffectRow, Journal } from './journal';

/** Runs that only serve others, by verifying or measuring them or their tasks, are not shown. */
const hiddenKinds: readonly string[] = ['verify', 'evaluation', 'gate', 'roundPart'];

/** The newest run that people see of each task that any of them holds, newest first. */
export function newestRuns(journal: Journal): ReturnType<Journal['newestRunOfTasks']> {
  return journal.newestRunOfTasks(hiddenKinds);
}

/** What a run spent by the books of its budget, where there are any. */
export type SpentBy = (run: string) => Pick<Spending, 'tokens' | 'usd'> | null;

type Spending = ReturnType<Journal['usageOf']>;

export function summaries(journal: Journal, spentBy?: SpentBy): RunSummary[] {
  return journal
    .runs()
    .filter(({ kind }) => !hiddenKinds.includes(kind))
    .map((run) => summaryOf(journal, run, spentBy));
}

export function summaryOf(journal: Journal, run: RunRecord, spentBy?: SpentBy): RunSummary {
  const ended = journal.effects(run.id, [effectKinds.outcome]);
  const outcomes = ended.map(({ value }) => value as OutcomeRecord);
  const tasks = journal.countTasks(run.id);
  const stops: Partial<Record<StopReason, number>> = {};
  for (const { stop } of outcomes) stops[stop] = (stops[stop] ?? 0) + 1;
  const judged = ended.filter(({ value }) => (value as OutcomeRecord).stop !== 'infrastructure');
  const told = judged.filter(({ value }) => (value as OutcomeRecord).passedHidden !== null);
  const { facts } = run;
  return {
    id: run.id,
    kind: run.kind,
    title: run.title,
    solver: run.solver,
    state: run.state,
    startedAt: run.startedAt,
    workedMs: run.workedMs,
    tasks,
    ended: outcomes.length,
    solvedVisible: shareOfTasks(judged, (outcome) => outcome.solvedVisible),
    passedHidden: shareOfTasks(told, (outcome) => outcome.passedHidden === true),
    candidates: journal.candidatesOf(run.id),
    stops,
    ...(run.message === null ? {} : { message: run.message }),
    ...stoppedAt(run.message),
    ...(facts.phase === undefined ? {} : { phase: facts.phase }),
    ...(facts.done === undefined ? {} : { done: facts.done }),
    ...(facts.total === undefined ? {} : { total: facts.total }),
    ...(facts.rejected === undefined ? {} : { rejected: facts.rejected }),
    ...(facts.leftOut === undefined || facts.leftOut.length === 0
      ? {}
      : { leftOut: facts.leftOut }),
    ...(facts.dataset === undefined ? {} : { dataset: facts.dataset }),
    ...(facts.pairs === undefined ? {} : { pairs: facts.pairs }),
    ...(facts.round === undefined ? {} : { round: facts.round }),
    ...(facts.goals === undefined ? {} : { goals: facts.goals }),
    ...chatOf(journal, run, spentBy),
  };
}

function stoppedAt(message: string | null): Pick<RunSummary, 'stoppedAt'> {
  const stop = message === null ? null : budgetStopIn(message);
  return stop === null ? {} : { stoppedAt: stop };
}

/** What there is to say of a run with a chat model. */
function chatOf(journal: Journal, { id, settings, facts, state }: RunRecord, spentBy?: SpentBy) {
  const chat = chatSettings(settings);
  if (chat === null) return {};
  const { tokens, usd, calls, unanswered } = larger(journal.usageOf(id), spentBy?.(id) ?? null);
  const { budget, pausedBy } = facts;
  return {
    usage: { tokens, costUsd: usd, calls, ...(unanswered > 0 ? { unanswered } : {}) },
    ...(typeof chat.model === 'string' ? { model: modelAt(chat.model, facts.movedTo) } : {}),
    ...(samplesOf(settings) > 1 ? { samples: samplesOf(settings) } : {}),
    ...(budget && Object.keys(budget).length > 0 ? { budget } : {}),
    ...(pausedBy && state === 'interrupted' ? { pausedBy } : {}),
  };
}

/**
 * The journal holds what was answered. Calls that were given up or in flight in a killed process
 * stand in the books alone, and those of a journal from elsewhere in the journal alone.
 */
function larger(answered: Spending, booked: ReturnType<SpentBy>) {
  if (booked === null) return { ...answered, unanswered: 0 };
  const isKnown = answered.usd !== null && booked.usd !== null;
  return {
    ...answered,
    tokens: Math.max(answered.tokens, booked.tokens),
    unanswered: Math.max(0, booked.tokens - answered.tokens),
    usd: isKnown ? Math.max(answered.usd, booked.usd) : null,
  };
}

/** A model by the address where it answers now. */
function modelAt(name: string, movedTo: string | undefined): string {
  if (movedTo === undefined || !URL.canParse(movedTo)) return name;
  return `${name.slice(0, name.lastIndexOf('@') + 1)}${new URL(movedTo).host}`;
}

/** Trajectories of each task, as the settings of a run freeze them. */
function samplesOf(settings: unknown): number {
  const samples = chatSettings(settings)?.samples;
  return typeof samples === 'number' && samples > 1 ? samples : 1;
}

function chatSettings(
  settings: unknown,
): { readonly model?: unknown; readonly samples?: unknown } | null {
  if (typeof settings !== 'object' || settings === null || !('chat' in settings)) return null;
  return typeof settings.chat === 'object' ? settings.chat : null;
}

/** Tasks of which any sample is what is asked for, of the tasks that have one. */
function shareOfTasks(ended: readonly EffectRow[], is: (outcome: OutcomeRecord) => boolean) {
  const of = new Set(ended.map(({ task }) => task));
  const are = new Set(
    ended.filter(({ value }) => is(value as OutcomeRecord)).map(({ task }) => task),
  );
  return estimate(are.size, of.size);
}

/** The model calls of one trajectory, with the turn in which each was made. */
export function callsOf(
  journal: Journal,
  run: string,
  task: string,
  sample = 0,
): { readonly turn: number; readonly kind: string; readonly record: CallRecord }[] {
  return journal
    .effects(run, callKinds, task)
    .filter((effect) => effect.sample === sample)
    .map(({ turn, kind, value }) => ({ turn, kind, record: value as CallRecord }));
}

/** Requests of one trajectory that brought no usable reply, in the order in which they ended. */
export function attemptsOf(
  journal: Journal,
  run: string,
  task: string,
  sample = 0,
): { readonly turn: number; readonly record: AttemptRecord }[] {
  return journal
    .effects(run, [effectKinds.attempt], task)
    .filter((effect) => effect.sample === sample)
    .map(({ turn, value }) => ({ turn, record: value as AttemptRecord }));
}

const rowKinds = [effectKinds.turn, effectKinds.outcome, effectKinds.start];

/** The rows of a run in the order of its tasks; of one task only where it is named. */
export function rowsOf(journal: Journal, run: string, task?: string): TaskRow[] {
  const byTask = Map.groupBy(journal.effects(run, rowKinds, task), (effect) => effect.task);
  const { state, settings } = journal.run(run);
  const how = { isRunning: state === 'running', samples: samplesOf(settings) };
  const one = task === undefined ? null : journal.task(task);
  return (task === undefined ? journal.tasksOf(run) : one ? [one] : []).map((item) =>
    ofSamples(samplesOfTask(item, byTask.get(item.hash) ?? [], how)),
  );
}

/** A row for each sample of a task, in their order. */
export function sampleRowsOf(journal: Journal, run: string, task: Task): TaskRow[] {
  const { state, settings } = journal.run(run);
  const how = { isRunning: state === 'running', samples: samplesOf(settings) };
  return samplesOfTask(task, journal.effects(run, rowKinds, task.hash), how);
}

function samplesOfTask(
  task: Task,
  effects: readonly EffectRow[],
  { isRunning, samples }: { readonly isRunning: boolean; readonly samples: number },
): TaskRow[] {
  const bySample = Map.groupBy(effects, ({ sample }) => sample);
  return Array.from({ length: samples }, (_, sample) =>
    rowOf(task, bySample.get(sample) ?? [], isRunning),
  );
}

function rowOf(task: Task, effects: readonly EffectRow[], isRunning: boolean): TaskRow {
  const turns = effects
    .filter(({ kind }) => kind === effectKinds.turn)
    .map(({ value }) => cellOf(value as TurnRecord));
  const outcome = effects.find(({ kind }) => kind === effectKinds.outcome)?.value as
    OutcomeRecord | undefined;
  const began = effects.length > 0;
  const passed = turns.find(({ status, nothing }) => status === 'passed' && nothing === undefined);
  return {
    hash: task.hash,
    id: task.id,
    language: task.language,
    entryPoint: task.entryPoint,
    ...faultOf(task),
    turns,
    ...(passed ? { passedAt: passed.number } : {}),
    state: outcome ? 'ended' : began && isRunning ? 'running' : 'waiting',
    candidates: turns.reduce((sum, { screened }) => sum + screened, 0),
    durationMs: outcome?.durationMs ?? 0,
    ...(outcome
      ? {
          stop: outcome.stop,
          solvedVisible: outcome.solvedVisible,
          passedHidden: outcome.passedHidden,
          ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
        }
      : {}),
  };
}

/** The kinds of the faults that a task was made with, where its maker noted them: `call+boolean`. */
export function faultOf({ source }: Pick<Task, 'source'>): { fault?: string } {
  const { fault, faults } = source;
  const noted: readonly unknown[] = Array.isArray(faults) ? faults : [fault];
  const kinds = noted.flatMap((one) =>
    typeof one === 'object' && one !== null && 'operator' in one && typeof one.operator === 'string'
      ? [one.operator]
      : [],
  );
  return kinds.length === 0 ? {} : { fault: [...new Set(kinds)].join('+') };
}

export function cellOf(record: TurnRecord): TurnCell {
  const { number, status, passed, of, screened, nothing } = record;
  const cell = { number, status, passed, of, screened };
  return nothing === undefined ? cell : { ...cell, nothing };
}

/** One turn with its program and its verdicts, as recorded. */
export interface RecordedTurn {
  readonly record: TurnRecord;
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  readonly score?: Verdict;
}

export interface RecordedTrajectory {
  readonly start?: Verdict;
  readonly turns: readonly RecordedTurn[];
  /** Turns of which no program came. */
  readonly missed: readonly TurnRecord[];
  readonly outcome?: OutcomeRecord;
}

const trajectoryKinds = [...rowKinds, effectKinds.propose, effectKinds.verdict, effectKinds.score];

/** A trajectory read back from its effects. */
export function trajectoryOf(
  journal: Journal,
  run: string,
  task: string,
  sample = 0,
): RecordedTrajectory {
  const effects = journal.effects(run, trajectoryKinds, task);
  return recorded(effects.filter((effect) => effect.sample === sample));
}

/** All trajectories of a task that were begun, by sample, with the model calls of each. */
export function trajectoriesOf(
  journal: Journal,
  run: string,
  task: string,
): (RecordedTrajectory & {
  readonly sample: number;
  readonly calls: readonly { readonly turn: number; readonly record: CallRecord }[];
})[] {
  const effects = journal.effects(run, [...trajectoryKinds, ...callKinds], task);
  const isCall = ({ kind }: EffectRow): boolean => callKinds.some((name) => name === kind);
  return [...Map.groupBy(effects, ({ sample }) => sample)].map(([sample, some]) => ({
    sample,
    ...recorded(some.filter((effect) => !isCall(effect))),
    calls: some.filter(isCall).map(({ turn, value }) => ({ turn, record: value as CallRecord })),
  }));
}

function recorded(effects: readonly EffectRow[]): RecordedTrajectory {
  const find = (kind: string, turn: number, ordinal: number): unknown =>
    effects.find((e) => e.kind === kind && e.turn === turn && e.ordinal === ordinal)?.value;
  const turns = effects
    .filter(({ kind }) => kind === effectKinds.turn)
    .flatMap(({ value }): RecordedTurn[] => {
      const record = value as TurnRecord;
      const batch = find(effectKinds.propose, record.number, 0) as Candidate[] | undefined;
      const candidate = batch?.[record.ordinal];
      const verdict = find(effectKinds.verdict, record.number, record.ordinal) as
        Verdict | undefined;
      const score = find(effectKinds.score, record.number, 0) as Verdict | undefined;
      if (!candidate || !verdict) return [];
      return [{ record, candidate, verdict, ...(score ? { score } : {}) }];
    });
  const start = find(effectKinds.start, 0, 0) as Verdict | undefined;
  const outcome = find(effectKinds.outcome, 0, 0) as OutcomeRecord | undefined;
  const missed = effects
    .filter(({ kind }) => kind === effectKinds.turn)
    .map(({ value }) => value as TurnRecord)
    .filter(({ nothing }) => nothing !== undefined);
  return { turns, missed, ...(start ? { start } : {}), ...(outcome ? { outcome } : {}) };
}

export function countPassed(verdict: Verdict): { passed: number; of: number } {
  return { passed: passedCount(verdict), of: verdict.tests.length };
}
