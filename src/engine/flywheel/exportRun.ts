import { hashOf } from '../domain/hash';
import type { Judge } from '../domain/ports';
import type { OutcomeRecord } from '../domain/records';
import { hiddenTests, type Task } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import { splitOf } from '../datasets/split';
import type { Pair } from '../datasets/pair';
import { writeDataset } from '../datasets/writeDataset';
import type { Journal } from '../journal/journal';
import { trajectoryOf, type RecordedTrajectory } from '../journal/questions';
import type { ExportResult, ProgressListener } from './workbench';

export interface ExportOptions {
  readonly journal: Journal;
  readonly judge: Judge;
  readonly run: string;
  readonly folder: string;
  readonly version: string;
  readonly concurrency: number;
  readonly progress: ProgressListener;
  readonly signal: AbortSignal;
}

/** A verdict that took more of its time limit might have gone the other way on a slower day. */
const maxShareOfTime = 0.8;
const splitSeed = 1;

/**
 * Dataset of a run: each solved task is judged again on all its tests, in a run of its own that
 * is never answered from the journal, and becomes a pair only if it passes once more.
 */
export async function exportRun(options: ExportOptions): Promise<ExportResult> {
  const { journal, run, signal } = options;
  const tasks = journal.tasksOf(run);
  const dropped: Record<string, number> = {};
  const drop = (reason: string): void => {
    dropped[reason] = (dropped[reason] ?? 0) + 1;
  };
  const admitted: { task: Task; trajectory: RecordedTrajectory; outcome: OutcomeRecord }[] = [];
  for (const task of tasks) {
    const trajectory = trajectoryOf(journal, run, task.hash);
    const reason = unfit(task, trajectory.outcome);
    if (reason !== null || !trajectory.outcome) drop(reason ?? 'notEnded');
    else admitted.push({ task, trajectory, outcome: trajectory.outcome });
  }
  const verification = journal.drive({
    id: `${run}/verify/${new Date().toISOString()}`,
    kind: 'verify',
    title: `verification of ${run}`,
    solver: journal.run(run).solver,
    settings: { run },
  });
  const pairs: Pair[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let place = next++; place < admitted.length; place = next++) {
      const item = admitted[place];
      if (!item) return;
      signal.throwIfAborted();
      const answer = item.trajectory.turns.find(
        ({ record }) => record.number === item.outcome.answer,
      );
      if (!answer) continue;
      const { program } = answer.candidate;
      const key = { task: item.task.hash, sample: 0, turn: 0, kind: 'verify', ordinal: 0 };
      const verdict = await verification.once(key, { program }, async () => {
        const found = await options.judge.judge(
          { ...programOf(item.task), source: program },
          item.task.tests,
          item.task.limits,
          signal,
        );
        signal.throwIfAborted();
        return found;
      });
      const problem = unverified(item.task, verdict);
      if (problem === null) {
        pairs[place] = pairOf(item, program, verdict, { run, verification: verification.id });
      } else drop(problem);
      options.progress({ done: ++done, total: admitted.length, what: 'verifying again' });
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency }, work));
  } catch (error) {
    verification.release('failed');
    throw error;
  }
  verification.release('finished');
  const kept = pairs.filter((pair) => pair !== undefined);
  const written = await writeDataset({
    ...options,
    name: `Repairs of ${run}`,
    pairs: kept,
    dropped,
  });
  return { out: options.folder, pairs: kept.length, dropped, ...written };
}

function unfit(task: Task, outcome: OutcomeRecord | undefined): string | null {
  if (!outcome) return 'notEnded';
  if (outcome.stop === 'infrastructure') return 'infrastructure';
  if (!outcome.solvedVisible) return 'notSolved';
  if (hiddenTests(task).length === 0 || task.starter === undefined) return 'noHiddenTests';
  if (outcome.passedHidden === null) return 'infrastructure';
  return outcome.passedHidden ? null : 'failsHidden';
}

function unverified(task: Task, verdict: Verdict): string | null {
  if (verdict.status === 'infrastructure') return 'infrastructure';
  if (verdict.status !== 'passed') return 'notVerifiedAgain';
  return verdict.durationMs > maxShareOfTime * task.limits.timeoutMs ? 'nearTimeLimit' : null;
}

function pairOf(
  item: { task: Task; trajectory: RecordedTrajectory; outcome: OutcomeRecord },
  program: string,
  verdict: Verdict,
  runs: { readonly run: string; readonly verification: string },
): Pair {
  const { task, trajectory, outcome } = item;
  const others = trajectory.turns.filter(({ verdict: seen }) => seen.status !== 'passed');
  const answer = trajectory.turns.find(({ record }) => record.number === outcome.answer);
  return {
    task,
    program,
    failing: task.starter ?? '',
    otherFailing: others.at(-1)?.candidate.program ?? null,
    feedback: feedbackOf(trajectory),
    split: splitOf(task.family, splitSeed),
    evidence: {
      run: runs.run,
      verificationRun: runs.verification,
      solver: answer?.candidate.proposer ?? 'unknown',
      stop: outcome.stop,
      candidates: outcome.candidates,
      verdict,
      testsHash: hashOf(task.tests),
    },
  };
}

/** What the visible tests said of the failing program, the one that the row shows. */
function feedbackOf({ start }: RecordedTrajectory): string {
  const failing = start?.tests.filter(({ outcome }) => outcome !== 'passed') ?? [];
  return failing
    .map(({ id, statement, expected, actual, message }) =>
      [
        `${id} fails`,
        statement && `    ${statement}`,
        expected === undefined ? message : `    expected ${expected}, got ${actual ?? ''}`,
      ]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n');
}

function programOf(task: Task) {
  return {
    language: task.language,
    entryPoint: task.entryPoint,
    ...(task.support === undefined ? {} : { support: task.support }),
  };
}
