import type { Node } from './node';

/** What nodes are, in words that hold for Python and for JavaScript. */
export const functionTypes: ReadonlySet<string> = new Set([
  'function_definition',
  'lambda',
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

export const comprehensionTypes: ReadonlySet<string> = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

const atomTypes: ReadonlySet<string> = new Set([
  'identifier',
  'integer',
  'float',
  'number',
  'string',
  'template_string',
  'true',
  'false',
  'none',
  'null',
  'undefined',
  'this',
  'call',
  'call_expression',
  'subscript',
  'subscript_expression',
  'attribute',
  'member_expression',
  'parenthesized_expression',
  'list',
  'tuple',
  'set',
  'dictionary',
  'array',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

const bracketTypes: ReadonlySet<string> = new Set([
  'argument_list',
  'arguments',
  'parenthesized_expression',
  'list',
  'array',
  'subscript',
  'subscript_expression',
  'return_statement',
]);

export function isCall(node: Node): boolean {
  return node.type === 'call' || node.type === 'call_expression';
}

export function isNumber(node: Node): boolean {
  return node.type === 'integer' || node.type === 'float' || node.type === 'number';
}

/** True for an expression that needs no parentheses wherever it is put. */
export function isAtom(node: Node): boolean {
  return atomTypes.has(node.type);
}

/** The text of an expression for the place of another, in parentheses where it needs them. */
export function textInPlaceOf(expression: Node, replaced: Node): string {
  const text = expression.text;
  // A line break was allowed by brackets that may be gone in the new place.
  if (text.includes('\n') && expression.type !== 'parenthesized_expression') return `(${text})`;
  // `1.toFixed` reads as a broken number.
  if (isNumber(expression) && replaced.field === 'object') return `(${text})`;
  if (isAtom(expression) || isPartOf(expression, replaced)) return text;
  const parent = replaced.parent;
  const isHeldByBrackets =
    parent !== null &&
    bracketTypes.has(parent.type) &&
    replaced.field !== 'value' &&
    replaced.field !== 'object';
  return isHeldByBrackets && expression.type !== 'object' ? text : `(${text})`;
}

/** True for an operand of the replaced operator, which binds at least as tightly as it. */
function isPartOf(expression: Node, replaced: Node): boolean {
  return expression.parent === replaced && (isBinary(replaced) || replaced.type === 'not_operator');
}

export function isBinary(node: Node): boolean {
  return (
    node.type === 'binary_operator' ||
    node.type === 'boolean_operator' ||
    node.type === 'comparison_operator' ||
    node.type === 'binary_expression'
  );
}

/** The operator of a binary expression, or null. */
export function operatorOf(node: Node): Node | null {
  return isBinary(node) || node.type.includes('augmented_assignment')
    ? (node.children.find((child) => child.field === 'operator') ?? null)
    : null;
}
