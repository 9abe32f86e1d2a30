import path from 'node:path';
import type { Json } from '../domain/json';
import type { Language } from '../domain/task';
import { makeTasks } from '../tasks/makeTasks';
import { injectFaults } from '../tasks/makers/faultInjection';
import type { RunJournal } from '../journal/runJournal';
import { UserError } from '../domain/errors';
import type { Engine } from './engine';
import { evaluateRun, type RunEvaluation } from './evaluateRun';
import { exportDataset } from './exportDataset';
import type { Notifier } from './notifier';
import { refuseMissingLayers } from './refuseUnjudged';
import type { UnjudgedReason } from './requiredLayers';
import { solveTasks } from './solveTasks';
import type { ExportResult } from './workbench';

/** Frozen with the run: all that changes what comes out of it. */
export interface WheelSettings {
  readonly seed: number;
  readonly perFunction: number;
  readonly limit: number;
  readonly maxTurns: number | null;
  readonly maxCandidates: number;
  readonly [key: string]: Json;
}

export const demoSettings: WheelSettings = {
  seed: 1,
  perFunction: 1,
  limit: 48,
  maxTurns: null,
  maxCandidates: 200,
};

export interface WheelTurned {
  readonly evaluation: RunEvaluation;
  readonly dataset: ExportResult;
  readonly rejected: Readonly<Record<string, number>>;
  readonly leftOut: readonly { readonly language: string; readonly reason: string }[];
}

/**
 * One turn of the whole wheel: acquire tasks from a folder, refine them by search repair, update
 * by exporting what was verified, evaluate. Each step goes on from what the journal holds.
 */
export async function turnTheWheel(options: {
  readonly engine: Engine;
  readonly from: string;
  readonly origin: { readonly name: string; readonly license: string | null };
  readonly run: RunJournal;
  readonly settings: WheelSettings;
  readonly notifier: Notifier;
  readonly signal: AbortSignal;
}): Promise<WheelTurned> {
  const { engine, run, settings, notifier, signal } = options;
  const { journal, workers } = engine;
  await refuseMissingLayers(engine);
  const [judge, syntax, unjudged] = await Promise.all([
    engine.judge(),
    engine.syntax(),
    engine.unjudged(),
  ]);
  const note = (facts: Parameters<RunJournal['note']>[0]): void => {
    run.note(facts);
    notifier.touch();
  };
  const progressIn =
    (phase: 'update' | 'evaluate') =>
    ({ done, total }: { done: number; total: number }): void =>
      note({ phase, done, total });

  refuseHalf(unjudged);
  note({ phase: 'acquire', done: 0 });
  const made = await makeTasks({
    ...settings,
    from: options.from,
    makers: [(from, how) => injectFaults(from, { ...how, single: true })],
    origin: options.origin,
    syntax,
    judge,
    languageJudge: (language) => judge.for(language),
    effects: run,
    signal,
    concurrency: workers,
    unjudged: (language) => unjudged(language)?.problem ?? null,
    onProgress: ({ done, total, rejected }) => note({ phase: 'acquire', done, total, rejected }),
  });
  if (made.tasks.length === 0) throw nothingMade(options.from, made.notes);
  run.setTasks(made.tasks);
  const { rejected, leftOut } = made;
  note({ phase: 'refine', done: 0, total: made.tasks.length, rejected, leftOut });
  notifier.touchAll();

  let ended = 0;
  await solveTasks({
    tasks: made.tasks,
    solver: await engine.searchSolver(),
    judge,
    journal: run,
    settings: { maxTurns: settings.maxTurns, maxCandidates: settings.maxCandidates },
    concurrency: workers + 1,
    signal,
    onChange: (task, outcome) => {
      if (outcome) run.note({ done: ++ended });
      notifier.touch(task.hash);
    },
  });

  const dataset = await exportDataset(
    engine,
    { runs: [run.id], out: path.join(path.dirname(journal.file), 'datasets', run.id) },
    progressIn('update'),
    signal,
  );
  note({ phase: 'evaluate', done: 0, dataset: dataset.out, pairs: dataset.pairs });

  const evaluation = await evaluateRun({
    journal,
    effects: run,
    judge,
    syntax,
    run: run.id,
    concurrency: workers,
    progress: progressIn('evaluate'),
    signal,
  });
  note({ report: evaluation.report });
  return { evaluation, dataset, rejected, leftOut };
}

/** On Linux a missing sandbox can be mended; elsewhere the wheel turns with what can be judged. */
function refuseHalf(unjudged: (language: Language) => UnjudgedReason | null): void {
  const reason = process.platform === 'linux' ? unjudged('python') : null;
  if (!reason) return;
  throw new UserError({
    code: 'noSandbox',
    message: `Python programs cannot be run here: ${reason.problem}`,
    mend: reason.mend,
    exitCode: 3,
  });
}

function nothingMade(from: string, notes: readonly string[]): UserError {
  return new UserError({
    code: 'noTasksMade',
    message: [`No task could be made from ${from}`, ...notes].join('\n  '),
    mend: 'Functions need at least two tests that call them by name, in files such as test_x.py or x.test.ts.',
  });
}
