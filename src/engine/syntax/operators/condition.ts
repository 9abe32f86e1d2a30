import { textInPlaceOf } from '../kinds';
import type { Node } from '../node';
import { fieldOf, within } from '../walk';
import { conditionOf, isLogical, isTruthValue } from './conditions';
import { none, replace, type Change, type Family } from './operator';

/**
 * A condition that always or never holds, and one side of `and` and `or` dropped. The faults it
 * mends: a case that was tested for and must not be, or one half of a test that lets in too little.
 */
export const condition: Family = (node, { language }) => {
  if (isLogical(node)) {
    return [fieldOf(node, 'left'), fieldOf(node, 'right')].flatMap((side) =>
      side === null ? [] : [replace(node, textInPlaceOf(side, node))],
    );
  }
  const test = conditionOf(node);
  if (test === null || isTruthValue(test)) return none;
  const [yes, no] = language === 'python' ? ['True', 'False'] : ['true', 'false'];
  const changes: Change[] = [];
  if (canBeAlways(node)) changes.push(replace(test, yes));
  if (canBeNever(node)) changes.push(replace(test, no));
  return changes;
};

const loopTypes = /^(while|do|for)_statement$/;

/** A loop without a way out would only run into the time limit. */
function canBeAlways(node: Node): boolean {
  if (!loopTypes.test(node.type)) return true;
  for (const inner of within(node)) {
    if (/^(break|return|raise|throw)_statement$/.test(inner.type)) return true;
  }
  return false;
}

function canBeNever(node: Node): boolean {
  return node.type !== 'for_statement';
}
