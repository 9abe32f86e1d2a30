import { hashOf } from '../../domain/hash';
import { hashSeeds, programFor } from '../../domain/ports';
import type { Language, Task } from '../../domain/task';
import type { CodeProgram } from '../../judge/languageJudge';
import type { GateOptions } from './gate';
import type { RejectReason } from './gateReport';
import { proveReference } from './reference';
import { strengthOf, strengthText, type Strength } from './strength';
import { unrecorded } from '../../domain/unrecorded';

/** Least mutation scores: to measure by, and to learn from. */
export const leastScores = { admitted: 0.8, trainingOnly: 0.6 } as const;

/** What the reference and the tests of a task are worth, whatever its starter and its text. */
export type Proof =
  | {
      readonly passed: true;
      readonly fastestMs: number;
      readonly saw: string;
      readonly strength: Strength;
    }
  | {
      readonly passed: false;
      readonly step: 'reference' | 'strength';
      readonly reason: RejectReason;
      readonly saw: string;
      readonly strength?: Strength;
    };

/** The proof of a reference with its tests, made once for all tasks that share both. */
export function proofOf(task: Task, reference: CodeProgram, options: GateOptions): Promise<Proof> {
  const key = hashOf([reference, task.tests.map(({ role: _, ...test }) => test), task.limits]);
  const known = options.known?.get(key);
  if (known) return known;
  const made = prove(task, reference, options);
  options.known?.set(key, made);
  made.catch(() => options.known?.delete(key));
  return made;
}

async function prove(task: Task, reference: CodeProgram, options: GateOptions): Promise<Proof> {
  const { tests, limits } = task;
  const proven = await proveReference(reference, tests, limits, {
    ...options,
    effects: unrecorded,
  });
  if (!proven.passed) {
    const failing = proven.verdict.tests.find(
      ({ outcome }) => outcome !== 'passed' && outcome !== 'notRun',
    );
    const saw = [proven.run, failing?.id, proven.verdict.message].filter(Boolean).join(': ');
    return { passed: false, step: 'reference', reason: proven.reason, saw };
  }
  const { fastestMs } = proven;
  const strength = await strengthOf(reference, tests, runOptions(task, fastestMs, options));
  const saw = strengthText(strength);
  if (strength.mutants === 0) {
    return {
      passed: false,
      step: 'strength',
      reason: 'noMutants',
      saw: 'nothing in the reference can be changed by one edit',
    };
  }
  if (strength.score < leastScores.trainingOnly) {
    return { passed: false, step: 'strength', reason: 'weakTests', saw, strength };
  }
  return { passed: true, fastestMs, saw, strength };
}

export function runOptions(task: Task, referenceMs: number, options: GateOptions) {
  const { judge, syntax, concurrency, signal, seed } = options;
  const languageJudge = options.languageJudge(task.language as Language);
  return {
    judge,
    syntax,
    concurrency,
    signal,
    seed,
    languageJudge,
    limits: task.limits,
    referenceMs,
  };
}

export function referenceText(fastestMs: number | null): string {
  const runs = `passed ${String(hashSeeds.length)} times, in different orders, with hash seeds ${hashSeeds.join(', ')}`;
  return fastestMs === null ? runs : `${runs}; ${fastestMs.toFixed(0)} ms`;
}

export function codeProgram(task: Task): CodeProgram {
  return { ...programFor(task, task.reference ?? ''), language: task.language as Language };
}
