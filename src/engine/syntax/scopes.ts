import { isIdentifier, roleOf } from './identifiers';
import { comprehensionTypes, functionTypes } from './kinds';
import type { Node } from './node';
import { ancestors, within } from './walk';

/** Where the names of a module are bound, and which binding an identifier means. */
export class Scopes {
  private readonly namesOf = new Map<Node, Map<string, Node[]>>();
  private readonly places = new Map<string, number[]>();

  constructor(private readonly root: Node) {
    const outside = namesFromOutside(root);
    for (const node of within(root)) {
      if (!isIdentifier(node)) continue;
      const name = node.text;
      push(this.places, name, node.start);
      if (roleOf(node) !== 'binding') continue;
      let scope = scopeOfBinding(node, root);
      if (outside.get(scope)?.has(name) === true) scope = root;
      const names = this.namesOf.get(scope) ?? new Map<string, Node[]>();
      this.namesOf.set(scope, names);
      push(names, name, node);
    }
  }

  /** The scope that binds the name as seen from `node`; null for built-in and unknown names. */
  scopeOf(name: string, node: Node): Node | null {
    for (const scope of visibleScopes(node)) {
      if (this.namesOf.get(scope)?.has(name) === true) return scope;
    }
    return null;
  }

  /** The identifiers that bind a name in a scope, in source order. */
  bindings(scope: Node, name: string): readonly Node[] {
    return this.namesOf.get(scope)?.get(name) ?? [];
  }

  /** All names bound around `node` below the top level, each with its bindings. */
  localNames(node: Node): Map<string, readonly Node[]> {
    const found = new Map<string, readonly Node[]>();
    for (const scope of visibleScopes(node)) {
      if (scope === this.root) continue;
      for (const [name, bindings] of this.namesOf.get(scope) ?? []) {
        if (!found.has(name)) found.set(name, bindings);
      }
    }
    return found;
  }

  /** UTF-16 units between an offset and the nearest place where the name is written. */
  distanceTo(name: string, offset: number): number {
    let nearest = Infinity;
    for (const place of this.places.get(name) ?? []) {
      nearest = Math.min(nearest, Math.abs(place - offset));
    }
    return nearest;
  }
}

const blockTypes: ReadonlySet<string> = new Set([
  'statement_block',
  'for_statement',
  'for_in_statement',
  'switch_body',
  'catch_clause',
]);

function* visibleScopes(node: Node): Generator<Node> {
  let insideFunction = false;
  let below = node;
  for (const scope of ancestors(node)) {
    // What a class body binds is not seen from the methods inside it.
    const isHidden = scope.type === 'class_definition' && insideFunction;
    if (!isHidden && !isOutsideOf(scope, below, node)) {
      yield scope;
      if (functionTypes.has(scope.type)) insideFunction = true;
    }
    below = scope;
  }
}

/** True for the parts of a definition that belong to what is around it. */
function isOutsideOf(scope: Node, below: Node, node: Node): boolean {
  if (scope.type === 'function_expression') return false;
  if (below.field === 'name' && scopeIsDefinition(scope)) return true;
  if (scope.type === 'class_definition') return below.field === 'superclasses';
  if (scope.type !== 'function_definition' && scope.type !== 'lambda') return false;
  if (below.field === 'return_type') return true;
  // Python evaluates defaults and annotations where the function is defined.
  return below.field === 'parameters' && roleOf(node) === 'read';
}

function scopeIsDefinition(scope: Node): boolean {
  return functionTypes.has(scope.type) || scope.type === 'class_definition';
}

function scopeOfBinding(identifier: Node, root: Node): Node {
  const isVar = hasVarDeclaration(identifier);
  let below: Node = identifier;
  for (const above of ancestors(identifier)) {
    const ownsBelow = below.field === 'parameters' || below.field === 'parameter';
    if (functionTypes.has(above.type)) {
      const isOwnName = below.field === 'name';
      if (ownsBelow || !isOwnName || above.type === 'function_expression') return above;
    } else if (above.type === 'class_definition') {
      if (below.field !== 'name') return above;
    } else if (comprehensionTypes.has(above.type)) {
      if (below.type === 'for_in_clause' && !isWalrus(identifier)) return above;
    } else if (blockTypes.has(above.type) && !isVar && !isPythonLoop(above)) {
      return above;
    }
    below = above;
  }
  return root;
}

function isWalrus(identifier: Node): boolean {
  return identifier.parent?.type === 'named_expression';
}

function isPythonLoop(node: Node): boolean {
  return node.type === 'for_statement' && node.children.some((child) => child.type === ':');
}

function hasVarDeclaration(identifier: Node): boolean {
  for (const node of ancestors(identifier)) {
    if (node.type === 'variable_declaration') return true;
    if (node.type === 'for_in_statement') {
      return node.children.some((child) => child.field === 'kind' && child.type === 'var');
    }
    if (node.type === 'lexical_declaration' || functionTypes.has(node.type)) return false;
  }
  return false;
}

/** Names that a Python function takes from outside with `global` or `nonlocal`. */
function namesFromOutside(root: Node): Map<Node, Set<string>> {
  const found = new Map<Node, Set<string>>();
  for (const node of within(root)) {
    if (node.type !== 'global_statement' && node.type !== 'nonlocal_statement') continue;
    for (const scope of ancestors(node)) {
      if (scope.type !== 'function_definition') continue;
      const names = found.get(scope) ?? new Set<string>();
      found.set(scope, names);
      for (const child of node.children) if (child.named) names.add(child.text);
      break;
    }
  }
  return found;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
