import { roleOf } from '../identifiers';
import { comprehensionTypes, functionTypes, isCall } from '../kinds';
import type { Node } from '../node';
import { ancestors, fieldOf } from '../walk';
import { none, replace, type Family } from './operator';

const mostNames = 6;

/**
 * A local name for another one that has a value there, nearest in the text first. The faults it
 * mends: the other variable, nearly always one that stands close by.
 */
export const variable: Family = (node, { scopes }) => {
  if (node.type !== 'identifier' || roleOf(node) !== 'read' || isCallee(node)) return none;
  const name = node.text;
  if (receivers.has(name)) return none;
  const names = scopes.localNames(node);
  if (!names.has(name)) return none;
  return [...names]
    .filter(([other, bindings]) => {
      if (other === name || receivers.has(other)) return false;
      return bindings.some((binding) => hasValueAt(binding, node));
    })
    .map(([other]) => ({ other, distance: scopes.distanceTo(other, node.start) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNames)
    .map(({ other }) => replace(node, other));
};

/** Names that stand for the object a method belongs to. */
const receivers: ReadonlySet<string> = new Set(['self', 'cls', '_']);

function isCallee(identifier: Node): boolean {
  return identifier.parent !== null && isCall(identifier.parent) && identifier.field === 'function';
}

/** True where what the binding binds is a value that has been given before `use` is read. */
function hasValueAt(binding: Node, use: Node): boolean {
  let below = binding;
  for (const above of ancestors(binding)) {
    if (comprehensionTypes.has(above.type)) {
      return below.type === 'for_in_clause' && use.start < (fieldOf(below, 'right')?.start ?? 0)
        ? use.end <= above.end
        : use.start >= below.end;
    }
    if (functionTypes.has(above.type)) {
      return below.field === 'name' ? false : use.start >= below.end;
    }
    switch (above.type) {
      case 'class_definition':
      case 'class_declaration':
      case 'import_statement':
      case 'import_from_statement':
        return false;
      case 'assignment':
      case 'variable_declarator':
      case 'named_expression':
      case 'as_pattern':
      case 'case_pattern':
        return use.start >= above.end;
      case 'for_statement':
      case 'for_in_statement':
      case 'catch_clause':
        return use.start >= (fieldOf(above, 'body')?.start ?? above.end);
      default:
        below = above;
    }
  }
  return false;
}
