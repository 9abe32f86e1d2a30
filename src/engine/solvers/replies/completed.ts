import type { Language, Problem } from '../../domain/task';
import type { Syntax } from '../../syntax/parser';
import type { CodeBlock } from './codeBlocks';
import { readingOf } from './reading';

/**
 * A body alone behind a prompt that is the beginning of the program (HumanEval), up to the first
 * statement that is not part of it. Null where the prompt is of another kind, or no text is a body.
 * A text that was cut (`finish` is `length`) is a body only where something stood behind it.
 */
export function completed(
  text: string,
  blocks: readonly CodeBlock[],
  of: {
    readonly problem: Problem;
    readonly syntax: Syntax;
    readonly language: Language;
    readonly finish: string;
  },
): string | null {
  const { problem, syntax, language, finish } = of;
  if (problem.promptKind !== 'code') return null;
  const prompt = problem.prompt.endsWith('\n') ? problem.prompt : `${problem.prompt}\n`;
  const isCut = blocks.length === 0 && finish === 'length';
  const bodies = blocks.length > 0 ? blocks.toReversed().map((block) => block.text) : [text];
  for (const given of bodies) {
    const body = withoutPrompt(given, problem.prompt);
    if (!beginsBody.test(body.split('\n')[0] ?? '')) continue;
    for (const variant of variantsOf(body, isCut)) {
      const program = `${prompt}${variant}\n`;
      const reading = readingOf(syntax, language, program);
      const last = reading.statements.at(-1);
      if (reading.parses && last?.gives.includes(problem.entryPoint) === true) return program;
    }
  }
  return null;
}

const beginsBody =
  /^\s*(return|yield|if|for|while|with|try|raise|[\w.,[\] ]+ ?=|[\w.]+\(|const|let|#|\/\/|def |"""|''')/;

function withoutPrompt(given: string, prompt: string): string {
  const body = given.startsWith(prompt) ? given.slice(prompt.length) : given;
  return body.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

function variantsOf(body: string, isCut: boolean): string[] {
  const whole = isCut ? [] : [body, `    ${body}`, indented(body)];
  const lines = body.split('\n');
  const upTo = (isOther: RegExp): string[] => {
    const at = lines.findIndex((line, index) => index > 0 && isOther.test(line));
    return at < 0 ? [] : [lines.slice(0, at).join('\n').trimEnd()];
  };
  // Lines at the margin end a body that is indented.
  const bounded = upTo(/^[^\s})]/);
  if (/^\s/.test(body)) return [...bounded, ...whole];
  const begun = upTo(nextStatement).map(indented);
  // The indent of the first line alone was lost.
  const second = lines.slice(1).find((line) => line.trim() !== '') ?? '';
  const isStripped = (/[:{([]\s*$/.test(lines[0] ?? '') ? /^\s{5}/ : /^\s/).test(second);
  const stripped = isStripped ? bounded.map((text) => `    ${text}`) : [];
  return [...whole, ...stripped, ...begun];
}

const nextStatement =
  /^(?:async |export )*(?:def|class|function|assert|print|import|from)\b|^if __name__/;

function indented(body: string): string {
  return body.replace(/^(?=.*\S)/gm, '    ');
}
