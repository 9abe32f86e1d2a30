import type { Node } from '../node';
import { fieldOf, named, within } from '../walk';
import { insertBehind, statementsOf } from './layout';
import { none, type Change, type Family, type Place } from './operator';

/**
 * A statement that a loop needs and lacks. The faults it mends: `while` loops whose variable never
 * moves, and loops that add an item in one case and forget it in the other.
 */
export const missingStep: Family = (node, place) => {
  if (node.type === 'while_statement') return counting(node, place);
  return node.type === 'if_statement' ? otherwise(node, place) : none;
};

function counting(node: Node, { language, source }: Place): readonly Change[] {
  const condition = fieldOf(node, 'condition');
  const body = fieldOf(node, 'body');
  const last = body && statementsOf(body).at(-1);
  if (!condition || !last) return none;
  const end = language === 'python' ? '' : ';';
  const names = [...within(condition)]
    .filter(({ type }) => type === 'identifier')
    .map(({ text }) => text);
  const divided = language === 'python' ? ['//= 2', '//= 10'] : [];
  return [...new Set(names)].flatMap((name) =>
    ['+= 1', '-= 1', ...divided].flatMap((step) =>
      insertBehind(last, [`${name} ${step}${end}`], source),
    ),
  );
}

/** An `else` in which the collector of a loop takes the item as it is. */
function otherwise(node: Node, { language, source }: Place): readonly Change[] {
  const loop = node.parent?.parent;
  if (!loop || !/^for(_in)?_statement$/.test(loop.type) || fieldOf(node, 'alternative'))
    return none;
  const item = fieldOf(loop, 'left')?.text;
  const block = fieldOf(node, 'consequence');
  if (item === undefined || block === null) return none;
  const isPython = language === 'python';
  const steps = statementsOf(block).flatMap((statement) => {
    const [value] = named(statement);
    if (value === undefined) return [];
    const into = fieldOf(value, 'left');
    if (into && /^augmented_assignment/.test(value.type)) return [`${into.text} += ${item}`];
    const callee = fieldOf(value, 'function');
    return callee && /\.(append|push)$/.test(callee.text) ? [`${callee.text}(${item})`] : [];
  });
  return steps.flatMap((step) =>
    isPython
      ? insertBehind(node, ['else:', `    ${step}`], source)
      : insertBehind(node, [`else ${step};`], source),
  );
}
