import type { Node } from './node';
import { fieldOf } from './walk';

/**
 * What an identifier does where it stands. `binding`: makes the name (parameter, declaration,
 * Python assignment, import). `target`: changes what the name holds. `read`: uses it. `label`: is
 * no variable at all (attribute, keyword of an argument, name inside another module).
 */
export type Role = 'binding' | 'target' | 'read' | 'label';

const identifierTypes: ReadonlySet<string> = new Set([
  'identifier',
  'type_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
]);

export function isIdentifier(node: Node): boolean {
  return identifierTypes.has(node.type);
}

/** The role of an identifier in Python, JavaScript and TypeScript trees alike. */
export function roleOf(identifier: Node): Role {
  const parent = identifier.parent;
  if (parent === null) return 'read';
  if (identifier.type === 'shorthand_property_identifier') return 'read';
  const field = identifier.field;
  switch (parent.type) {
    case 'attribute':
      return field === 'attribute' ? 'label' : 'read';
    case 'keyword_argument':
      return field === 'name' ? 'label' : 'read';
    case 'keyword_pattern':
    case 'global_statement':
    case 'nonlocal_statement':
      return 'label';
    case 'parameters':
    case 'lambda_parameters':
    case 'formal_parameters':
    case 'typed_parameter':
    case 'as_pattern_target':
    case 'namespace_import':
    case 'import_clause':
    case 'import_require_clause':
      return 'binding';
    case 'delete_statement':
      return 'target';
    case 'function_definition':
    case 'class_definition':
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'function_expression':
    case 'function_signature':
    case 'class_declaration':
    case 'abstract_class_declaration':
    case 'class':
    case 'enum_declaration':
    case 'interface_declaration':
    case 'type_alias_declaration':
    case 'internal_module':
    case 'variable_declarator':
    case 'named_expression':
    case 'default_parameter':
    case 'typed_default_parameter':
      return field === 'name' ? 'binding' : 'read';
    case 'required_parameter':
    case 'optional_parameter':
      return field === 'pattern' ? 'binding' : 'read';
    case 'arrow_function':
    case 'catch_clause':
      return field === 'parameter' ? 'binding' : 'read';
    case 'assignment':
    case 'for_in_clause':
    case 'for_statement':
      return field === 'left' ? 'binding' : 'read';
    case 'for_in_statement':
      if (field !== 'left') return 'read';
      return fieldOf(parent, 'kind') === null ? 'target' : 'binding';
    case 'augmented_assignment':
    case 'assignment_expression':
    case 'augmented_assignment_expression':
      return field === 'left' ? 'target' : 'read';
    case 'update_expression':
      return 'target';
    case 'dotted_name':
    case 'aliased_import':
    case 'import_specifier':
      return roleInImport(identifier, parent);
    default:
      return roleInPattern(identifier, parent);
  }
}

function roleInImport(identifier: Node, parent: Node): Role {
  if (parent.type === 'import_specifier') {
    const alias = fieldOf(parent, 'alias');
    return alias === null || alias === identifier ? 'binding' : 'label';
  }
  if (parent.type === 'aliased_import') return identifier.field === 'alias' ? 'binding' : 'label';
  const owner = parent.parent;
  if (owner === null) return 'read';
  if (owner.type === 'case_pattern') return parent.children.length === 1 ? 'binding' : 'read';
  if (owner.type.startsWith('import_') && parent.field === 'name') {
    return parent.children[0] === identifier ? 'binding' : 'label';
  }
  return /import/.test(owner.type) ? 'label' : 'read';
}

const patternTypes: ReadonlySet<string> = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'dictionary_splat_pattern',
  'splat_pattern',
  'array_pattern',
  'object_pattern',
  'rest_pattern',
  'pair_pattern',
  'object_assignment_pattern',
  'assignment_pattern',
]);

function roleInPattern(identifier: Node, parent: Node): Role {
  if (!patternTypes.has(parent.type)) return 'read';
  let inner = identifier;
  let outer: Node | null = parent;
  while (outer !== null && patternTypes.has(outer.type)) {
    // A default value inside a pattern is an expression of its own.
    if (outer.type.endsWith('assignment_pattern') && inner.field === 'right') return 'read';
    if (outer.type === 'pair_pattern' && inner.field === 'key') return 'label';
    inner = outer;
    outer = outer.parent;
  }
  return outer?.type === 'assignment_expression' ? 'target' : 'binding';
}
