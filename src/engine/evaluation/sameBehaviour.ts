import type { CodeTest, Limits } from '../domain/task';
import { differenceOf } from '../judge/differential/compareCalls';
import { mutateInputs } from '../judge/differential/mutateInputs';
import type { CodeProgram, LanguageJudge } from '../judge/languageJudge';

export interface Behaviour {
  /** Null where too few inputs could be compared to say. */
  readonly same: boolean | null;
  /** Inputs on which both gave something comparable. */
  readonly compared: number;
}

const generatedInputs = 100;
const minCompared = 10;

/**
 * Whether a program does what the reference does on generated inputs. Each runs alone in the
 * sandbox, and what they gave is compared here, so neither can see the other's answers.
 */
export async function sameBehaviour(options: {
  readonly judge: LanguageJudge;
  readonly reference: CodeProgram;
  readonly program: CodeProgram;
  readonly tests: readonly CodeTest[];
  readonly limits: Limits;
  readonly seed: number;
  readonly key: string;
  readonly signal: AbortSignal;
}): Promise<Behaviour> {
  const { judge, reference, program, tests, limits, signal } = options;
  const given = await judge.recordCalls(reference, tests, limits, signal);
  const inputs = [...given, ...mutateInputs(given, generatedInputs, options.seed, options.key)];
  const [{ outputs: expected }, { outputs: actual }] = await Promise.all([
    judge.callAll(reference, inputs, limits, signal),
    judge.callAll(program, inputs, limits, signal),
  ]);
  signal.throwIfAborted();
  const actualByIndex = new Map(actual.map((output) => [output.index, output]));
  let compared = 0;
  for (const output of expected) {
    if (output.opaque === true) continue;
    const other = actualByIndex.get(output.index);
    // Calls run in order: one that is missing was not reached, or the program ended in it.
    if (other && other.opaque !== true) compared++;
    if (other && differenceOf(output, other, program.language) !== null)
      return { same: false, compared };
    if (!other && actual.length < expected.length) return { same: false, compared };
  }
  return { same: compared < minCompared ? null : true, compared };
}
