import { docstringOf } from '../documentation';
import { functionTypes } from '../kinds';
import type { Node } from '../node';
import { ancestors, fieldOf, named } from '../walk';
import { brief, type Change } from './operator';

/** Statements put in, taken out and moved, with the indentation of the place they come to. */

/** The spaces in front of a node, or null where something else stands before it on its line. */
export function indentOf(node: Node, source: string): string | null {
  const start = source.lastIndexOf('\n', node.start - 1) + 1;
  const before = source.slice(start, node.start);
  return before.trim() === '' ? before : null;
}

/** Statements of a function's body without its docstring; none for a body that is an expression. */
export function bodyOf(definition: Node): readonly Node[] {
  const body = fieldOf(definition, 'body');
  return body === null ? [] : statementsOf(body);
}

export function statementsOf(block: Node): readonly Node[] {
  if (!/^(block|module|statement_block|program)$/.test(block.type)) return [];
  const docstring = docstringOf(block);
  return named(block).filter((statement) => statement !== docstring);
}

/** Lines before a statement. They are indented as it is. */
export function insertBefore(statement: Node, lines: readonly string[], source: string): Change[] {
  const indent = indentOf(statement, source);
  if (indent === null) return [];
  const text = lines.map((line) => `${line}\n${indent}`).join('');
  const { start, line } = statement;
  return [{ start, end: start, replacement: text, line, note: `add ${brief(lines.join(' '))}` }];
}

/** Lines behind a statement, indented as `like` is, or as the statement. */
export function insertBehind(
  statement: Node,
  lines: readonly string[],
  source: string,
  like: Node = statement,
): Change[] {
  const indent = indentOf(like, source);
  if (indent === null) return [];
  const { end, line } = statement;
  const replacement = lines.map((text) => `\n${indent}${text}`).join('');
  return [{ start: end, end, replacement, line, note: `add ${brief(lines.join(' '))}` }];
}

/** A statement's text for another depth of indentation. */
export function reindented(statement: Node, from: string, to: string): string {
  return statement.text
    .split('\n')
    .map((line, at) => (at > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n');
}

export function functionOf(node: Node): Node | null {
  for (const above of ancestors(node)) if (functionTypes.has(above.type)) return above;
  return null;
}

/** Names of a function's parameters, without `self`. */
export function parametersOf(definition: Node): readonly string[] {
  const list = fieldOf(definition, 'parameters') ?? fieldOf(definition, 'parameter');
  if (list === null) return [];
  const parts = list.type === 'identifier' ? [list] : named(list);
  return parts.flatMap((part) => {
    const name = part.type === 'identifier' ? part : firstIdentifier(part);
    return name === null || /^(self|cls|_)$/.test(name.text) ? [] : [name.text];
  });
}

function firstIdentifier(part: Node): Node | null {
  if (/^(list_splat_pattern|dictionary_splat_pattern|rest_pattern)$/.test(part.type)) return null;
  const name = fieldOf(part, 'name') ?? fieldOf(part, 'pattern') ?? fieldOf(part, 'left');
  const found = name ?? part.children[0] ?? null;
  return found?.type === 'identifier' ? found : null;
}
