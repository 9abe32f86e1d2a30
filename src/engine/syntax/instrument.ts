import type { Language } from '../domain/task';
import { insertAll, type Insertion } from './insertions';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { fieldOf, named } from './walk';

/**
 * The same JavaScript or TypeScript program with `callName(line);` before each statement that is
 * executed. Line n stays line n, and the program does what it did, as long as `callName` is a
 * global function without effects on it. Python is given back unchanged.
 */
export function instrumentLines(
  syntax: Syntax,
  language: Language,
  source: string,
  callName: string,
): string {
  if (language === 'python') return source;
  const insertions: Insertion[] = [];
  visit(readTree(syntax, language, source), (offset, side, text) => {
    insertions.push({ offset, side, text: text.replace('CALL', callName) });
  });
  return insertAll(source, insertions);
}

type Insert = (offset: number, side: Insertion['side'], text: string) => void;

function visit(node: Node, insert: Insert): void {
  if (node.type === 'ambient_declaration') return;
  const isBare = isBareBody(node);
  if (isBare) insert(node.start, 'opening', `{CALL(${node.line});`);
  else if (isListed(node) && isExecuted(node)) insert(node.start, 'opening', `CALL(${node.line});`);
  const value = commaPlace(node);
  if (value !== null) insert(value.start, 'opening', `(CALL(${value.line}), `);
  for (const child of node.children) visit(child, insert);
  if (value !== null) insert(value.end, 'closing', ')');
  if (isBare) insert(node.end, 'closing', '}');
}

/** A single statement where a block could stand: `if (a) b;`. */
export function isBareBody(node: Node): boolean {
  if (!node.named || /^(statement_block|empty_statement|comment)$/.test(node.type)) return false;
  switch (node.parent?.type ?? '') {
    case 'if_statement':
      return node.field === 'consequence';
    case 'else_clause':
      return node.type !== 'if_statement';
    case 'for_statement':
    case 'for_in_statement':
    case 'while_statement':
    case 'do_statement':
    case 'with_statement':
      return node.field === 'body';
    default:
      return false;
  }
}

/** A statement in a list of statements, where another may be put before it. */
export function isListed(node: Node): boolean {
  switch (node.parent?.type ?? '') {
    case 'program':
    case 'statement_block':
      return true;
    case 'switch_case':
    case 'switch_default':
      return node.field === 'body';
    default:
      return false;
  }
}

const executed =
  /^(expression|return|if|for|for_in|while|do|switch|throw|try|break|continue|labeled|debugger|with)_statement$|^(lexical|variable)_declaration$/;

export function isExecuted(node: Node): boolean {
  if (node.type === 'export_statement') return isExecutedExport(node);
  return executed.test(node.type) && !isDirective(node) && !isSpecial(node);
}

function isExecutedExport(node: Node): boolean {
  const declaration = fieldOf(node, 'declaration');
  return declaration !== null && /^(lexical|variable)_declaration$/.test(declaration.type);
}

/** 'use strict' counts only as long as nothing stands before it. */
export function isDirective(node: Node): boolean {
  if (!isOnlyString(node)) return false;
  for (const sibling of node.parent?.children ?? []) {
    if (sibling === node) return true;
    if (sibling.named && sibling.type !== 'comment' && !isOnlyString(sibling)) return false;
  }
  return false;
}

function isOnlyString(node: Node): boolean {
  return node.type === 'expression_statement' && named(node)[0]?.type === 'string';
}

/** A namespace, which is no expression; super(), which must stay first in its constructor. */
function isSpecial(node: Node): boolean {
  if (node.type !== 'expression_statement') return false;
  const [value] = named(node);
  return value?.type === 'internal_module' || value?.children[0]?.type === 'super';
}

/** An expression that is executed on its own: an arrow function's body, an `else if` condition. */
function commaPlace(node: Node): Node | null {
  if (node.type === 'arrow_function') {
    const body = fieldOf(node, 'body');
    return body === null || body.type === 'statement_block' ? null : body;
  }
  if (node.type === 'if_statement' && node.parent?.type === 'else_clause') {
    const condition = fieldOf(node, 'condition');
    return condition === null ? null : (named(condition)[0] ?? null);
  }
  return null;
}
