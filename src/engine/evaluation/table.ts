import type { OutcomeRecord } from '../domain/records';
import type { Task } from '../domain/task';
import type { Estimate } from '../domain/view';
import { estimate } from '../statistics/estimate';
import { median } from '../statistics/median';

/** What is known of one task's trajectory once it was looked at from every side. */
export interface TaskResult {
  readonly task: Task;
  readonly outcome: OutcomeRecord;
  /** Null where it could not be told. */
  readonly sameBehaviour: boolean | null;
  readonly exactRevert: boolean;
}

export interface Row {
  readonly group: string;
  readonly tasks: number;
  readonly solvedVisible: Estimate;
  readonly passedHidden: Estimate;
  readonly sameBehaviour: Estimate;
  readonly exactRevert: Estimate;
  /** Candidates judged, median over the tasks that were solved. */
  readonly medianCandidates: number | null;
}

export interface EvaluationTable {
  readonly all: Row;
  readonly byLanguage: readonly Row[];
  readonly byFault: readonly Row[];
  readonly byStop: Readonly<Record<string, number>>;
  /** Tasks left out because we could not judge them. */
  readonly infrastructure: number;
}

/** Pass rates with exact 95 % intervals; our own faults are left out and counted. */
export function evaluationTable(results: readonly TaskResult[]): EvaluationTable {
  const judged = results.filter(({ outcome }) => outcome.stop !== 'infrastructure');
  const byStop: Record<string, number> = {};
  for (const { outcome } of results) byStop[outcome.stop] = (byStop[outcome.stop] ?? 0) + 1;
  return {
    all: rowOf('all', judged),
    byLanguage: rowsBy(judged, ({ task }) => task.language),
    byFault: rowsBy(judged, ({ task }) => faultOf(task)),
    byStop,
    infrastructure: results.length - judged.length,
  };
}

function rowsBy(results: readonly TaskResult[], group: (result: TaskResult) => string): Row[] {
  return [...Map.groupBy(results, group)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, some]) => rowOf(name, some));
}

function rowOf(group: string, results: readonly TaskResult[]): Row {
  const share = (of: (result: TaskResult) => boolean | null): Estimate => {
    const told = results.map(of).filter((value) => value !== null);
    return estimate(told.filter(Boolean).length, told.length);
  };
  const solved = results.filter(({ outcome }) => outcome.solvedVisible);
  return {
    group,
    tasks: results.length,
    solvedVisible: share(({ outcome }) => outcome.solvedVisible),
    passedHidden: share(({ outcome }) => outcome.passedHidden),
    sameBehaviour: share((result) => result.sameBehaviour),
    exactRevert: share((result) => result.exactRevert),
    medianCandidates: median(solved.map(({ outcome }) => outcome.candidates)),
  };
}

function faultOf(task: Task): string {
  const fault = task.source['fault'];
  const operator =
    typeof fault === 'object' && fault !== null && 'operator' in fault ? fault.operator : undefined;
  return typeof operator === 'string' ? operator : 'not known';
}
