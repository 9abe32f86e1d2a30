import { isCodeTest, type DifferentialTest, type Limits, type Test } from '../../domain/task';
import { differenceOf, isComparable } from '../../judge/differential/compareCalls';
import { mutateInputs } from '../../judge/differential/mutateInputs';
import { callEach, ReferenceNotCalled } from '../../judge/differential/referenceCalls';
import { showCall, showOutput } from '../../judge/differential/showValue';
import type { CallInput, CallOutput, CodeProgram, LanguageJudge } from '../../judge/languageJudge';
import type { ToldApart } from './gateReport';

/** Calls on which a mutant is compared with its reference before it counts as equal to it. */
export const probes = 200;
/** Seed of their mutation; no differential test of ours has it. */
const probeSeed = 20_053_041;
const mostExamples = 40;

/** The shortest call that tells a mutant apart, and what the reference gives. */
export interface Telling extends ToldApart {
  readonly input: CallInput;
  readonly wanted: CallOutput;
  /** What differs: what the call gives, or its arguments afterwards. */
  readonly what: 'value' | 'after';
}

export interface Probes {
  /** A call on which a mutant differs from the reference; null where none was found. */
  tell(mutant: string, signal: AbortSignal): Promise<Telling | null>;
}

/**
 * Calls that tell mutants from their reference: those that tests make, and 200 made from them by
 * type-aware mutation (EvalPlus, Liu et al. 2023, 2305.01210), with the reference as the oracle.
 * Null where tests make no call with plain data, or the reference answers too few of them.
 */
export async function probesOf(
  reference: CodeProgram,
  tests: readonly Test[],
  options: {
    readonly judge: LanguageJudge;
    readonly limits: Limits;
    readonly signal: AbortSignal;
    readonly count?: number;
    readonly seed?: number;
  },
): Promise<Probes | null> {
  const { judge, limits, count = probes, seed = probeSeed } = options;
  const examples = await exampleCalls(reference, tests, options);
  if (examples.length === 0) return null;
  const mutated = mutateInputs(examples, count, seed, 'probes');
  const { inputs, expected } = await settled(reference, [...examples, ...mutated], options);
  if (expected.size === 0) return null;
  const { language, entryPoint } = reference;
  return {
    async tell(mutant, signal) {
      const called = await judge.callAll({ ...reference, source: mutant }, inputs, limits, signal);
      signal.throwIfAborted();
      const outputs = new Map(called.outputs.map((output) => [output.index, output]));
      const differing: Telling[] = [];
      for (const [place, wanted] of expected) {
        const input = inputs[place] as CallInput;
        const got = outputs.get(place);
        // Calls are made in order: behind one that did not come back none was made.
        if (got === undefined && called.end === 'infrastructure') break;
        const what = got === undefined ? 'value' : differenceOf(wanted, got, language);
        if (what === null) continue;
        differing.push({
          input,
          wanted,
          what,
          call: showCall(entryPoint, input, language),
          expected: showOutput(wanted, language, what),
          actual: got === undefined ? 'does not come to an end' : showOutput(got, language, what),
        });
        if (got === undefined) break;
      }
      return differing.reduce<Telling | null>(
        (best, one) => (best === null || one.call.length < best.call.length ? one : best),
        null,
      );
    },
  };
}

interface Settled {
  readonly inputs: readonly CallInput[];
  /** By place in `inputs`. */
  readonly expected: ReadonlyMap<number, CallOutput>;
}

/**
 * What the reference gives twice, the second time with another seed of string hashes: values, and
 * errors that it raises by name. Errors that just happen say that the input was none for it.
 */
async function settled(
  reference: CodeProgram,
  all: readonly CallInput[],
  { judge, limits, signal }: Parameters<typeof probesOf>[2],
): Promise<Settled> {
  const isMeant = (output: CallOutput | undefined): output is CallOutput =>
    output?.raised === undefined ? isComparable(output) : reference.source.includes(output.raised);
  try {
    const first = await callEach(judge, reference, all, limits, signal);
    const places = [...first.keys()].sort((a, b) => a - b).filter((at) => isMeant(first.get(at)));
    const inputs = places.map((at) => all[at] as CallInput);
    const again = await callEach(judge, { ...reference, hashSeed: 1 }, inputs, limits, signal);
    const expected = new Map<number, CallOutput>();
    places.forEach((at, place) => {
      const [one, other] = [first.get(at), again.get(place)];
      if (!isMeant(one) || !isMeant(other)) return;
      if (differenceOf(one, other, reference.language) === null) expected.set(place, one);
    });
    return { inputs, expected };
  } catch (error) {
    if (error instanceof ReferenceNotCalled) return { inputs: [], expected: new Map() };
    throw error;
  }
}

/** Calls of the entry point that tests make with plain data, each once. */
export async function exampleCalls(
  reference: CodeProgram,
  tests: readonly Test[],
  options: {
    readonly judge: LanguageJudge;
    readonly limits: Limits;
    readonly signal: AbortSignal;
  },
): Promise<DifferentialTest['examples']> {
  const { judge, limits, signal } = options;
  const code = tests.filter(isCodeTest);
  const given = tests.flatMap((test) => (test.kind === 'differential' ? test.examples : []));
  const recorded =
    code.length === 0 ? [] : await judge.recordCalls(reference, code, limits, signal);
  signal.throwIfAborted();
  const all = [...given, ...(recorded as DifferentialTest['examples'])];
  const distinct = new Map(all.map((call) => [JSON.stringify(call), call]));
  return [...distinct.values()].slice(0, mostExamples);
}
