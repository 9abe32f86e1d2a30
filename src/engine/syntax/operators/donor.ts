import { isAtom, isBinary, textInPlaceOf } from '../kinds';
import type { Node } from '../node';
import { within } from '../walk';
import { functionOf } from './layout';
import { none, replace, type Family } from './operator';

const mostDonors = 16;
const longest = 60;

/**
 * An expression for another that the same function has (plastic surgery, Barr et al. 2014). The
 * faults it mends: what was copied from a line nearby and not changed.
 */
export const donor: Family = (node) => {
  if (!isExpression(node)) return none;
  const definition = functionOf(node);
  if (definition === null) return none;
  const donors = new Map<string, Node>();
  for (const other of within(definition)) {
    if (!isExpression(other) || other.text === node.text || other.text.length > longest) continue;
    if (
      other.start < (bodyStart(definition) ?? 0) ||
      contains(other, node) ||
      contains(node, other)
    )
      continue;
    if (!donors.has(other.text)) donors.set(other.text, other);
  }
  return [...donors.values()]
    .sort((a, b) => Math.abs(a.start - node.start) - Math.abs(b.start - node.start))
    .slice(0, mostDonors)
    .map((other) => replace(node, textInPlaceOf(other, node)));
};

function bodyStart(definition: Node): number | undefined {
  return definition.children.find(({ field }) => field === 'body')?.start;
}

function contains(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** What has parts: a name alone is the business of `variable`. */
function isExpression(node: Node): boolean {
  if (
    node.parent?.type === 'expression_statement' ||
    node.field === 'left' ||
    node.field === 'function'
  )
    return false;
  if (/^(pair|keyword_argument|parenthesized_expression|arguments|argument_list)$/.test(node.type))
    return false;
  if (node.type === 'identifier')
    return node.field !== 'name' && node.parent?.type === 'return_statement';
  return (
    isBinary(node) ||
    (isAtom(node) && /^(call|call_expression|subscript|subscript_expression)$/.test(node.type))
  );
}
