import { isCall, operatorOf, textInPlaceOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { none, replace, type Change, type Family } from './operator';

/**
 * The inside for the whole: `f(x)` to `x`, `x.strip()` to `x`, one operand for an operation. The
 * faults it mends: a call or an operation too many: rounded, stripped or reversed once more than
 * asked.
 */
export const unwrap: Family = (node) => {
  // What an expression statement evaluates to is thrown away.
  if (node.parent?.type === 'expression_statement') return none;
  if (isCall(node) || node.type === 'new_expression') return calls(node);
  if (node.type === 'binary_operator' || node.type === 'binary_expression') return operands(node);
  return none;
};

const notValue =
  /^(keyword_argument|list_splat|dictionary_splat|spread_element|.*function.*|lambda)$/;

function calls(node: Node): readonly Change[] {
  const list = fieldOf(node, 'arguments');
  const callee = fieldOf(node, 'function') ?? fieldOf(node, 'constructor');
  if (list === null || callee === null || callee.type === 'super' || callee.type === 'import') {
    return none;
  }
  if (list.type !== 'argument_list' && list.type !== 'arguments') return none;
  const given = named(list);
  const [first] = given;
  const receiver = fieldOf(callee, 'object');
  const changes: Change[] = [];
  if (first !== undefined && given.length === 1 && !notValue.test(first.type)) {
    changes.push(replace(node, textInPlaceOf(first, node)));
  }
  if (receiver !== null && given.length === 0 && receiver.type !== 'super') {
    changes.push(replace(node, textInPlaceOf(receiver, node)));
  }
  return changes;
}

function operands(node: Node): readonly Change[] {
  const operator = operatorOf(node)?.type ?? '';
  if (!/^(\+|-|\*|\/|\/\/|%|\*\*|&|\||\^|<<|>>|>>>)$/.test(operator)) return none;
  return [fieldOf(node, 'left'), fieldOf(node, 'right')].flatMap((side) =>
    side === null ? [] : [replace(node, textInPlaceOf(side, node))],
  );
}
