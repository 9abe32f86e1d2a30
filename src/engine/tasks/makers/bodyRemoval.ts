import { faultProblem, recordedVerdict } from '../gate/reference';
import type { TestedFunction } from '../source/testedFunctions';
import { withoutBody } from '../source/withoutBody';
import { splitTests } from '../splitTests';
import type { FromMaker, MakerOptions } from './maker';
import {
  aboutFunction,
  definingOf,
  namedTask,
  oracleTest,
  programOf,
  provenFunction,
} from './provenFunction';

export const bodyRemoval = 'body-removal@1';

/**
 * The task to write a documented function again: its signature and documentation stay, its body is
 * gone. A function without documentation makes none, for nothing would say what it is to do.
 */
export async function removeBody(
  from: TestedFunction,
  options: MakerOptions,
  maker: string = bodyRemoval,
): Promise<FromMaker> {
  if (from.documentation === null) return { tasks: [], refused: [], notes: [] };
  const starter = withoutBody(options.syntax, from);
  if (starter === null) return { tasks: [], refused: [], notes: [] };
  const proven = await provenFunction(from, maker, options);
  if ('failed' in proven) return proven.failed;
  const oracle = await oracleTest(proven, options);
  const whole = oracle === null ? proven : { ...proven, tests: [...proven.tests, oracle] };
  const prompt = `Write the function \`${from.name}\` as its documentation says.\n\n${aboutFunction(from)}`;
  const unsplit = { ...definingOf(whole, prompt), starter };
  const program = programOf(from, starter, proven.judging);
  const verdict = await recordedVerdict(program, proven.tests, proven.limits, {
    ...options,
    ordinal: 0,
  });
  const problem = faultProblem(verdict);
  const split = problem === null ? splitTests(unsplit, verdict) : null;
  const note = { template: true, ...options.note };
  if (split !== null) {
    const task = namedTask(whole, { ...unsplit, tests: split }, maker, options, note);
    return { tasks: [task], refused: [], notes: [] };
  }
  const task = namedTask(whole, unsplit, maker, options, note);
  const saw = verdict.message ?? 'fewer than two tests fail without the body';
  return { tasks: [], refused: [{ task, reason: problem ?? 'fewFailingTests', saw }], notes: [] };
}
