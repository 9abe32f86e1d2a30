import { isAtom, operatorOf, textInPlaceOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf, insideParentheses } from '../walk';
import { conditionOf, isLogical, isTruthValue } from './conditions';
import { none, replace, type Family } from './operator';

/**
 * `not` added to a condition or to a side of `and` and `or`, or dropped wherever it stands. The
 * faults it mends: a test that means the opposite of what it says.
 */
export const negation: Family = (node, { language }) => {
  if (isNegation(node)) {
    const argument = fieldOf(node, 'argument');
    return argument === null ? none : [replace(node, textInPlaceOf(argument, node))];
  }
  const sides = isLogical(node) ? [fieldOf(node, 'left'), fieldOf(node, 'right')] : [];
  return [conditionOf(node), ...sides]
    .filter((condition) => condition !== null)
    .filter((condition) => isWorthNegating(insideParentheses(condition)))
    .map((condition) => {
      const text = isAtom(condition) ? condition.text : `(${condition.text})`;
      return replace(condition, language === 'python' ? `not ${text}` : `!${text}`);
    });
};

function isNegation(node: Node): boolean {
  if (node.type === 'not_operator') return true;
  return node.type === 'unary_expression' && fieldOf(node, 'operator')?.type === '!';
}

/** A comparison is negated by its opposite and a negation by dropping it: both made elsewhere. */
function isWorthNegating(condition: Node): boolean {
  if (isNegation(condition) || isTruthValue(condition)) return false;
  if (condition.type === 'comparison_operator') return false;
  if (condition.type === 'named_expression' || condition.type === 'assignment_expression') {
    return false;
  }
  const operator = operatorOf(condition)?.type ?? '';
  return !/^(?:[<>]=?|[!=]==?|\?\?)$/.test(operator);
}
