import { shuffled } from '../../src/engine/domain/random';
import { applyEdit, editsOf } from '../../src/engine/syntax/edits';
import { functionsOf } from '../../src/engine/syntax/functions';
import type { Syntax } from '../../src/engine/syntax/parser';
import { syntaxProblem } from '../../src/engine/syntax/problem';

export interface Fault {
  /** Name of the operator, or of the slip. */
  readonly kind: string;
  readonly source: string;
}

/**
 * One-place faults of a Python function, half of them edits of its syntax tree (drawn operator by
 * operator, so that operators with many places do not crowd out the others), half of them slips as
 * people make them (forgotten or misplaced lines, calls and names).
 */
export function faultsOf(
  syntax: Syntax,
  source: string,
  entryPoint: string,
  count: number,
  random: () => number,
): readonly Fault[] {
  const place = functionsOf(syntax, 'python', source).find(({ name }) => name === entryPoint);
  if (!place) return [];
  const within = { start: place.bodyStart, end: place.bodyEnd };
  const byOperator = new Map<string, Fault[]>();
  for (const edit of shuffled(editsOf(syntax, 'python', source, within), random)) {
    const fault = { kind: edit.operator, source: applyEdit(source, edit) };
    byOperator.set(edit.operator, [...(byOperator.get(edit.operator) ?? []), fault]);
  }
  const edits = inTurn([...byOperator.values()], random);
  const slips = inTurn(
    Object.entries(slipsByKind).map(([kind, slip]) =>
      shuffled(slip(source, within), random).map((made) => ({ kind, source: made })),
    ),
    random,
  ).filter((fault) => syntaxProblem(syntax, 'python', fault.source) === null);
  const both = inTurn([edits, slips], random);
  const seen = new Set([source]);
  return both.filter((fault) => !seen.has(fault.source) && seen.add(fault.source)).slice(0, count);
}

/** One of each group after another, in a drawn order, until all are used up. */
function inTurn<T>(groups: readonly (readonly T[])[], random: () => number): T[] {
  const order = shuffled(groups, random);
  const most = Math.max(0, ...order.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) =>
    order.flatMap((group) => group.slice(at, at + 1)),
  ).flat();
}

type Slip = (source: string, within: { start: number; end: number }) => string[];

/** Every match in the body put through `change`; null for no change. */
function each(pattern: RegExp, change: (match: RegExpExecArray) => string | null): Slip {
  return (source, { start, end }) =>
    [...source.slice(start, end).matchAll(pattern)].flatMap((match) => {
      const text = change(match);
      const at = start + match.index;
      return text === null ? [] : source.slice(0, at) + text + source.slice(at + match[0].length);
    });
}

const slipsByKind: Readonly<Record<string, Slip>> = {
  printsInsteadOfReturning: each(/^( *)return (.+)$/gm, ([, indent = '', value = '']) => {
    return `${indent}print(${value})`;
  }),
  forgetsReturn: each(/^( *)return (.+)$/gm, ([, indent = '', value = '']) => `${indent}${value}`),
  forgetsGuard: each(/^( *)if .+:\n\1 {4}(?:return|continue|break)\b.*\n/gm, () => ''),
  returnsInsideLoop: each(/^( +)(.+\n)( *)(return .+)$/gm, (match) => {
    const [, above = '', line = '', indent = '', rest = ''] = match;
    return above.length > indent.length ? `${above}${line}${above}${rest}` : null;
  }),
  leavesBlockEarly: each(/^( +)(\S.*)\n( +)([\w[\].]+ [-+*/]?= .+|\w+\.\w+\(.*\))$/gm, (match) => {
    const [, above = '', line = '', indent = '', rest = ''] = match;
    return above === indent && indent.length > 4
      ? `${above}${line}\n${indent.slice(4)}${rest}`
      : null;
  }),
  forgetsConversion: each(
    /\b(?:int|str|float|list|abs|sorted|set|round)\((\w+(?:\.\w+|\[[^\][]*\])?)\)/g,
    (match) => {
      return match[1] ?? null;
    },
  ),
  forgetsMethod: each(/\.(?:lower|upper|strip|copy|keys|values|split)\(\)/g, () => ''),
  sortsInPlace: each(/\bsorted\((\w+)\)/g, ([, name = '']) => `${name}.sort()`),
  forgetsDefault: each(/\.get\(([^(),]+), [^(),]+\)/g, ([, key = '']) => `[${key}]`),
  misspells: each(/\b([a-z_]{4,})\b(?=[ ,)\]]| [-+*/=<>])/g, ([name = '']) => {
    return keywords.test(name) ? null : name.slice(0, -1);
  }),
  forgetsImport: (source) =>
    [...source.matchAll(/^(?:import|from) .+\n/gm)].map(
      ({ index, 0: line }) => source.slice(0, index) + source.slice(index + line.length),
    ),
  forgetsStep: each(/^ +\w+ [-+]= .+\n/gm, () => ''),
  swapsLines: each(/^( +)(\w+ [-+*/]?= .+)\n\1(\w+ [-+*/]?= .+)$/gm, (match) => {
    const [, indent = '', first = '', second = ''] = match;
    return `${indent}${second}\n${indent}${first}`;
  }),
  forgetsLast: each(/range\((.+), len\((\w+)\)\)/g, ([, from = '', name = '']) => {
    return `range(${from}, len(${name}) - 1)`;
  }),
  beginsWrong: each(/^( +)(\w+) = (0|1|\[\]|'')$/gm, ([, indent = '', name = '', value = '']) => {
    return `${indent}${name} = ${value === '0' ? '1' : value === '1' ? '0' : value === '[]' ? "''" : '[]'}`;
  }),
};

const keywords =
  /^(?:return|else|elif|while|break|continue|range|print|pass|None|True|False|lambda|sorted|import|from|assert|raise|isinstance)$/;
