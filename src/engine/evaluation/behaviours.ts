import { canonicalJson } from '../domain/json';
import { programFor } from '../domain/ports';
import { isCodeTest, isOurs, type Problem, type Test } from '../domain/task';
import type { CallInput, LanguageJudge } from '../judge/languageJudge';
import { mutateInputs } from '../judge/differential/mutateInputs';

const generatedInputs = 40;
const mostGiven = 20;
const longestAnswer = 80;

/**
 * What programs give on the calls of the visible tests and on calls made from them, each alone in
 * the sandbox: by program, one text a call; null for a program that did not answer all. Null where
 * no call could be recorded. Nothing hidden is used.
 */
export async function behavioursOf(
  judge: LanguageJudge,
  problem: Problem,
  programs: readonly string[],
  signal: AbortSignal,
): Promise<{ calls: readonly string[]; answers: readonly (readonly string[] | null)[] } | null> {
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
      return outputs.length < inputs.length
        ? null
        : outputs.map(({ value, raised, opaque }) => {
            if (raised !== undefined) return `raises ${raised}`;
            return opaque === true ? '?' : plain(canonicalJson(value ?? null));
          });
    }),
  );
  signal.throwIfAborted();
  return { calls: inputs.map((input) => callText(entryPoint, input)), answers };
}

function callText(entryPoint: string, { args }: CallInput): string {
  const list = Array.isArray(args) ? args : [args];
  return `${entryPoint}(${list.map((one) => plain(JSON.stringify(one))).join(', ')})`;
}

function plain(text: string): string {
  return text.length > longestAnswer ? `${text.slice(0, longestAnswer - 1)}…` : text;
}
