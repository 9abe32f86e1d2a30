import { roleOf } from '../identifiers';
import { within } from '../walk';
import { none, type Change, type Family } from './operator';

const mostPairs = 6;
const longest = 120;

/**
 * Two names of one statement, each everywhere in the place of the other. The fault it mends: two
 * variables, or two functions, taken for each other.
 */
export const exchange: Family = (node, { source }) => {
  if (!/^(return_statement|expression_statement|lexical_declaration)$/.test(node.type)) return none;
  if (node.end - node.start > longest) return none;
  const uses = [...within(node)].filter(
    (one) => one.type === 'identifier' && roleOf(one) === 'read' && one.field !== 'attribute',
  );
  const names = [...new Set(uses.map(({ text }) => text))];
  const pairs = names.flatMap((one, at) =>
    names.slice(at + 1).map((other) => [one, other] as const),
  );
  return pairs.slice(0, mostPairs).map(([one, other]): Change => {
    const places = uses.filter(({ text }) => text === one || text === other);
    let replacement = '';
    let at = node.start;
    for (const place of places) {
      replacement += source.slice(at, place.start) + (place.text === one ? other : one);
      at = place.end;
    }
    replacement += source.slice(at, node.end);
    return { start: node.start, end: node.end, replacement, note: `exchange ${one} and ${other}` };
  });
};
