import {
  comprehensionTypes,
  functionTypes,
  isCall,
  isNumber,
  operatorOf,
} from '../../../syntax/kinds';
import type { Node } from '../../../syntax/node';

const same: Readonly<Record<string, string>> = {
  identifier: 'name',
  property_identifier: 'name',
  string: 'text',
  template_string: 'text',
  string_content: 'text',
  string_fragment: 'text',
  true: 'truth',
  false: 'truth',
  none: 'nothing',
  null: 'nothing',
  undefined: 'nothing',
  subscript_expression: 'subscript',
  member_expression: 'attribute',
  array: 'list',
  object: 'dictionary',
  argument_list: 'arguments',
  comparison_operator: 'comparison',
  binary_operator: 'arithmetic',
  boolean_operator: 'boolean',
  not_operator: 'not',
  unary_operator: 'unary',
  unary_expression: 'unary',
  ternary_expression: 'conditional',
  conditional_expression: 'conditional',
  assignment_expression: 'assignment',
  variable_declarator: 'assignment',
  lexical_declaration: 'assignment',
  variable_declaration: 'assignment',
  augmented_assignment_expression: 'augmented',
  augmented_assignment: 'augmented',
  update_expression: 'augmented',
  statement_block: 'block',
  program: 'module',
  for_in_statement: 'for_statement',
  throw_statement: 'raise_statement',
  elif_clause: 'if_statement',
  statement_identifier: 'name',
};

const boolean = /^(?:&&|\|\||\?\?|and|or)$/;
const comparison = /^(?:[<>]=?|[!=]==?|in|instanceof|is|not in|is not)$/;

/** What a node is, in one word that holds for Python and for JavaScript. */
export function kindOf(node: Node | null): string {
  if (node === null) return 'none';
  if (isNumber(node)) return 'number';
  if (isCall(node)) return 'call';
  if (functionTypes.has(node.type)) return 'function';
  if (comprehensionTypes.has(node.type)) return 'comprehension';
  if (node.type === 'binary_expression') {
    const sign = operatorOf(node)?.text ?? '';
    return boolean.test(sign) ? 'boolean' : comparison.test(sign) ? 'comparison' : 'arithmetic';
  }
  return Object.hasOwn(same, node.type) ? (same[node.type] ?? node.type) : node.type;
}

const statement = /^(?:.*_statement|assignment|augmented|else_clause|except_clause|catch_clause)$/;

/** The innermost statement that a node stands in, as `if_statement` or `assignment`. */
export function statementKind(node: Node): string {
  for (let at: Node | null = node; at !== null; at = at.parent) {
    const kind = kindOf(at);
    if (kind === 'expression_statement' || kind === 'parenthesized_expression') continue;
    if (statement.test(kind)) return kind;
    if (kind === 'function' || kind === 'module') return kind;
  }
  return 'none';
}

/** How many loops of its function stand around a node, up to 2. */
export function loopsAround(node: Node): number {
  let loops = 0;
  for (let at: Node | null = node.parent; at !== null && loops < 2; at = at.parent) {
    const kind = kindOf(at);
    if (kind === 'function') break;
    if (/^(?:for|while|do)_statement$|^comprehension$/.test(kind)) loops++;
  }
  return loops;
}
