import type { CodeTest, Limits } from '../domain/task';
import { differenceOf, isComparable } from '../judge/differential/compareCalls';
import { mutateInputs } from '../judge/differential/mutateInputs';
import { callEach } from '../judge/differential/referenceCalls';
import type { CallInput, CallOutput, CodeProgram, LanguageJudge } from '../judge/languageJudge';

export interface SpecialCases {
  /** Inputs of tests around which the reference could be asked. */
  readonly asked: number;
  /** Of those the ones that the program answers, with nothing around them. */
  readonly special: number;
}

/** Calls of tests that are looked at, and inputs near each. */
const mostGiven = 24;
const nearEach = 8;
/** With fewer comparable inputs near one, nothing is said of it. */
const leastNear = 4;

/** What the reference gives on inputs of tests and near them: made once for all programs of a task. */
export interface NearCalls {
  readonly groups: readonly { readonly first: number; readonly near: readonly number[] }[];
  readonly inputs: readonly CallInput[];
  /** By place in `inputs`; what could not be told is missing. */
  readonly expected: ReadonlyMap<number, CallOutput>;
}

interface Asked {
  readonly judge: LanguageJudge;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** Calls a reference on inputs of the tests and on up to eight near each, made by small changes. */
export async function nearCalls(
  reference: CodeProgram,
  tests: readonly CodeTest[],
  { seed, key }: { readonly seed: number; readonly key: string },
  { judge, limits, signal }: Asked,
): Promise<NearCalls> {
  const recorded = unique(await judge.recordCalls(reference, tests, limits, signal));
  const known = new Set(recorded.map((input) => JSON.stringify(input)));
  const inputs: CallInput[] = [];
  const groups = spreadOver(recorded, mostGiven).map((input, place) => {
    const first = inputs.push(input) - 1;
    const made = mutateInputs([input], nearEach, seed, `${key} ${String(place)}`);
    // What another test asks for is answered by a table too.
    const near = made
      .filter((one) => !known.has(JSON.stringify(one)))
      .map((one) => inputs.push(one) - 1);
    return { first, near };
  });
  const expected = await callEach(judge, reference, inputs, limits, signal);
  signal.throwIfAborted();
  return { groups, inputs, expected };
}

/**
 * How many inputs of tests a program treats as special cases, whatever it hides them in: it gives
 * what the reference gives there, and something else on all inputs near by on which the reference
 * gives a value. Each runs alone in the sandbox, and what they gave is compared here.
 */
export async function specialCases(
  program: CodeProgram,
  { groups, inputs, expected }: NearCalls,
  { judge, limits, signal }: Asked,
): Promise<SpecialCases> {
  if (expected.size === 0) return { asked: 0, special: 0 };
  const actual = await callEach(judge, program, inputs, limits, signal);
  signal.throwIfAborted();
  const isSame = (place: number): boolean | null => {
    const [right, own] = [expected.get(place), actual.get(place)];
    if (!isComparable(right) || own === undefined) return null;
    return differenceOf(right, own, program.language) === null;
  };
  let [asked, special] = [0, 0];
  for (const { first, near } of groups) {
    const found = near.flatMap((place) => isSame(place) ?? []);
    if (isSame(first) !== true || found.length < leastNear) continue;
    asked++;
    if (found.every((same) => !same)) special++;
  }
  return { asked, special };
}

function unique(inputs: readonly CallInput[]): CallInput[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}

/** At most so many, from all places: tests of one kind stand together. */
function spreadOver<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, at) => items[Math.floor((at * items.length) / most)] as T,
  );
}
