import { concurrently } from '../domain/concurrently';
import { programFor, type Effects } from '../domain/ports';
import { effectKinds } from '../domain/records';
import { isCodeTest, isOurs, type Task } from '../domain/task';
import { ratesByTurn } from '../evaluation/byTurn';
import { reportText } from '../evaluation/report';
import { sameBehaviour, type Behaviour } from '../evaluation/sameBehaviour';
import { evaluationTable, type EvaluationTable, type TaskResult } from '../evaluation/table';
import type { Journal } from '../journal/journal';
import { trajectoryOf } from '../journal/questions';
import type { MachineJudge } from '../judge/machineJudge';
import { sameTokens } from '../syntax/tokens';
import type { Syntax } from '../syntax/parser';
import type { ProgressListener, TurnRate } from './workbench';

export interface RunEvaluation {
  readonly table: EvaluationTable;
  readonly report: string;
  readonly byTurn: readonly TurnRate[];
}

const behaviourSeed = 1;

/** Looks at every answer of a run from all sides: tests, generated inputs, the original text. */
export async function evaluateRun(options: {
  readonly journal: Journal;
  readonly effects: Effects;
  readonly judge: MachineJudge;
  readonly syntax: Syntax;
  readonly run: string;
  readonly concurrency: number;
  readonly progress: ProgressListener;
  readonly signal: AbortSignal;
}): Promise<RunEvaluation> {
  const { journal, run, signal } = options;
  const tasks = journal.tasksOf(run);
  let done = 0;
  const results = await concurrently(tasks, options.concurrency, signal, async (task) => {
    const result = await resultOf(task, options);
    options.progress({ done: ++done, total: tasks.length, what: 'comparing behaviour' });
    return result;
  });
  const table = evaluationTable(results.filter((result) => result !== null));
  return { table, report: reportText(table), byTurn: byTurnOf(journal, run, tasks) };
}

/** Cumulative rates per turn of what the journal holds of a run; each sample is a trajectory. */
export function byTurnOf(journal: Journal, run: string, tasks: readonly Task[]): TurnRate[] {
  return ratesByTurn(
    samplesOf(journal, run, tasks).flatMap(({ task, sample }) => {
      const { outcome, turns } = trajectoryOf(journal, run, task.hash, sample);
      if (!outcome) return [];
      const scores = new Map(
        turns.flatMap(({ record, score }) => (score ? [[record.number, score] as const] : [])),
      );
      const hasVisible = task.tests.some(({ role }) => role === 'visible');
      const passedAt = turns.find(({ record }) => record.status === 'passed')?.record.number;
      return [{ outcome, scores, hasVisible, ...(passedAt === undefined ? {} : { passedAt }) }];
    }),
  );
}

function samplesOf(journal: Journal, run: string, tasks: readonly Task[]) {
  const known = new Map(tasks.map((task) => [task.hash, task]));
  return journal.effects(run, [effectKinds.outcome]).flatMap(({ task: hash, sample }) => {
    const task = known.get(hash);
    return task ? [{ task, sample }] : [];
  });
}

async function resultOf(
  task: Task,
  options: Parameters<typeof evaluateRun>[0],
): Promise<TaskResult | null> {
  const { journal, effects, judge, syntax, run, signal } = options;
  const { outcome, turns } = trajectoryOf(journal, run, task.hash);
  if (!outcome) return null;
  const answer = turns.find(({ record }) => record.number === outcome.answer);
  const program = answer?.candidate.program;
  const { language } = task;
  if (
    program === undefined ||
    !outcome.solvedVisible ||
    task.reference === undefined ||
    !isOurs(language)
  ) {
    return { task, outcome, sameBehaviour: false, exactRevert: false };
  }
  const exactRevert = sameTokens(syntax, language, program, task.reference);
  const reference = { ...programFor(task, task.reference), language };
  const key = { task: task.hash, sample: 0, turn: 0, kind: 'behaviour', ordinal: 0 };
  const behaviour = exactRevert
    ? { same: true, compared: 0 }
    : await effects.once<Behaviour>(key, { program }, () =>
        sameBehaviour({
          judge: judge.for(language),
          reference,
          program: { ...programFor(task, program), language },
          tests: task.tests.filter(isCodeTest),
          limits: task.limits,
          seed: behaviourSeed,
          key: task.hash,
          signal,
        }),
      );
  return { task, outcome, sameBehaviour: behaviour.same, exactRevert };
}
