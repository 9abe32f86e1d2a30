import type { Language } from '../domain/task';
import { docstringOf } from './documentation';
import { insertAll, type Insertion } from './insertions';
import { isBareBody } from './instrument';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { fieldOf, named, within } from './walk';

/** Names that no program has by chance. */
const turn = '_flywheel_turn';
const turns = '_flywheel_turns';

/** What a loop raises that had all its turns. */
export const loopNeverEnds = 'a loop never ends';
/** A script that gives the loops of a bounded program all their turns again. */
export const resetScriptTurns = `${turn}.left = ${turn}.most`;

/**
 * The program with its loops bounded: after `most` turns of `while` and `for (;;)` loops (and of
 * loops over anything in JavaScript) in one process it raises what no `except Exception` catches.
 * So a mutant that never ends costs a moment and not the time of its limits. Lines stay where they
 * were as seen by tests; a source with syntax errors is given back as it is.
 */
export function boundLoops(
  syntax: Syntax,
  language: Language,
  source: string,
  most: number,
): string {
  if (syntax.read(language, source, (root) => root.hasError)) return source;
  const root = readTree(syntax, language, source);
  const insertions: Insertion[] = [];
  for (const node of within(root)) {
    insertions.push(...(language === 'python' ? pythonLoop(node) : scriptLoop(node)));
  }
  if (insertions.length === 0) return source;
  if (language !== 'python') return `${insertAll(source, insertions)}\n${scriptTurn(most)}\n`;
  const place = behindFutureImports(root);
  insertions.push({ offset: place, side: 'opening', text: pythonTurn(most) });
  return insertAll(source, insertions);
}

function pythonLoop(node: Node): Insertion[] {
  if (node.type !== 'while_statement') return [];
  const condition = fieldOf(node, 'condition');
  return condition === null ? [] : asCondition(condition, `${turn}() and (`);
}

function scriptLoop(node: Node): Insertion[] {
  if (!/^(?:while|do|for|for_in)_statement$/.test(node.type)) return [];
  const body = fieldOf(node, 'body');
  if (body === null) return [];
  if (body.type === 'statement_block') {
    return [{ offset: body.start + 1, side: 'closing', text: ` ${turn}();` }];
  }
  if (isBareBody(body)) {
    return [
      { offset: body.start, side: 'opening', text: `{ ${turn}(); ` },
      { offset: body.end, side: 'closing', text: ' }' },
    ];
  }
  return body.type === 'empty_statement'
    ? [{ offset: body.start, side: 'opening', text: `${turn}()` }]
    : [];
}

function asCondition(condition: Node, opening: string): Insertion[] {
  return [
    { offset: condition.start, side: 'opening', text: opening },
    { offset: condition.end, side: 'closing', text: ')' },
  ];
}

function pythonTurn(most: number): string {
  return [
    `class ${turns}(BaseException):`,
    `    left = most = ${String(most)}`,
    `def ${turn}():`,
    `    ${turns}.left -= 1`,
    `    if ${turns}.left < 0:`,
    `        raise ${turns}("${loopNeverEnds}")`,
    '    return True',
    '',
  ].join('\n');
}

/** Declared as a function, so that it may stand behind what calls it. */
function scriptTurn(most: number): string {
  return `function ${turn}() { ${turn}.most ??= ${String(most)}; ${turn}.left = (${turn}.left ?? ${turn}.most) - 1; if (${turn}.left < 0) throw new Error('${loopNeverEnds}'); }`;
}

/** Where the first statement stands that is no docstring and no `from __future__ import`. */
function behindFutureImports(root: Node): number {
  const docstring = docstringOf(root);
  const first = named(root).find(
    (statement) => statement !== docstring && statement.type !== 'future_import_statement',
  );
  return first?.start ?? root.end;
}
