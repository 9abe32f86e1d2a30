import type { Language } from '../../domain/task';

/** A program mended as text, with what was done. */
export interface TextRepair {
  readonly source: string;
  readonly note: string;
  /** From 1. */
  readonly line: number;
}

const mostLines = 400;
/** A fault in notation is often told one or two lines behind where it is. */
const reach = 2;

/**
 * One-line repairs of a program that does not parse, at the told line first. The faults they mend:
 * a forgotten colon, bracket or quote, `=` for `==`, another language's words, and lines that are
 * indented as no block is.
 */
export function textRepairs(
  language: Language,
  source: string,
  line: number,
): readonly TextRepair[] {
  const lines = source.split('\n');
  if (lines.length > mostLines) return [];
  const repairs: TextRepair[] = [];
  const seen = new Set([source]);
  const near = lines
    .map((_, at) => at)
    .filter((at) => Math.abs(at + 1 - line) <= reach)
    .sort((a, b) => Math.abs(a + 1 - line) - Math.abs(b + 1 - line) || a - b);
  for (const at of near) {
    const old = lines[at] ?? '';
    const others =
      language === 'python' ? pythonLines(old, at, lines) : scriptLines(old, at, lines);
    for (const other of others) {
      const mended = [...lines.slice(0, at), other, ...lines.slice(at + 1)].join('\n');
      if (seen.has(mended)) continue;
      seen.add(mended);
      repairs.push({ source: mended, note: `${old.trim()} to ${other.trim()}`, line: at + 1 });
    }
  }
  return repairs;
}

const header = /^\s*(?:if|elif|else|for|while|def|try|except|finally|with|class)\b/;

function pythonLines(line: string, at: number, lines: readonly string[]): readonly string[] {
  if (line.trim() === '') return [];
  const others: string[] = [];
  const isHeader = header.test(line);
  const bare = line.trimEnd();
  if (isHeader && !bare.endsWith(':')) others.push(`${bare.replace(/[;,{]$/, '').trimEnd()}:`);
  if (isHeader) others.push(...singleEquals(line, '=='));
  others.push(
    line.replace(/\belse\s+if\b/, 'elif'),
    line
      .replaceAll('&&', 'and')
      .replaceAll('||', 'or')
      .replace(/!(?!=)/g, 'not '),
    line.replace(/(\w+)\+\+/, '$1 += 1').replace(/(\w+)--/, '$1 -= 1'),
    line.replace(/[;{}]\s*$/, ''),
    line.replace(/=([<>])/, '$1='),
    line.replace(/=>/, '>=').replace(/=</, '<='),
    line.replace(/^(\s*)(function|func)\b/, '$1def'),
    line.replace(/\b(let|const|var) /, ''),
  );
  return [...others, ...brackets(line), ...quotes(line), ...indents(line, at, lines)];
}

function scriptLines(line: string, at: number, lines: readonly string[]): readonly string[] {
  const others = [
    line.replace(/\belif\b/, 'else if'),
    line
      .replace(/\band\b/g, '&&')
      .replace(/\bor\b/g, '||')
      .replace(/\bnot\b /g, '!'),
    line.replace(/:\s*$/, ' {'),
    line.replace(/=>?([<>])/, '$1='),
    ...(/\b(?:if|while)\b/.test(line) ? singleEquals(line, '===') : []),
    ...brackets(line),
    ...quotes(line),
    `${line} {`,
    `${line} }`,
    `${line}\n}`,
  ];
  return at === lines.length - 1 || lines[at + 1] === ''
    ? [...others, line.replace(/\}\s*$/, '')]
    : others;
}

function singleEquals(line: string, equals: string): readonly string[] {
  return [...line.matchAll(/(?<![=!<>:+\-*/%])=(?!=)/g)].map(
    ({ index }) => line.slice(0, index) + equals + line.slice(index + 1),
  );
}

const pairs = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const;

/** A closing bracket put in before each place where one may stand, or one too many taken out. */
function brackets(line: string): readonly string[] {
  return pairs.flatMap(([open, close]) => {
    const missing = line.split(open).length - line.split(close).length;
    if (missing > 0) {
      const places = [
        line.trimEnd().length,
        ...[...line.matchAll(/\s*(?:[:;,{]|\)|\])/g)].map(({ index }) => index),
      ];
      return places.reverse().map((place) => line.slice(0, place) + close + line.slice(place));
    }
    if (missing === 0) return [];
    return [...line.matchAll(new RegExp(`\\${close}`, 'g'))].map(
      ({ index }) => line.slice(0, index) + line.slice(index + 1),
    );
  });
}

function quotes(line: string): readonly string[] {
  return ["'", '"', '`'].flatMap((quote) => {
    if (line.split(quote).length % 2 === 1) return [];
    const places = [
      line.trimEnd().length,
      ...[...line.matchAll(/\s*[):,;\]+]/g)].map(({ index }) => index),
    ];
    return places.map((place) => line.slice(0, place) + quote + line.slice(place));
  });
}

/** The line as deep as a line above it, and one step deeper or less deep. */
function indents(line: string, at: number, lines: readonly string[]): readonly string[] {
  const depthOf = (text: string): number => text.length - text.trimStart().length;
  const above = lines.slice(0, at).filter((text) => text.trim() !== '');
  const before = above.at(-1);
  if (before === undefined) return [line.trimStart()];
  const depths = [depthOf(before), depthOf(before) + 4, ...above.reverse().map(depthOf)];
  return [...new Set(depths)].map((depth) => ' '.repeat(depth) + line.trimStart());
}
