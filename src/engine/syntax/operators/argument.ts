import { isNumber, operatorOf, textInPlaceOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { brief, none, type Change, type Family } from './operator';

/**
 * Two neighbours in the wrong order: arguments of a call, operands that do not commute. Sides of <
 * and its like are left out: swapping them is what the comparison family does with the sign. The
 * faults it mends: arguments given in the order in which they came to mind, and a quotient or a
 * difference the wrong way round.
 */
export const argument: Family = (node) => {
  switch (node.type) {
    case 'argument_list':
    case 'arguments':
      return node.parent?.type === 'class_definition' ? none : neighbours(node);
    case 'binary_operator':
    case 'binary_expression':
    case 'comparison_operator':
      return operands(node);
    default:
      return none;
  }
};

const notPositional =
  /^(keyword_argument|list_splat|dictionary_splat|spread_element|.*function.*)$/;

function neighbours(list: Node): readonly Change[] {
  const given = named(list);
  return given.slice(1).flatMap((right, index) => {
    const left = given[index];
    if (left === undefined || notPositional.test(left.type) || notPositional.test(right.type)) {
      return [];
    }
    return swap(left, right, left.text, right.text, list);
  });
}

function operands(node: Node): readonly Change[] {
  const [left, right, ...others] = named(node).filter((child) => child.field !== 'operators');
  if (left === undefined || right === undefined || others.length > 0) return none;
  const operator = operatorOf(node)?.type ?? node.children.find(isOperators)?.type ?? '';
  const order = /^(-|\/|\/\/|%|\*\*|<<|>>|in|not in)$/.test(operator);
  // Addition has an order where it joins texts or lists, never with a number.
  const joins = operator === '+' && !isNumber(left) && !isNumber(right);
  if (!order && !joins) return none;
  return swap(left, right, textInPlaceOf(left, right), textInPlaceOf(right, left), node);
}

function isOperators(node: Node): boolean {
  return node.field === 'operators';
}

function swap(left: Node, right: Node, first: string, second: string, owner: Node): Change[] {
  if (left.text === right.text) return [];
  const between = owner.text.slice(left.end - owner.start, right.start - owner.start);
  if (between.includes('#') || between.includes('//')) {
    const sign = fieldOf(owner, 'operator')?.type;
    if (sign !== '//' || between.trim() !== '//') return [];
  }
  return [
    {
      start: left.start,
      end: right.end,
      replacement: `${second}${between}${first}`,
      note: `swap ${brief(left.text)} and ${brief(right.text)}`,
    },
  ];
}
