import { operatorOf, textInPlaceOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf } from '../walk';
import { none, replace, type Change, type Family } from './operator';

const python: Readonly<Record<string, readonly string[]>> = {
  '+': ['-', '*'],
  '-': ['+', '*', '//'],
  '*': ['+', '/', '//', '**', '-'],
  '/': ['//', '*', '%', '-'],
  '//': ['/', '%', '*', '-'],
  '%': ['//', '/', '*'],
  '**': ['*'],
  '&': ['|', '^'],
  '|': ['&', '^'],
  '^': ['&', '|'],
  '<<': ['>>'],
  '>>': ['<<'],
};

const script: Readonly<Record<string, readonly string[]>> = {
  ...python,
  '-': ['+', '*', '/'],
  '*': ['+', '/', '**', '-'],
  '/': ['*', '%', '-'],
  '%': ['/', '*'],
  '>>': ['<<', '>>>'],
  '>>>': ['>>', '<<'],
};

/**
 * One arithmetic or bit operator for another, plain and augmented; a sign dropped; ++ for --. The
 * faults it mends: `+` for `-` in a formula, `/` for `//` where a whole number is meant, and a sum
 * kept where it should be replaced.
 */
export const arithmetic: Family = (node, { language }) => {
  const table = language === 'python' ? python : script;
  switch (node.type) {
    case 'binary_operator':
    case 'binary_expression':
      return language === 'python' ? swaps(node, table) : [...swaps(node, table), ...floors(node)];
    case 'augmented_assignment':
    case 'augmented_assignment_expression':
      return swaps(node, table, '=');
    case 'unary_operator':
    case 'unary_expression':
      return withoutSign(node);
    case 'update_expression': {
      const operator = fieldOf(node, 'operator');
      if (operator === null) return none;
      return [replace(operator, operator.type === '++' ? '--' : '++')];
    }
    default:
      return none;
  }
};

function swaps(
  node: Node,
  table: Readonly<Record<string, readonly string[]>>,
  suffix = '',
): readonly Change[] {
  const operator = operatorOf(node);
  if (operator === null || !operator.type.endsWith(suffix)) return none;
  const sign = operator.type.slice(0, operator.type.length - suffix.length);
  // JavaScript has no power of a signed operand without parentheses.
  const left = fieldOf(node, 'left');
  const allowsPower = left?.type !== 'unary_expression' && left?.type !== 'await_expression';
  return (table[sign] ?? [])
    .filter((other) => other !== '**' || allowsPower || suffix !== '')
    .map((other) => replace(operator, other + suffix));
}

/** JavaScript has no whole division, so forgetting to round is a fault of its own. */
function floors(node: Node): readonly Change[] {
  if (operatorOf(node)?.type !== '/') return none;
  const parent = node.parent?.type === 'arguments' ? node.parent.parent : null;
  const isRounded = parent !== null && /^Math\.(floor|ceil|round|trunc)\(/.test(parent.text);
  return isRounded
    ? none
    : [replace(node, `Math.floor(${node.text})`), replace(node, `Math.ceil(${node.text})`)];
}

function withoutSign(node: Node): readonly Change[] {
  const operator = fieldOf(node, 'operator')?.type;
  const argument = fieldOf(node, 'argument');
  if (argument === null || (operator !== '-' && operator !== '+' && operator !== '~')) return none;
  return [replace(node, textInPlaceOf(argument, node))];
}
