import { isCall, operatorOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { none, replace, type Change, type Family } from './operator';

/**
 * One more and one less of what counts: indices, slice bounds, arguments of range() and its like,
 * sides of comparisons, what is assigned or returned; and an existing ±1 dropped. The faults it
 * mends: a range that ends one early, an index that begins at 1, and a correction by one made
 * twice.
 */
export const offByOne: Family = (node, { language }) => [
  ...withoutOne(node),
  ...counted(node, language === 'python')
    .filter(canCount)
    .flatMap((expression) => [
      replace(expression, `${expression.text} + 1`),
      replace(expression, `${expression.text} - 1`),
    ]),
];

function withoutOne(node: Node): readonly Change[] {
  if (node.type !== 'binary_operator' && node.type !== 'binary_expression') return none;
  const operator = operatorOf(node)?.type;
  const left = fieldOf(node, 'left');
  const right = fieldOf(node, 'right');
  if (left === null || right === null) return none;
  if ((operator === '+' || operator === '-') && right.text === '1') {
    return [replace(node, left.text)];
  }
  return operator === '+' && left.text === '1' ? [replace(node, right.text)] : none;
}

const countingCalls: ReadonlySet<string> = new Set([
  'range',
  'islice',
  'slice',
  'substring',
  'substr',
  'splice',
  'at',
  'charAt',
  'charCodeAt',
  'repeat',
]);

function counted(node: Node, isPython: boolean): readonly Node[] {
  switch (node.type) {
    case 'subscript':
      return node.children.filter((child) => child.field === 'subscript');
    case 'subscript_expression':
      return node.children.filter((child) => child.field === 'index');
    case 'slice':
      return named(node);
    case 'comparison_operator':
      return comparesNumbers(node, 'operators') ? named(node) : [];
    case 'binary_expression':
      return comparesNumbers(node, 'operator') ? named(node) : [];
    case 'return_statement':
      return named(node).filter(
        (value) => value.type !== 'call' && value.type !== 'call_expression',
      );
    case 'assignment':
    case 'assignment_expression':
    case 'variable_declarator':
      return node.children.filter(
        (child) =>
          (child.field === 'right' || child.field === 'value') &&
          (child.type === 'identifier' || isArithmetic(child)),
      );
    default: {
      if (!isCall(node)) return [];
      const callee = fieldOf(node, 'function');
      const name = callee?.children.at(-1)?.text ?? callee?.text ?? '';
      const parameters = fieldOf(node, 'arguments');
      if (!countingCalls.has(name) || parameters === null) return [];
      return isPython && parameters.type !== 'argument_list' ? [] : named(parameters);
    }
  }
}

function comparesNumbers(node: Node, field: string): boolean {
  const signs = node.children.filter((child) => child.field === field);
  return (
    signs.every((sign) => /^(?:[<>]=?|[!=]==?)$/.test(sign.type)) &&
    !named(node).some((side) => /^(string|none|null|undefined|true|false)$/.test(side.type))
  );
}

function canCount(expression: Node): boolean {
  switch (expression.type) {
    case 'identifier':
    case 'subscript':
    case 'subscript_expression':
    case 'call':
    case 'call_expression':
    case 'attribute':
    case 'member_expression':
      return expression.text !== 'self' && !expression.text.includes('\n');
    default:
      return isArithmetic(expression);
  }
}

/** Arithmetic that ± may follow, and whose last number is not already a constant to change. */
function isArithmetic(node: Node): boolean {
  const operator = operatorOf(node)?.type ?? '';
  const right = fieldOf(node, 'right');
  const endsInNumber = right !== null && /^(integer|float|number)$/.test(right.type);
  if (operator === '+' || operator === '-') {
    return !endsInNumber && !/^(string|template_string)$/.test(right?.type ?? '');
  }
  return /^(\*|\/|\/\/|%)$/.test(operator);
}
