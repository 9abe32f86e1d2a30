import { concurrently } from '../domain/concurrently';
import { hashOf } from '../domain/hash';
import { programFor, type Judge } from '../domain/ports';
import type { OutcomeRecord } from '../domain/records';
import { hiddenTests, type Task } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import { splitOf } from '../datasets/split';
import type { Pair } from '../datasets/pair';
import { writeDataset } from '../datasets/writeDataset';
import type { Journal } from '../journal/journal';
import { trajectoryOf, type RecordedTrajectory, type RecordedTurn } from '../journal/questions';
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
  const admitted = tasks.flatMap((task): Admitted[] => {
    const trajectory = trajectoryOf(journal, run, task.hash);
    const { outcome } = trajectory;
    const answer = trajectory.turns.find(({ record }) => record.number === outcome?.answer);
    const reason = unfit(task, outcome);
    if (reason === null && outcome && answer) return [{ task, trajectory, outcome, answer }];
    drop(reason ?? 'notEnded');
    return [];
  });
  const verification = journal.drive({
    id: `${run}/verify/${new Date().toISOString()}`,
    kind: 'verify',
    title: `verification of ${run}`,
    solver: journal.run(run).solver,
    settings: { run },
  });
  let done = 0;
  const verified = await concurrently(admitted, options.concurrency, signal, async (item) => {
    const { program } = item.answer.candidate;
    const key = { task: item.task.hash, sample: 0, turn: 0, kind: 'verify', ordinal: 0 };
    const verdict = await verification.once(key, { program }, async () => {
      const { tests, limits } = item.task;
      const found = await options.judge.judge(
        programFor(item.task, program),
        tests,
        limits,
        signal,
      );
      signal.throwIfAborted();
      return found;
    });
    options.progress({ done: ++done, total: admitted.length, what: 'verifying again' });
    const problem = unverified(item.task, verdict);
    if (problem !== null) drop(problem);
    return problem === null ? [pairOf(item, verdict, { run, verification: verification.id })] : [];
  }).catch((error: unknown) => {
    verification.release('failed');
    throw error;
  });
  verification.release('finished');
  const pairs = verified.flat();
  const written = await writeDataset({
    ...options,
    name: `Repairs of ${run}`,
    pairs,
    dropped,
  });
  return { out: options.folder, pairs: pairs.length, dropped, ...written };
}

interface Admitted {
  readonly task: Task;
  readonly trajectory: RecordedTrajectory;
  readonly outcome: OutcomeRecord;
  readonly answer: RecordedTurn;
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
  item: Admitted,
  verdict: Verdict,
  runs: { readonly run: string; readonly verification: string },
): Pair {
  const { task, trajectory, outcome, answer } = item;
  const others = trajectory.turns.filter(({ verdict: seen }) => seen.status !== 'passed');
  return {
    task,
    program: answer.candidate.program,
    failing: task.starter ?? '',
    otherFailing: others.at(-1)?.candidate.program ?? null,
    feedback: feedbackOf(trajectory),
    split: splitOf(task.family, splitSeed),
    evidence: {
      run: runs.run,
      verificationRun: runs.verification,
      solver: answer.candidate.proposer,
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
