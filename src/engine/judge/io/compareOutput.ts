import { isUtf8 } from 'node:buffer';
import type { IoComparison } from '../../domain/task';
import { shorten } from '../bounded';

/** Where what a program printed is first not what was expected. */
export interface OutputDifference {
  /** Line of what was printed, from 1. */
  readonly line: number;
  readonly message: string;
  /** That line of either side, bounded; of `actual` the part that differs. */
  readonly expected: string;
  readonly actual: string;
}

const maxShownChars = 400;
const nothing = '(nothing)';

/**
 * Compares what a program printed with what was expected; null where they are the same.
 * `exact`: byte for byte, one line end at the very end of either left out. `tokens`: the words
 * between white space. `tolerance`: as `tokens`, but two numbers may differ by as much, absolutely
 * or relative to the larger of them.
 */
export function compareOutput(
  expected: string,
  printed: Buffer,
  comparison: IoComparison = 'tokens',
): OutputDifference | null {
  if (comparison === 'exact') return compareExactly(Buffer.from(expected, 'utf8'), printed);
  const isSame =
    comparison === 'tokens'
      ? (a: string, b: string): boolean => a === b
      : (a: string, b: string): boolean => isSameNumber(a, b, comparison.tolerance);
  // Byte by byte: read as text, bytes that are none would look like others that are none.
  return compareTokens(asBytes(Buffer.from(expected, 'utf8')), asBytes(printed), isSame);
}

/** A text of one character for each byte. */
function asBytes(bytes: Buffer): string {
  return bytes.toString('latin1');
}

/** What such a text says; where it is no UTF-8, with its bytes as they are written in programs. */
function readable(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return text.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

function compareExactly(expected: Buffer, printed: Buffer): OutputDifference | null {
  const [want, got] = [withoutLastLineEnd(expected), withoutLastLineEnd(printed)];
  if (want.equals(got)) return null;
  const most = Math.max(want.length, got.length);
  let place = 0;
  while (place < most && want[place] === got[place]) place++;
  const line = linesBefore(got, place) + 1;
  const [expectedLine, actualLine] = [want, got].map((side) => lineAt(side, place));
  return {
    line,
    expected: show(expectedLine ?? ''),
    actual: show(actualLine ?? ''),
    message: `line ${String(line)} of the output differs: expected ${quoted(expectedLine)}, got ${quoted(actualLine)}`,
  };
}

function withoutLastLineEnd(bytes: Buffer): Buffer {
  if (bytes.at(-1) !== 10) return bytes;
  return bytes.subarray(0, bytes.at(-2) === 13 ? -2 : -1);
}

function linesBefore(bytes: Buffer, place: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < place; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** The whole line around a place, but of a long one only the part from shortly before it. */
function lineAt(bytes: Buffer, place: number): string {
  const before = place === 0 ? -1 : bytes.lastIndexOf(10, place - 1);
  const after = bytes.indexOf(10, place);
  const from = Math.max(before + 1, place - maxShownChars / 2);
  const to = Math.min(after < 0 ? bytes.length : after, from + maxShownChars);
  return bytes.toString('utf8', from, Math.max(from, to));
}

interface Token {
  readonly text: string;
  readonly line: number;
}

/** Both sides as texts of one character for each byte. */
function compareTokens(
  expected: string,
  printed: string,
  isSame: (a: string, b: string) => boolean,
): OutputDifference | null {
  const wanted = tokensOf(expected);
  const got = tokensOf(printed);
  let last = 1;
  for (let number = 1; ; number++) {
    const want = wanted.next().value;
    const token = got.next().value;
    if (want === undefined && token === undefined) return null;
    if (want && token && isSame(want.text, token.text)) {
      last = token.line;
      continue;
    }
    const line = token?.line ?? last;
    const where = `line ${String(line)}, word ${String(number)} of the output`;
    const message =
      token === undefined
        ? `the output ends where ${word(want)} should follow (word ${String(number)})`
        : want === undefined
          ? `the output goes on where it should end: ${word(token)} (${where})`
          : `${where}: expected ${word(want)}, got ${word(token)}`;
    return {
      line,
      message: shorten(message),
      expected: want ? show(readable(lineOf(expected, want.line))) : nothing,
      actual: token ? show(readable(lineOf(printed, token.line))) : nothing,
    };
  }
}

/** White space as in C's `isspace`, which is what published judges split at. */
function* tokensOf(text: string): Generator<Token, undefined> {
  let line = 1;
  for (const [part] of text.matchAll(/\n|[^ \t\n\v\f\r]+/g)) {
    if (part === '\n') line++;
    else yield { text: part, line };
  }
  return undefined;
}

function lineOf(text: string, line: number): string {
  let from = 0;
  for (let number = 1; number < line; number++) from = text.indexOf('\n', from) + 1;
  const to = text.indexOf('\n', from);
  return text.slice(from, to < 0 ? undefined : to).replace(/\r$/, '');
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Text first, so that what is no finite number, or too large for one, must be written the same. */
function isSameNumber(a: string, b: string, tolerance: number): boolean {
  if (a === b) return true;
  if (!decimal.test(a) || !decimal.test(b)) return false;
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  if (isTooLarge(a, x) || isTooLarge(b, y)) return sameInteger(a, b);
  const difference = Math.abs(x - y);
  return difference <= tolerance || difference <= tolerance * Math.max(Math.abs(x), Math.abs(y));
}

/** An integer that a double does not hold: a neighbour of it would look the same. */
function isTooLarge(text: string, value: number): boolean {
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(value);
}

function sameInteger(a: string, b: string): boolean {
  const isWhole = (text: string): boolean => /^[+-]?\d+$/.test(text);
  return isWhole(a) && isWhole(b) && BigInt(unsigned(a)) === BigInt(unsigned(b));
}

function unsigned(text: string): string {
  return text.replace(/^\+/, '');
}

function show(text: string): string {
  return text === '' ? '(an empty line)' : shorten(text, maxShownChars);
}

function word(token: Token | undefined): string {
  return quoted(readable(token?.text ?? ''));
}

function quoted(text: string | undefined): string {
  return JSON.stringify(shorten(text ?? '', maxShownChars));
}
