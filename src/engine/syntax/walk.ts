import type { Node } from './node';

/** The node itself and all below it, in source order; without the nodes that `skip` names. */
export function* within(node: Node, skip: (inner: Node) => boolean = never): Generator<Node> {
  // A stack of its own: generated programs nest deeper than calls may.
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (skip(next)) continue;
    yield next;
    for (let index = next.children.length - 1; index >= 0; index -= 1) {
      const child = next.children[index];
      if (child !== undefined) open.push(child);
    }
  }
}

function never(): boolean {
  return false;
}

export function* ancestors(node: Node): Generator<Node> {
  for (let at = node.parent; at !== null; at = at.parent) yield at;
}

export function fieldOf(node: Node, name: string): Node | null {
  return node.children.find((child) => child.field === name) ?? null;
}

export function named(node: Node): readonly Node[] {
  return node.children.filter((child) => child.named && child.type !== 'comment');
}

/** True where the node has an anonymous child of this text: a keyword or an operator. */
export function hasToken(node: Node, text: string): boolean {
  return node.children.some((child) => !child.named && child.type === text);
}

/** The node inside any number of parentheses. */
export function insideParentheses(node: Node): Node {
  if (node.type !== 'parenthesized_expression') return node;
  const [inner, ...others] = named(node);
  return inner === undefined || others.length > 0 ? node : insideParentheses(inner);
}
