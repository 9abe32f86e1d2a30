import { hashOf } from '../../domain/hash';
import type { DifferentialTest, Limits } from '../../domain/task';
import type { CallInput, CallOutput, CodeProgram, LanguageJudge } from '../languageJudge';
import { differenceOf, isComparable } from './compareCalls';
import { mutateInputs } from './mutateInputs';

/** Inputs to call a program with, in order, and what the reference gave where that is settled. */
export interface ReferenceCalls {
  readonly inputs: readonly CallInput[];
  /** By place in `inputs`; inputs without one are called, because state may depend on them. */
  readonly expected: ReadonlyMap<number, CallOutput>;
}

const maxKept = 64;
/** The reference gets this share of the time, so that a program as fast as it has time enough. */
const shareOfTime = 0.5;
/** How often calling goes on behind an input on which the reference did not end. */
const maxStarts = 4;

/** Calls references on generated inputs, once for each test of a task. */
export class ReferenceCaller {
  private readonly kept = new Map<string, Promise<ReferenceCalls>>();

  of(
    judge: LanguageJudge,
    reference: CodeProgram,
    test: DifferentialTest,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<ReferenceCalls> {
    const { seed, inputs, examples } = test;
    const key = hashOf([reference, seed, inputs, examples, limits]);
    const known = this.kept.get(key);
    if (known) return known;
    const made = callReference(judge, reference, test, limits, signal);
    this.kept.set(key, made);
    const forget = (): void => {
      if (this.kept.get(key) === made) this.kept.delete(key);
    };
    made.then(() => signal.aborted && forget(), forget);
    const oldest = this.kept.keys().next();
    if (this.kept.size > maxKept && oldest.done !== true) this.kept.delete(oldest.value);
    return made;
  }
}

/**
 * Called twice, the second time with another seed of string hashes where the language has one, and
 * only on what the first time could be compared: what differs then is not settled by the input.
 */
async function callReference(
  judge: LanguageJudge,
  reference: CodeProgram,
  test: DifferentialTest,
  limits: Limits,
  signal: AbortSignal,
): Promise<ReferenceCalls> {
  const { examples, seed } = test;
  const mutated = mutateInputs(examples, test.inputs, seed, test.id);
  const all: readonly CallInput[] = [...examples, ...mutated].slice(
    0,
    Math.max(test.inputs, examples.length),
  );
  const timeoutMs = Math.max(1, Math.round(limits.timeoutMs * shareOfTime));
  const bounds = { ...limits, timeoutMs };
  const first = await callEach(judge, reference, all, bounds, signal);
  const inputs = all.filter((_, place) => isComparable(first.get(place)));
  const before = [...first.entries()]
    .filter(([, output]) => isComparable(output))
    .sort(([a], [b]) => a - b)
    .map(([, output]) => output);
  const second = await callEach(judge, { ...reference, hashSeed: 1 }, inputs, bounds, signal);
  const expected = new Map<number, CallOutput>();
  before.forEach((output, place) => {
    const again = second.get(place);
    if (!isComparable(again)) return;
    if (differenceOf(output, again, reference.language) === null) expected.set(place, output);
  });
  return { inputs, expected };
}

/** Outputs by place. An input on which the reference ends is left out, and the next ones follow. */
export async function callEach(
  judge: LanguageJudge,
  program: CodeProgram,
  inputs: readonly CallInput[],
  limits: Limits,
  signal: AbortSignal,
): Promise<Map<number, CallOutput>> {
  const outputs = new Map<number, CallOutput>();
  let from = 0;
  for (let start = 0; start < maxStarts && from < inputs.length && !signal.aborted; start++) {
    const calls = await judge.callAll(program, inputs.slice(from), limits, signal);
    for (const output of calls.outputs) outputs.set(from + output.index, output);
    if (calls.end === 'cancelled' || calls.unloaded) break;
    if (calls.end === 'infrastructure') throw new ReferenceNotCalled(calls.detail ?? calls.end);
    from += calls.outputs.length + 1;
  }
  return outputs;
}

/** The machine kept the reference from being called: neither it nor any program is at fault. */
export class ReferenceNotCalled extends Error {}
