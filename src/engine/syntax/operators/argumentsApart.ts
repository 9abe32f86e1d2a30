import type { Node } from '../node';
import { named } from '../walk';
import { brief, none, type Change, type Family } from './operator';

const mostArguments = 4;
const notPositional =
  /^(keyword_argument|list_splat|dictionary_splat|spread_element|.*function.*)$/;

/**
 * Two arguments that do not stand side by side, the other way round. The fault it mends: roles that
 * change with every call, as the pegs of a tower, given in the wrong order.
 */
export const argumentsApart: Family = (node) => {
  if (!/^(argument_list|arguments)$/.test(node.type)) return none;
  if (node.parent?.type === 'class_definition') return none;
  const given = named(node).slice(0, mostArguments);
  if (given.some(({ type }) => notPositional.test(type))) return none;
  const changes: Change[] = [];
  for (const [at, left] of given.entries()) {
    for (const right of given.slice(at + 2)) changes.push(swap(left, right, node));
  }
  const [first, ...others] = given;
  if (first && others.length === 2) {
    changes.push(
      turned(node, [...others, first]),
      turned(node, [...others.slice(1), first, ...others.slice(0, 1)]),
    );
  }
  return changes;
};

function swap(left: Node, right: Node, list: Node): Change {
  const between = list.text.slice(left.end - list.start, right.start - list.start);
  return {
    start: left.start,
    end: right.end,
    replacement: `${right.text}${between}${left.text}`,
    note: `swap ${brief(left.text)} and ${brief(right.text)}`,
  };
}

/** Three arguments one place on. */
function turned(list: Node, given: readonly Node[]): Change {
  const replacement = `(${given.map(({ text }) => text).join(', ')})`;
  return { start: list.start, end: list.end, replacement };
}
