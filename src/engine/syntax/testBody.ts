import { isIdentifier, roleOf } from './identifiers';
import { functionTypes } from './kinds';
import type { Node } from './node';
import { within } from './walk';

/**
 * The text of neighbouring statements without the indentation of the first. Lines that begin
 * inside a string keep theirs, because there it is content.
 */
export function dedentedText(nodes: readonly Node[], source: string): string {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return '';
  const indent = first.start - (source.lastIndexOf('\n', first.start - 1) + 1);
  const inString = new Set<number>();
  for (const node of nodes.flatMap((one) => [...within(one)])) {
    if (node.type !== 'string' && node.type !== 'template_string') continue;
    for (let line = node.line + 1; line <= node.endLine; line += 1) inString.add(line);
  }
  return source
    .slice(first.start, last.end)
    .split('\n')
    .map((text, index) => {
      if (index === 0 || inString.has(first.line + index)) return text;
      const blank = text.length - text.trimStart().length;
      return text.slice(Math.min(indent, blank));
    })
    .join('\n')
    .trimEnd();
}

/** All identifiers in some code that stand for a variable, a function, a type. */
export function mentionsIn(nodes: readonly Node[]): readonly string[] {
  const found = new Set<string>();
  for (const node of nodes.flatMap((one) => [...within(one)])) {
    if (isIdentifier(node) && roleOf(node) !== 'label') found.add(node.text);
  }
  return [...found];
}

/** Nodes that run when the code does: nothing inside functions defined in it. */
export function runAtOnce(code: Node): Iterable<Node> {
  return within(code, (inner) => {
    const owner = inner === code ? null : inner.parent;
    return owner !== null && inner.field === 'body' && functionTypes.has(owner.type);
  });
}
