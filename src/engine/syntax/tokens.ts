import type { Language } from '../domain/task';
import { docstringOf } from './documentation';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';

/** Marks that stand for layout which means something. No token of a program looks like them. */
const blockOpen = '<block>';
const blockClose = '</block>';
const statementEnd = '<end>';

/**
 * The tokens of a program: no comments, no docstrings, no layout. Blocks of Python and ends of
 * statements are marked, so that programs which differ in structure differ in tokens.
 */
export function tokensOf(syntax: Syntax, language: Language, source: string): readonly string[] {
  const tokens: string[] = [];
  collect(readTree(syntax, language, source), language, tokens);
  return tokens;
}

export function sameTokens(syntax: Syntax, language: Language, a: string, b: string): boolean {
  if (a === b) return true;
  const left = tokensOf(syntax, language, a);
  const right = tokensOf(syntax, language, b);
  return left.length === right.length && left.every((token, index) => token === right[index]);
}

function collect(root: Node, language: Language, tokens: string[]): void {
  // A stack of its own: generated programs nest deeper than calls may.
  const open: (Node | string)[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') tokens.push(next);
    else open.push(...partsOf(next, language).reverse());
  }
}

/** What a node is made of: nodes still to take apart, and tokens. */
function partsOf(node: Node, language: Language): (Node | string)[] {
  if (node.type === 'comment') return [];
  if (isStringWithoutParts(node)) return [node.text];
  if (node.children.length === 0) {
    const isStatementMark = node.type === ';' && node.parent?.type !== 'for_statement';
    return node.text === '' || isStatementMark ? [] : [node.text];
  }
  const isPythonBlock = language === 'python' && node.type === 'block';
  const hasDocstring = isPythonBlock || (language === 'python' && node.type === 'module');
  const docstring = hasDocstring ? docstringOf(node) : null;
  const parts: (Node | string)[] = isPythonBlock ? [blockOpen] : [];
  let end = node.start;
  for (const child of node.children) {
    // Text of a string that is between two nodes belongs to neither.
    if (isString(node) && child.start > end) {
      parts.push(node.text.slice(end - node.start, child.start - node.start));
    }
    if (child !== docstring) parts.push(child);
    end = child.end;
  }
  if (isPythonBlock) parts.push(blockClose);
  if (isSimpleStatement(node)) parts.push(statementEnd);
  return parts;
}

function isString(node: Node): boolean {
  return (
    node.type === 'string' || node.type === 'template_string' || node.type === 'string_content'
  );
}

function isStringWithoutParts(node: Node): boolean {
  if (!isString(node)) return node.type === 'regex';
  return node.children.every(
    (child) => child.type !== 'interpolation' && child.type !== 'template_substitution',
  );
}

function isSimpleStatement(node: Node): boolean {
  return (
    node.type.endsWith('_statement') ||
    node.type === 'lexical_declaration' ||
    node.type === 'variable_declaration'
  );
}
