import { heldOutWarnings } from '../evaluation/heldOut';
import { evaluationOf, type EvaluationInput } from '../evaluation/evaluation';
import { byTask } from '../evaluation/metrics/byTask';
import { compareWith } from '../evaluation/metrics/comparison';
import { isRight, type Attempt } from '../evaluation/attempt';
import { render } from '../evaluation/report/render';
import { sheetOf } from '../evaluation/report/sheetOf';
import { UserError } from '../domain/errors';
import { attemptsOf, type Measured } from './attemptsOf';
import type { EvaluationEngine } from './judgeOnDemand';
import { HeldOutSets } from './heldOutSets';
import { trainedBefore } from './trainedOn';
import type { EvaluateRequest, EvaluateResult, ProgressListener } from './workbench';

const defaultKs = [1, 5, 10];
const defaultSeed = 1;

/** Measures one thing from every side, compares it with others, and writes the report. */
export async function evaluate(
  engine: EvaluationEngine,
  request: EvaluateRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<EvaluateResult> {
  const seed = request.seed ?? defaultSeed;
  const one = await attemptsOf(engine, request, progress, signal);
  const others: Measured[] = [];
  for (const source of request.compare ?? []) {
    others.push(await attemptsOf(engine, source, progress, signal));
  }
  const { baseline } = request;
  const pool =
    baseline === undefined ? null : await attemptsOf(engine, { run: baseline }, progress, signal);
  if (pool && !pool.drawsSamples) throw noSamples(baseline ?? '');
  signal.throwIfAborted();
  // Results know tasks by name only, so then all are told by name.
  const byName = [one, ...others].some(({ tasks }) => tasks === null);
  const attemptsIn = ({ attempts }: Measured): readonly Attempt[] =>
    byName ? attempts.map((attempt) => ({ ...attempt, task: attempt.taskId })) : attempts;
  const input: EvaluationInput = {
    ...one,
    attempts: attemptsIn(one),
    ks: [...new Set(request.k ?? defaultKs)].sort((a, b) => a - b),
    seed,
    // Of another run's samples there are as many as it has, whoever repaired.
    ...(pool ? { pool: byTask(attemptsIn(pool)), drawsSamples: true } : {}),
  };
  const evaluation = evaluationOf(input);
  const contestant = (measured: Measured) => ({
    name: measured.name,
    tasks: byTask(attemptsIn(measured).filter((attempt) => isRight(attempt) !== null)),
  });
  const comparisons = compareWith(contestant(one), others.map(contestant), seed);
  const held = await heldOut(engine, one, others, request.freeze);
  const sheet = sheetOf(evaluation, comparisons, held.warnings);
  return {
    evaluation,
    comparisons,
    warnings: held.warnings,
    heldOut: held.set,
    judged: [one, ...others, ...(pool ? [pool] : [])].reduce((sum, { judged }) => sum + judged, 0),
    closing: sheet.closing,
    report: render(sheet, request.format ?? 'text'),
  };
}

/**
 * Counts the look at a held-out set, one for each thing that was measured on it, and says what makes
 * it worth less: whichever of those compared may have been trained on these tasks.
 */
async function heldOut(
  engine: EvaluationEngine,
  { tasks, name, begunAt }: Measured,
  others: readonly Measured[],
  freeze: string | undefined,
): Promise<{ readonly warnings: readonly string[]; readonly set: EvaluateResult['heldOut'] }> {
  if (tasks === null) {
    if (freeze === undefined) return { warnings: [], set: null };
    throw new UserError({
      code: 'badUsage',
      message: 'A results file does not hold its tasks, so they cannot be frozen',
      mend: 'Freeze the tasks of a run: --run ID --freeze NAME.',
    });
  }
  const now = new Date();
  const sets = await HeldOutSets.open(engine.journal.file);
  if (freeze !== undefined) await sets.freeze(freeze, tasks, now);
  let set = await sets.look(tasks, name, now);
  for (const other of others) {
    const looked = other.tasks && (await sets.look(other.tasks, other.name, now));
    if (looked && looked.hash === set?.hash) set = looked;
  }
  const begun = [begunAt, ...others.map((other) => other.begunAt)];
  const latest = Math.max(...begun.map((at) => at ?? now.getTime()));
  const trained = await trainedBefore(engine.journal, latest);
  return {
    warnings: heldOutWarnings(tasks, sets.all(), trained),
    set: set && { name: set.name, hash: set.hash, looks: set.looks.length },
  };
}

function noSamples(run: string): UserError {
  return new UserError({
    code: 'badUsage',
    message: `--baseline ${run}: a search draws no independent samples`,
    mend: 'Name a run of a chat model with several samples of each task.',
  });
}
