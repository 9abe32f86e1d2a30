import { operatorOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf } from '../walk';
import { none, replace, type Family } from './operator';

const others: Readonly<Record<string, readonly string[]>> = {
  and: ['or'],
  or: ['and'],
  '&&': ['||', '??'],
  '||': ['&&', '??'],
  '??': ['||', '&&'],
};

/**
 * `and` for `or` and the like. The faults it mends: a condition that needs both sides and was told
 * either.
 */
export const boolean: Family = (node) => {
  if (node.type !== 'boolean_operator' && node.type !== 'binary_expression') return none;
  const operator = operatorOf(node);
  if (operator === null) return none;
  return (others[operator.type] ?? [])
    .filter((other) => mayStand(other, node))
    .map((other) => replace(operator, other));
};

/** JavaScript does not let `??` stand beside `&&` or `||` without parentheses. */
function mayStand(operator: string, node: Node): boolean {
  return [node.parent, fieldOf(node, 'left'), fieldOf(node, 'right')].every((neighbour) => {
    const beside = neighbour === null ? undefined : operatorOf(neighbour)?.type;
    if (beside === undefined || others[beside] === undefined) return true;
    return (operator === '??') === (beside === '??');
  });
}
