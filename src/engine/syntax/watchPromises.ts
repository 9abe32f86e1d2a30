import { insertAll, type Insertion } from './insertions';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { fieldOf, hasToken, named, within } from './walk';

/**
 * JavaScript or TypeScript in which what is waited for goes through `__looked`, so that the
 * runtime knows which promises something looks at. Of tests also the promises that they make or
 * get: values of statements and of declarations through `__held`, async functions through
 * `__noted`. Lines stay; what is computed stays. Async methods are left alone.
 */
export function watchPromises(syntax: Syntax, source: string, of: 'test' | 'program'): string {
  if (of === 'program' && !/\bawait\b/.test(source)) return source;
  const insertions: Insertion[] = [];
  const visit = (node: Node): void => {
    const value = node.type === 'await_expression' ? named(node)[0] : undefined;
    const held = of === 'test' ? heldIn(node) : null;
    const isNoted = of === 'test' && isAsyncExpression(node);
    if (isNoted) insertions.push({ offset: node.start, side: 'opening', text: '__noted(' });
    if (value) insertions.push({ offset: value.start, side: 'opening', text: '__looked((' });
    if (held) insertions.push({ offset: held.start, side: 'opening', text: '__held((' });
    node.children.forEach(visit);
    if (held) insertions.push({ offset: held.end, side: 'closing', text: '))' });
    if (value) insertions.push({ offset: value.end, side: 'closing', text: '))' });
    if (isNoted) insertions.push({ offset: node.end, side: 'closing', text: ')' });
  };
  visit(readTree(syntax, 'typescript', source));
  return insertAll(source, insertions);
}

/** The expression whose value is dropped, or given to a name. */
function heldIn(node: Node): Node | null {
  if (node.type === 'expression_statement') {
    const [value] = named(node);
    const isHeld =
      value &&
      /^(?:call|binary|ternary|unary|new|sequence|parenthesized)_expression$/.test(value.type);
    return isHeld && !hasSuperCall(value) ? value : null;
  }
  if (node.type !== 'variable_declarator') return null;
  const value = fieldOf(node, 'value');
  return value && /^(?:call|new)_expression$/.test(value.type) ? value : null;
}

function hasSuperCall(node: Node): boolean {
  return [...within(node)].some(({ type }) => type === 'super');
}

function isAsyncExpression(node: Node): boolean {
  return /^(?:arrow_function|function_expression)$/.test(node.type) && hasToken(node, 'async');
}
