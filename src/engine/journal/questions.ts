import type { OutcomeRecord, RunRecord, TurnRecord } from '../domain/records';
import { effectKinds } from '../domain/records';
import type { Candidate, StopReason } from '../domain/trajectory';
import type { Task } from '../domain/task';
import { passedCount, type Verdict } from '../domain/verdict';
import type { RunSummary, TaskRow, TurnCell } from '../domain/view';
import { estimate } from '../statistics/estimate';
import type { EffectRow, Journal } from './journal';

/** Runs that only serve another one (verification) are not shown to people. */
export const shownKinds: readonly string[] = ['demo', 'solve'];

export function summaries(journal: Journal): RunSummary[] {
  return journal
    .runs()
    .filter(({ kind }) => shownKinds.includes(kind))
    .map((run) => summaryOf(journal, run));
}

export function summaryOf(journal: Journal, run: RunRecord): RunSummary {
  const outcomes = journal
    .effects(run.id, [effectKinds.outcome])
    .map(({ value }) => value as OutcomeRecord);
  const tasks = journal.countTasks(run.id);
  const stops: Partial<Record<StopReason, number>> = {};
  for (const { stop } of outcomes) stops[stop] = (stops[stop] ?? 0) + 1;
  const judged = outcomes.filter(({ stop }) => stop !== 'infrastructure');
  const told = judged.filter(({ passedHidden }) => passedHidden !== null);
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
    solvedVisible: estimate(judged.filter((o) => o.solvedVisible).length, judged.length),
    passedHidden: estimate(told.filter((o) => o.passedHidden === true).length, told.length),
    candidates: journal.candidatesOf(run.id),
    stops,
    ...(run.message === null ? {} : { message: run.message }),
    ...(facts.phase === undefined ? {} : { phase: facts.phase }),
    ...(facts.done === undefined ? {} : { done: facts.done }),
    ...(facts.total === undefined ? {} : { total: facts.total }),
    ...(facts.rejected === undefined ? {} : { rejected: facts.rejected }),
    ...(facts.leftOut === undefined || facts.leftOut.length === 0
      ? {}
      : { leftOut: facts.leftOut }),
    ...(facts.dataset === undefined ? {} : { dataset: facts.dataset }),
    ...(facts.pairs === undefined ? {} : { pairs: facts.pairs }),
  };
}

const rowKinds = [effectKinds.turn, effectKinds.outcome, effectKinds.start];

/** The rows of a run in the order of its tasks; of one task only where it is named. */
export function rowsOf(journal: Journal, run: string, task?: string): TaskRow[] {
  const byTask = Map.groupBy(journal.effects(run, rowKinds, task), (effect) => effect.task);
  const isRunning = journal.run(run).state === 'running';
  const one = task === undefined ? null : journal.task(task);
  return (task === undefined ? journal.tasksOf(run) : one ? [one] : []).map((item) =>
    rowOf(item, byTask.get(item.hash) ?? [], isRunning),
  );
}

function rowOf(task: Task, all: readonly EffectRow[], isRunning: boolean): TaskRow {
  const effects = all.filter(({ sample }) => sample === 0);
  const turns = effects
    .filter(({ kind }) => kind === effectKinds.turn)
    .map(({ value }) => cellOf(value as TurnRecord));
  const outcome = effects.find(({ kind }) => kind === effectKinds.outcome)?.value as
    OutcomeRecord | undefined;
  const began = effects.length > 0;
  return {
    hash: task.hash,
    id: task.id,
    language: task.language,
    entryPoint: task.entryPoint,
    ...faultOf(task),
    turns,
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

function faultOf({ source }: Task): { fault?: string } {
  const { fault } = source;
  const isNamed = typeof fault === 'object' && fault !== null && 'operator' in fault;
  return isNamed && typeof fault.operator === 'string' ? { fault: fault.operator } : {};
}

export function cellOf(record: TurnRecord): TurnCell {
  const { number, status, passed, of, screened } = record;
  return { number, status, passed, of, screened };
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
  readonly outcome?: OutcomeRecord;
}

/** A trajectory read back from its effects. */
export function trajectoryOf(
  journal: Journal,
  run: string,
  task: string,
  sample = 0,
): RecordedTrajectory {
  const effects = journal
    .effects(run, Object.values(effectKinds), task)
    .filter((effect) => effect.sample === sample);
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
  return { turns, ...(start ? { start } : {}), ...(outcome ? { outcome } : {}) };
}

export function countPassed(verdict: Verdict): { passed: number; of: number } {
  return { passed: passedCount(verdict), of: verdict.tests.length };
}
