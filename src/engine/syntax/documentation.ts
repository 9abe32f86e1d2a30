import type { Node } from './node';
import { named } from './walk';

/** The docstring statement of a Python module, class or function body. */
export function docstringOf(body: Node): Node | null {
  const [first] = named(body);
  if (first?.type !== 'expression_statement') return null;
  const [value, ...others] = named(first);
  return value?.type === 'string' && others.length === 0 ? first : null;
}

/** A docstring's words: quotes taken off, indentation removed, no blank ends. */
export function docstringText(statement: Node): string {
  const text = statement.text.replace(/^[a-z]*('''|"""|'|")/i, '').replace(/('''|"""|'|")$/, '');
  const [first = '', ...rest] = text.split('\n');
  const indents = rest
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return [first.trim(), ...rest.map((line) => line.slice(indent).trimEnd())].join('\n').trim();
}

/** The JSDoc block that ends on the line above a statement, or null. */
export function jsdocAbove(statement: Node): Node | null {
  const siblings = statement.parent?.children ?? [];
  const comment = siblings[siblings.indexOf(statement) - 1];
  if (comment?.type !== 'comment' || !comment.text.startsWith('/**')) return null;
  return comment.endLine + 1 >= statement.line ? comment : null;
}

/** A JSDoc block's words without its marks. */
export function jsdocText(comment: Node): string {
  return comment.text
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}
