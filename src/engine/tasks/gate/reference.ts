import { sha256 } from '../../domain/hash';
import {
  hashSeeds,
  type Effects,
  type HashSeed,
  type Judge,
  type Program,
} from '../../domain/ports';
import type { Limits, Test } from '../../domain/task';
import { randomOf, shuffled } from '../../domain/random';
import type { Verdict } from '../../domain/verdict';
import type { RejectReason } from './gateReport';

export interface GateOptions {
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
}

export type ReferenceProof =
  | { readonly passed: true; readonly fastestMs: number }
  | {
      readonly passed: false;
      readonly reason: RejectReason;
      readonly verdict: Verdict;
      /** Which run it was. */
      readonly run: string;
    };

/**
 * Runs the reference three times on every test, each time with another seed of Python's hashes and
 * in another order (as given, from the end, shuffled); all must pass. Each run is recorded.
 */
export async function proveReference(
  program: Program,
  tests: readonly Test[],
  limits: Limits,
  options: GateOptions,
): Promise<ReferenceProof> {
  const verdicts: Verdict[] = [];
  for (const hashSeed of hashSeeds) {
    const how = { ...options, ordinal: hashSeed };
    const ordered = inOrder(tests, hashSeed);
    verdicts.push(await recordedVerdict({ ...program, hashSeed }, ordered, limits, how));
  }
  const failed = verdicts.find(({ status }) => status !== 'passed');
  if (!failed) {
    return { passed: true, fastestMs: Math.min(...verdicts.map(({ durationMs }) => durationMs)) };
  }
  const reason =
    failed.status === 'infrastructure'
      ? 'infrastructure'
      : verdicts.some(({ status }) => status === 'passed')
        ? 'flaky'
        : 'referenceFails';
  const run = `run ${String(verdicts.indexOf(failed) + 1)} of ${String(hashSeeds.length)}`;
  return { passed: false, reason, verdict: failed, run };
}

function inOrder(tests: readonly Test[], run: HashSeed): readonly Test[] {
  if (run === 0) return tests;
  return run === 1 ? [...tests].reverse() : shuffled(tests, randomOf(run, 'order of tests'));
}

/** Why a faulty program is no basis for a task; null where it is one. */
export function faultProblem(verdict: Verdict): RejectReason | null {
  switch (verdict.status) {
    case 'passed':
      return 'noFailingTests';
    case 'notCompiled':
    case 'timedOut':
    case 'infrastructure':
      return verdict.status;
    case 'failed':
    case 'crashed':
    case 'outOfMemory':
    case 'outputExceeded':
    case 'noTests':
    case 'tampered':
    case 'cancelled':
      return null;
  }
}

/** A verdict on all tests, recorded under the program itself. */
export function recordedVerdict(
  program: Program,
  tests: readonly Test[],
  limits: Limits,
  options: GateOptions & { readonly ordinal: number },
): Promise<Verdict> {
  const { judge, effects, signal, ordinal } = options;
  const ids = tests.map(({ id }) => id);
  const task = sha256(
    JSON.stringify([program.language, program.source, program.entryPoint, program.judging, ids]),
  );
  const key = { task, sample: 0, turn: 0, kind: 'gate', ordinal };
  return effects.once(key, { program, tests, limits }, async () => {
    const verdict = await judge.judge(program, tests, limits, signal);
    signal.throwIfAborted();
    return verdict;
  });
}
