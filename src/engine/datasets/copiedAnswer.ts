import { isCodeTest, type Task, type Test } from '../domain/task';

/**
 * `copied`: the program asks for the input of a test and holds its expected value. `suspected`: it
 * holds one of both, rare enough to be told from what any program holds. Then only the behaviour
 * on other inputs can tell.
 */
export type CopiedAnswer =
  { readonly kind: 'none' } | { readonly kind: 'copied' | 'suspected'; readonly test: string };

/** Shorter strings and smaller numbers stand in programs for reasons of their own. */
const leastChars = 3;
const leastNumber = 10;

/**
 * Compares the literals of a program with those of its tests (edge case b of Self-Debugging: an
 * answer that treats tests as special cases). What the prompt, the starter or the reference hold
 * already is no sign, and neither is a value that several tests with other inputs expect.
 */
export function copiedAnswer(task: Task, program: string): CopiedAnswer {
  const known = literalsOf([task.prompt, task.starter ?? '', task.reference ?? ''].join('\n'));
  const own = new Set(literalsOf(program).filter((one) => !known.includes(one)));
  if (own.size === 0) return { kind: 'none' };
  const sides = task.tests.map(sidesOf);
  const timesExpected = new Map<string, number>();
  for (const { expected } of sides) {
    for (const one of new Set(expected)) timesExpected.set(one, (timesExpected.get(one) ?? 0) + 1);
  }
  let suspected: string | null = null;
  for (const { test, inputs, expected } of sides) {
    const branches = inputs.some((one) => isCompared(program, one, known));
    const holds = expected.some(
      (one) => own.has(one) && isRare(one) && (timesExpected.get(one) ?? 0) === 1,
    );
    const holdsAny = expected.some((one) => isWritten(program, one));
    if (branches && holdsAny) return { kind: 'copied', test };
    if (holds || (branches && inputs.some((one) => own.has(one) && isRare(one))))
      suspected ??= test;
  }
  return suspected === null ? { kind: 'none' } : { kind: 'suspected', test: suspected };
}

interface Sides {
  readonly test: string;
  readonly inputs: readonly string[];
  readonly expected: readonly string[];
}

/** Literals on both sides of the comparisons of a test. */
function sidesOf(test: Test): Sides {
  if (test.kind === 'io') {
    return { test: test.id, inputs: wordsOf(test.stdin), expected: wordsOf(test.stdout) };
  }
  if (!isCodeTest(test)) return { test: test.id, inputs: [], expected: [] };
  const inputs: string[] = [];
  const expected: string[] = [];
  for (const line of test.source.split('\n')) {
    const python = /^(.*\))\s*(?:===?|is)\s+(.*)$/.exec(line);
    const script = /(?:equal|toBe|toEqual|Equal)\w*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/.exec(
      line,
    );
    const [left, right] = python
      ? [python[1], python[2]]
      : script
        ? halves(script[1] ?? '')
        : ['', ''];
    inputs.push(...literalsOf(left ?? ''));
    expected.push(...literalsOf(right ?? ''));
  }
  return { test: test.id, inputs, expected };
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
