import type { Language, Problem } from '../../domain/task';
import type { Syntax } from '../../syntax/parser';
import type { CodeBlock } from './codeBlocks';
import { readingOf } from './reading';
import { typewritten } from './typewriter';

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
  const pieces = blocks.length > 0 ? blocks.toReversed().map((block) => block.text) : [text];
  const givesBack = (body: string): boolean => /^[ \t]+(?:return|yield)\b|^return\b/m.test(body);
  // A call that shows the use is a statement too.
  const bodies = [...pieces.filter(givesBack), ...pieces.filter((body) => !givesBack(body))];
  for (const given of bodies) {
    const body = typewritten(withoutPrompt(given, problem.prompt));
    if (!beginsBody.test(body.split('\n')[0] ?? '')) continue;
    for (const variant of leveled(body, prompt, language).flatMap((one) =>
      variantsOf(one, isCut),
    )) {
      if (isOnlyDefinitions(variant, of)) continue;
      const program = `${prompt}${variant}\n`;
      const reading = readingOf(syntax, language, program);
      const last = reading.statements.at(-1);
      if (reading.parses && last?.gives.includes(problem.entryPoint) === true) return program;
    }
  }
  return null;
}

/** Functions alone are a program of their own, and no body of another. */
function isOnlyDefinitions(
  body: string,
  { syntax, language }: { readonly syntax: Syntax; readonly language: Language },
): boolean {
  if (!/^\s*(?:def|class|import|from|async|@)\b/.test(body)) return false;
  const { parses, statements } = readingOf(syntax, language, unindented(body));
  return parses && statements.every(({ isImport, node }) => isImport || isNoBody.test(node.type));
}

/** Definitions, and trials of them. */
const isNoBody = /_definition$|_declaration$|^expression_statement$|^assert_statement$/;

/** A Python body as deep as the docstring above it, where it, or its first line, is not so. */
function leveled(body: string, prompt: string, language: Language): string[] {
  if (language !== 'python') return [body];
  const wanted = /^[ \t]*/.exec(prompt.trimEnd().split('\n').at(-1) ?? '')?.[0] ?? '';
  const own = /^[ \t]*/.exec(body)?.[0] ?? '';
  if (own === '' || wanted === '') return [body];
  const lines = body.split('\n');
  const firstMended = [wanted + (lines[0] ?? '').trimStart(), ...lines.slice(1)];
  const allMended = lines.map((line) =>
    line.startsWith(own) ? wanted + line.slice(own.length) : line,
  );
  const texts = [lines, firstMended, allMended].map((some) =>
    some.map((line) => (wanted.includes('\t') ? line : line.replace(/^[ \t]+/, spaced))),
  );
  const even = texts.filter((some) => isEven(some, spaced(wanted).length));
  return [...even, ...texts].map((some) => some.join('\n'));
}

/** Whether each line of a body, up to what stands at the margin, is at a depth that was opened. */
function isEven(lines: readonly string[], depth: number): boolean {
  const depths = [depth];
  let mayOpen = false;
  for (const line of lines) {
    if (line.trim() === '' || /^[ \t]*#/.test(line)) continue;
    const own = spaced(/^[ \t]*/.exec(line)?.[0] ?? '').length;
    if (own === 0) return true;
    if (own > (depths.at(-1) ?? depth) && mayOpen) depths.push(own);
    while (own < (depths.at(-1) ?? 0)) depths.pop();
    if (own !== depths.at(-1) && !mayOpen) return false;
    // What follows may also go on with a bracket or a string.
    mayOpen = !/[\w)\]'"]\s*(?:#.*)?$/.test(line);
  }
  return true;
}

function spaced(indent: string): string {
  return indent.replaceAll('\t', '    ');
}

function unindented(body: string): string {
  const own = /^[ \t]*/.exec(body)?.[0] ?? '';
  return body
    .split('\n')
    .map((line) => (line.startsWith(own) ? line.slice(own.length) : line))
    .join('\n');
}

/** What a statement may begin with, as words in a language of people hardly do. */
const beginsBody = new RegExp(
  [
    '(?:return|yield|if|for|while|with|try|raise|import|from|class|assert|global|nonlocal|pass)\\b',
    '(?:match|async|del|def|const|let|var|function|switch|throw)\\b',
    // To a name, to parts of something, or to several names.
    '[\\w.,*()[\\] ]+ ?(?:[-+*/%&|^@]|\\*\\*|//|<<|>>)?=',
    '\\w+ ?: ?[^=]+=',
    '[\\w.]+\\(',
    '#|//|@\\w|[rbfu]?["\']',
  ]
    .map((begin) => `^\\s*(?:${begin})`)
    .join('|'),
);

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
