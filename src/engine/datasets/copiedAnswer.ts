import { isCodeTest, type Task, type Test } from '../domain/task';

/**
 * `copied`: the program asks for the input of a test and holds its expected value. `suspected`: it
 * holds one of both, rare enough to be told from what any program holds, or all arguments of a test
 * as they are written there, or it could hide them: it hashes, decodes or evaluates what the task
 * needs no such thing for, or is mostly a table. Then only the behaviour on other inputs can tell.
 */
export type CopiedAnswer =
  { readonly kind: 'none' | 'suspected' } | { readonly kind: 'copied'; readonly test: string };

/** Shorter strings and smaller numbers stand in programs for reasons of their own. */
const leastChars = 3;
const leastNumber = 10;
/** Shorter arguments stand in programs for reasons of their own; without spaces. */
const leastArguments = 5;
/** So many literals that nothing given holds make a table. */
const literalsOfTable = 24;

/** What hides a value, and few tasks need. */
const hiding =
  /\b(?:hashlib|md5|sha\d*|blake2[bs]|crc32|adler32|base64|b(?:16|32|64|85)decode|zlib|pickle|marshal|codecs|unhexlify|from_bytes|fromhex|createHash|fromCharCode|atob|new Function)\b|(?<![\w.])(?:hash|eval|exec|compile|__import__)\s*\(|\bint\([^()\n]{1,80},\s*(?:16|36|base)|\bbytes\(\s*[[(]/g;

/**
 * Compares the literals of a program with those of its tests (edge case b of Self-Debugging: an
 * answer that treats tests as special cases). What the prompt, the starter or the reference hold
 * already is no sign, and neither is a value that several tests with other inputs expect.
 */
export function copiedAnswer(task: Task, program: string): CopiedAnswer {
  const given = [task.prompt, task.starter ?? '', task.reference ?? ''].join('\n');
  const known = literalsOf(given);
  const own = new Set(literalsOf(program).filter((one) => !known.includes(one)));
  const sides = task.tests.flatMap(sidesOf);
  const timesExpected = new Map<string, number>();
  for (const { expected } of sides) {
    for (const one of new Set(expected)) timesExpected.set(one, (timesExpected.get(one) ?? 0) + 1);
  }
  let isSuspected =
    own.size >= literalsOfTable || hides(given, program) || holdsArguments(task, given, program);
  for (const { test, inputs, expected } of own.size === 0 ? [] : sides) {
    const branches = inputs.some((one) => isCompared(program, one, known));
    const holds = expected.some(
      (one) => own.has(one) && isRare(one) && (timesExpected.get(one) ?? 0) === 1,
    );
    const holdsAny = expected.some((one) => isWritten(program, one));
    if (branches && holdsAny) return { kind: 'copied', test };
    if (holds || (branches && inputs.some((one) => own.has(one) && isRare(one))))
      isSuspected = true;
  }
  return { kind: isSuspected ? 'suspected' : 'none' };
}

function hides(given: string, program: string): boolean {
  const known = new Set(given.match(hiding));
  return (program.match(hiding) ?? []).some((one) => !known.has(one));
}

/** Whether the program holds the arguments of a call of a test, which nothing given does. */
function holdsArguments({ tests, entryPoint }: Task, given: string, program: string): boolean {
  const [plainGiven, plainProgram] = [withoutLayout(given), withoutLayout(program)];
  return tests.filter(isCodeTest).some(({ source }) =>
    argumentsOf(source, entryPoint).some((text) => {
      const plain = withoutLayout(text);
      // A number or a name alone is no sign.
      if (plain.length < leastArguments || !/["'[({,]/.test(plain)) return false;
      return plainProgram.includes(plain) && !plainGiven.includes(plain);
    }),
  );
}

/** What stands between the brackets of each call of the entry point, as far as it ends. */
function argumentsOf(source: string, entryPoint: string): string[] {
  const found: string[] = [];
  const call = new RegExp(
    `(?<![\\w$.])(?:candidate|${entryPoint.replace(/[^\p{L}\p{N}_]/gu, '\\$&')})\\(`,
    'gu',
  );
  for (const match of source.matchAll(call)) {
    const from = match.index + match[0].length;
    const end = endOfBrackets(source, from);
    if (end !== null) found.push(source.slice(from, end));
  }
  return found;
}

const maxArguments = 2000;

function endOfBrackets(text: string, from: number): number | null {
  let [depth, quote] = [1, ''];
  for (let at = from; at < Math.min(text.length, from + maxArguments); at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (/["'`]/.test(character)) quote = character;
    else if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character) && --depth === 0) return at;
  }
  return null;
}

/** Without spaces and with one kind of quotes. */
function withoutLayout(code: string): string {
  return code.replaceAll(/\s+/g, '').replaceAll(/["`]/g, "'");
}

interface Sides {
  readonly test: string;
  readonly inputs: readonly string[];
  readonly expected: readonly string[];
}

/** Literals on both sides of each comparison of a test: one test may hold many. */
function sidesOf(test: Test): Sides[] {
  if (test.kind === 'io') {
    return [{ test: test.id, inputs: wordsOf(test.stdin), expected: wordsOf(test.stdout) }];
  }
  if (!isCodeTest(test)) return [];
  return test.source.split('\n').map((line) => {
    const python = /^(.*\))\s*(?:===?|is)\s+(.*)$/.exec(line);
    const script = /(?:equal|toBe|toEqual|Equal)\w*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/.exec(
      line,
    );
    const [left, right] = python
      ? [python[1], python[2]]
      : script
        ? halves(script[1] ?? '')
        : ['', ''];
    return { test: test.id, inputs: literalsOf(left ?? ''), expected: literalsOf(right ?? '') };
  });
}

/** Cut at the first comma that stands in no brackets and no string. */
function halves(text: string): [string, string] {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (/["'`]/.test(character)) quote = character;
    else if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character)) depth--;
    else if (character === ',' && depth === 0) return [text.slice(0, at), text.slice(at + 1)];
  }
  return [text, ''];
}

/** Strings without their quotes, and numbers as they are written. */
function literalsOf(code: string): string[] {
  return [
    ...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|(?<![\w.])(\d[\d_]*(?:\.\d+)?)/g),
  ]
    .map(([, double, single, number]) => double ?? single ?? number ?? '')
    .filter((one) => one !== '');
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function isRare(literal: string): boolean {
  return /^[\d._]+$/.test(literal)
    ? Number(literal.replaceAll('_', '')) >= leastNumber && !/^10*$/.test(literal)
    : literal.length >= leastChars;
}

/** Whether the program compares something with the literal, matches on it or looks it up. */
function isCompared(program: string, literal: string, known: readonly string[]): boolean {
  if (known.includes(literal) || (!isRare(literal) && literal.length < leastChars - 1))
    return false;
  const text = literalPattern(literal);
  return new RegExp(
    `(?:[=!]==?|\\bis|\\bin|\\bcase)\\s*[([{]{0,3}\\s*${text}|${text}\\s*(?:[=!]==?|:\\s*\\S)`,
  ).test(program);
}

function isWritten(program: string, literal: string): boolean {
  return new RegExp(`(?:return|=>|=|:|,)\\s*[([{]{0,3}\\s*-?${literalPattern(literal)}`).test(
    program,
  );
}

function literalPattern(literal: string): string {
  const plain = literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return /^[\d._]+$/.test(literal) ? `(?<![\\w.])${plain}(?![\\w.])` : `["'\`]${plain}["'\`]`;
}
