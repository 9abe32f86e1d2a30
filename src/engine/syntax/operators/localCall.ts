import { functionTypes, isCall } from '../kinds';
import type { Node } from '../node';
import { ancestors, fieldOf, named } from '../walk';
import { parametersOf } from './layout';
import { none, replace, type Change, type Family } from './operator';

const mostFunctions = 3;

/**
 * A function of the program called where it was forgotten: around a value, or in the place of
 * another call. The faults it mends: a helper that prepares a value and is not asked, and an item
 * that is taken as it is where the function must go into it.
 */
export const localCall: Family = (node) => {
  if (isCall(node)) return instead(node);
  if (node.type !== 'identifier' || !isValue(node)) return none;
  return functionsAt(node).map(({ name }) => replace(node, `${name}(${node.text})`));
};

function isValue({ parent, field }: Node): boolean {
  if (parent === null) return false;
  if (/^(argument_list|arguments)$/.test(parent.type)) return true;
  if (field === 'subscript' || field === 'index') return true;
  if (/^(binary_operator|binary_expression|comparison_operator)$/.test(parent.type)) return true;
  return parent.type === 'return_statement' || (field === 'right' && !/^for/.test(parent.type));
}

/** Another call with one argument that stands as a statement. */
function instead(node: Node): readonly Change[] {
  const list = fieldOf(node, 'arguments');
  const callee = fieldOf(node, 'function');
  if (list === null || callee === null || node.parent?.type !== 'expression_statement') return none;
  const [only, ...others] = named(list);
  if (only === undefined || others.length > 0) return none;
  return functionsAt(node)
    .filter(({ name }) => name !== callee.text)
    .map(({ name }) => replace(callee, name));
}

/** Functions with one parameter that the place can call, its own among them. */
function functionsAt(node: Node): readonly { readonly name: string }[] {
  const found = new Map<string, { name: string }>();
  for (const above of ancestors(node)) {
    const isScope = /^(module|program|block|statement_block)$/.test(above.type);
    if (!isScope && !functionTypes.has(above.type)) continue;
    for (const child of isScope ? named(above) : [above]) {
      if (!/^(function_definition|function_declaration)$/.test(child.type)) continue;
      const name = fieldOf(child, 'name')?.text;
      if (name === undefined || parametersOf(child).length !== 1) continue;
      if (isCallOf(node, name)) continue;
      found.set(name, { name });
    }
  }
  return [...found.values()].slice(0, mostFunctions);
}

/** True where the value is an argument of that function already. */
function isCallOf(node: Node, name: string): boolean {
  const call = node.parent?.parent;
  return call !== null && call !== undefined && fieldOf(call, 'function')?.text === name;
}
