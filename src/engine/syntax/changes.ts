import { functionTypes } from './kinds';
import type { Node } from './node';
import { fieldOf, insideParentheses, within } from './walk';

/** Names whose values a statement sets, and names of objects that it may have changed. */
export interface Changes {
  readonly assigned: readonly string[];
  readonly touched: readonly string[];
}

/** What a JavaScript statement changes itself; not what functions that it holds change later. */
export function changesOf(statement: Node, bound: ReadonlySet<string>): Changes {
  const assigned = new Set<string>();
  const touched = new Set<string>();
  const reach = (target: Node): void => {
    const root = rootOf(target);
    if (root === 'this' || bound.has(root ?? '')) assigned.add(root ?? '');
  };
  const isApart = (node: Node): boolean =>
    node !== statement &&
    (functionTypes.has(node.type) ||
      /^(?:method_definition|class|class_declaration|class_body)$/.test(node.type));
  for (const node of within(statement, isApart)) {
    for (const name of namesOf(node)) assigned.add(name);
    const target = targetOf(node);
    if (target && /pattern$/.test(target.type)) {
      for (const inner of within(target)) {
        for (const name of patternNames(inner)) if (bound.has(name)) assigned.add(name);
      }
    } else if (target) reach(target);
    const callee = node.type === 'call_expression' ? fieldOf(node, 'function') : null;
    const root =
      callee && /^(?:member|subscript)_expression$/.test(callee.type) ? rootOf(callee) : null;
    if (root !== null && (root === 'this' || bound.has(root))) touched.add(root);
  }
  for (const name of assigned) touched.delete(name);
  return { assigned: [...assigned], touched: [...touched] };
}

/** Names that a node binds: of a declaration, a pattern or a parameter. */
export function namesOf(node: Node): readonly string[] {
  const { parent } = node;
  if (node.type === 'shorthand_property_identifier_pattern')
    return isBinding(node) ? [node.text] : [];
  if (node.type !== 'identifier' || !parent) return [];
  switch (parent.type) {
    case 'variable_declarator':
      return node.field === 'name' ? [node.text] : [];
    case 'required_parameter':
    case 'optional_parameter':
      return node.field === 'pattern' ? [node.text] : [];
    case 'arrow_function':
      return node.field === 'parameter' ? [node.text] : [];
    case 'formal_parameters':
    case 'array_pattern':
    case 'rest_pattern':
      return isBinding(node) ? [node.text] : [];
    case 'pair_pattern':
      return node.field === 'value' && isBinding(node) ? [node.text] : [];
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return node.field === 'left' && isBinding(node) ? [node.text] : [];
    case 'for_in_statement':
      return node.field === 'left' && parent.children.some(({ field }) => field === 'kind')
        ? [node.text]
        : [];
    default:
      return [];
  }
}

/** The pattern declares; it does not assign to what is there. */
function isBinding(node: Node): boolean {
  let at: Node | null = node.parent;
  while (at && /pattern$/.test(at.type)) at = at.parent;
  return (
    at !== null &&
    /^(?:variable_declarator|formal_parameters|required_parameter|optional_parameter|for_in_statement|catch_clause)$/.test(
      at.type,
    )
  );
}

function patternNames(node: Node): readonly string[] {
  const isName =
    node.type === 'shorthand_property_identifier_pattern' || node.type === 'identifier';
  return isName && node.field !== 'key' && node.field !== 'right' ? [node.text] : [];
}

function targetOf(node: Node): Node | null {
  if (/^(?:augmented_)?assignment_expression$/.test(node.type)) return fieldOf(node, 'left');
  return node.type === 'update_expression' ? fieldOf(node, 'argument') : null;
}

/** The name that an access begins with: `a` of `a.b[c]`; null where it begins with anything else. */
function rootOf(target: Node): string | null {
  let at: Node | null = insideParentheses(target);
  while (at && /^(?:member_expression|subscript_expression|non_null_expression)$/.test(at.type)) {
    at = fieldOf(at, 'object') ?? at.children[0] ?? null;
    if (at) at = insideParentheses(at);
  }
  if (at?.type === 'this') return 'this';
  return at?.type === 'identifier' ? at.text : null;
}
