import { canonicalJson } from '../domain/json';
import { programFor } from '../domain/ports';
import { isCodeTest, isOurs, type Problem, type Test } from '../domain/task';
import type { LanguageJudge } from '../judge/languageJudge';
import { literalOf } from '../judge/differential/literalOf';
import { mutateInputs } from '../judge/differential/mutateInputs';
import { writeCall } from '../judge/differential/writeCall';
import type { Behaviours } from '../solvers/search/choose';

const generatedInputs = 40;
const mostGiven = 20;

/**
 * What programs give on the calls of the visible tests and on calls made from them, each alone in
 * the sandbox: by program, one expression of its language a call, or what it raises, `?ended`
 * from the call on that ended it; null for a program that answered none. Calls that no test could hold are null. Null where no call could
 * be recorded. Nothing hidden is used.
 */
export async function behavioursOf(
  judge: LanguageJudge,
  problem: Problem,
  programs: readonly string[],
  signal: AbortSignal,
): Promise<Behaviours | null> {
  const { language, tests, limits, entryPoint, hash } = problem;
  const [first] = programs;
  if (!isOurs(language) || first === undefined) return null;
  const codeProgram = (source: string) => ({ ...programFor(problem, source), language });
  const codeTests = (tests as readonly Test[]).filter(isCodeTest);
  const given = await judge.recordCalls(codeProgram(first), codeTests, limits, signal);
  const inputs = [...given.slice(0, mostGiven), ...mutateInputs(given, generatedInputs, 1, hash)];
  if (inputs.length === 0) return null;
  const answers = await Promise.all(
    programs.map(async (source) => {
      const { outputs } = await judge.callAll(codeProgram(source), inputs, limits, signal);
      const told = outputs.map(({ value, raised, opaque }) => {
        if (raised !== undefined) return `raises ${raised}`;
        if (opaque === true) return '?';
        // What has no literal is still told apart.
        return literalOf(value ?? null, language) ?? `?${canonicalJson(value ?? null)}`;
      });
      return told.length === 0 ? null : [...told, ...inputs.slice(told.length).map(() => '?ended')];
    }),
  );
  signal.throwIfAborted();
  return { calls: inputs.map((input) => writeCall(entryPoint, input, language)), answers };
}
