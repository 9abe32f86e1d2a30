import { isCall, operatorOf } from '../kinds';
import type { Node } from '../node';
import { ancestors, fieldOf, named } from '../walk';
import { replace, type Family } from './operator';

const counting = /^(len|sum|min|max|int|abs|Math\.\w+)$/;
const choosing = /^(min|max|Math\.min|Math\.max)$/;

/**
 * One more and one less of what is chosen, counted or handed on to the function itself. The faults
 * it mends: a step that a table does not count, and a recursion that goes one too far or not on.
 */
export const countedCall: Family = (node) => {
  const values = isCall(node) ? argumentsOf(node) : valueOf(node);
  return values
    .filter(isCounted)
    .flatMap((value) => [replace(value, `${value.text} + 1`), replace(value, `${value.text} - 1`)]);
};

function argumentsOf(call: Node): readonly Node[] {
  const callee = fieldOf(call, 'function');
  const list = fieldOf(call, 'arguments');
  if (callee === null || list === null || list.type === 'generator_expression') return [];
  return choosing.test(callee.text) || isRecursive(call, callee) ? named(list) : [];
}

/** What a statement assigns or returns, where a call counts it. */
function valueOf(node: Node): readonly Node[] {
  if (!/^(return_statement|assignment|assignment_expression|variable_declarator)$/.test(node.type))
    return [];
  const value = fieldOf(node, 'right') ?? fieldOf(node, 'value') ?? named(node)[0];
  if (!value || !isCall(value)) return [];
  const callee = fieldOf(value, 'function');
  const isMeant = callee !== null && (counting.test(callee.text) || isRecursive(value, callee));
  return isMeant ? [value] : [];
}

function isRecursive(call: Node, callee: Node): boolean {
  if (callee.type !== 'identifier') return false;
  for (const above of ancestors(call)) {
    if (fieldOf(above, 'name')?.text === callee.text) return true;
  }
  return false;
}

function isCounted(value: Node): boolean {
  if (value.text.includes('\n')) return false;
  if (/^(identifier|subscript|subscript_expression)$/.test(value.type) || isCall(value))
    return true;
  const right = fieldOf(value, 'right');
  return /^[-+*]|\/\/?$/.test(operatorOf(value)?.type ?? '') && right?.type === 'identifier';
}
