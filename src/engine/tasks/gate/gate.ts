import { taskHash } from '../../domain/hash';
import type { Judge } from '../../domain/ports';
import type { Language, Task } from '../../domain/task';
import type { LanguageJudge } from '../../judge/languageJudge';
import { settleJudging } from '../../judge/settleJudging';
import type { Syntax } from '../../syntax/parser';
import {
  gateVersion,
  type Difficulty,
  type GateReport,
  type GateState,
  type GateStep,
  type MutationSummary,
  type RejectReason,
  type StepRecord,
} from './gateReport';
import { codeProgram, leastScores, proofOf, referenceText, runOptions, type Proof } from './proof';
import { dependence, novelty, parses, Rejected, stubs, testsText } from './steps';
import type { Strength } from './strength';
import type { TaskPool } from './taskPool';
import { usefulTests } from './usefulTests';
import { howMany } from '../../domain/howMany';

export interface GateOptions {
  readonly judge: Judge;
  readonly languageJudge: (language: Language) => LanguageJudge;
  readonly syntax: Syntax;
  readonly seed: number;
  /** Programs judged at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** What was let in so far; the caller adds to it. */
  readonly pool: TaskPool;
  /**
   * What a task, as it is now and as it was given, shares with sets that are held out; null where
   * it shares nothing.
   */
  readonly contamination: (task: Task, given: Task) => Contaminated | null;
  /** Estimates how often a solver solves it; where there is none the step is skipped. */
  readonly difficulty?: (task: Task) => Promise<Difficulty>;
  /** Strengths of references and tests that came before: tasks of one function share them. */
  readonly known?: Map<string, Promise<Proof>>;
}

export interface Contaminated {
  readonly reason: 'contaminated' | 'heldOut';
  readonly saw: string;
}

export interface Gated {
  /** With tests of no use left out, its judging settled and its family assigned. */
  readonly task: Task;
  readonly report: GateReport;
}

/**
 * The gate that each task must pass before anything is measured on it or learned from it. Each
 * step tells what it saw; the first that fails ends the way, and its reason is the task's.
 */
export async function throughGate(given: Task, options: GateOptions): Promise<Gated> {
  const steps: StepRecord[] = [];
  const told = (step: GateStep, saw: string, outcome: StepRecord['outcome'] = 'passed'): void => {
    steps.push({ step, outcome, saw });
  };
  let task = given;
  let mutation: MutationSummary | undefined;
  let difficulty: Difficulty | undefined;
  let dropped: readonly string[] = [];
  let state: GateState = 'admitted';
  const report = (end: GateState, reason?: RejectReason): GateReport => ({
    version: gateVersion,
    state: end,
    ...(reason === undefined ? {} : { reason }),
    steps,
    ...(mutation === undefined ? {} : { mutation }),
    droppedTests: dropped,
    ...(difficulty === undefined ? {} : { difficulty }),
  });
  try {
    told('parses', parses(task, options.syntax));
    task = await settled(task, options);
    const reference = codeProgram(task);
    const proof = await proofOf(task, reference, options);
    if (!proof.passed && proof.step === 'reference') {
      throw new Rejected(proof.step, proof.reason, proof.saw);
    }
    told('reference', proof.passed ? referenceText(proof.fastestMs) : referenceText(null));
    told('stubs', await stubs(task, options));
    if (proof.strength) mutation = summaryOf(proof.strength);
    if (!proof.passed) throw new Rejected(proof.step, proof.reason, proof.saw);
    state = strengthState(proof.strength);
    told('strength', proof.saw);
    const kept = await usefulTests(
      task,
      reference,
      proof.strength,
      runOptions(task, proof.fastestMs, options),
    );
    dropped = kept.dropped;
    task = withTests(task, kept.tests);
    told('tests', testsText(task, dropped));
    told('dependence', dependence(task, options.syntax));
    task = withFamily(task, options.pool);
    told('novelty', novelty(task, options.pool));
    const shared = options.contamination(task, given);
    if (shared) throw new Rejected('contamination', shared.reason, shared.saw);
    told('contamination', 'shares nothing with what is held out');
    told(
      'family',
      task.family === given.family ? task.family : `${task.family}, that of its parent`,
    );
    if (options.difficulty) {
      difficulty = await options.difficulty(task);
      const { solver, solved, samples } = difficulty;
      told('difficulty', `${solver} solved ${String(solved)} of ${howMany(samples, 'sample')}`);
    } else told('difficulty', 'no solver was given', 'skipped');
    return { task, report: report(state) };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    told(error.step, error.saw, 'failed');
    return { task, report: report('rejected', error.reason) };
  }
}

async function settled(task: Task, { judge, signal }: GateOptions): Promise<Task> {
  if (task.judging !== undefined) return task;
  const judging = await settleJudging(task, judge, signal);
  signal.throwIfAborted();
  if (judging === undefined) return task;
  const defining = { ...task, judging };
  return { ...defining, hash: taskHash(defining) };
}

function strengthState({ score }: MutationSummary): GateState {
  return score >= leastScores.admitted ? 'admitted' : 'trainingOnly';
}

function summaryOf(strength: Strength): MutationSummary {
  const { mutants, killed, killedByWritten, likelyEquivalent, score, survivors } = strength;
  return { mutants, killed, killedByWritten, likelyEquivalent, score, survivors };
}

function withTests(task: Task, tests: Task['tests']): Task {
  if (tests.length === task.tests.length) return task;
  const defining = { ...task, tests };
  return { ...defining, hash: taskHash(defining) };
}

/** Children inherit the family of the task that they were made from. */
function withFamily(task: Task, pool: TaskPool): Task {
  const { parent } = task.source;
  const family = parent === null ? undefined : pool.family(parent);
  return family === undefined ? task : { ...task, family };
}
