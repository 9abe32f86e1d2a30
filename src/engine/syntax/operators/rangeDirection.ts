import { isCall } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { functionOf, parametersOf } from './layout';
import { none, replace, type Change, type Family } from './operator';

/**
 * A range from its end to its beginning, or in steps. The faults it mends: a table filled in the
 * order in which it reads what it has just written, and steps of one where multiples are meant.
 */
export const rangeDirection: Family = (node, { language }) => {
  if (language === 'python') return ranges(node);
  return node.type === 'for_statement' ? countedLoops(node) : none;
};

function ranges(node: Node): readonly Change[] {
  const list = fieldOf(node, 'arguments');
  if (!isCall(node) || fieldOf(node, 'function')?.text !== 'range' || list === null) return none;
  const given = named(list);
  const [first, second, step] = given;
  if (first === undefined) return none;
  const [from, to] = second === undefined ? ['0', first.text] : [first.text, second.text];
  const backwards = `reversed(${node.text})`;
  if (step !== undefined) {
    return [replace(node, backwards), replace(list, `(${from}, ${to})`)];
  }
  const definition = functionOf(node);
  const names = definition === null ? [] : parametersOf(definition).slice(0, 2);
  const steps = new Set(['2', ...(/^\w+$/.test(from) && from !== '0' ? [from] : []), ...names]);
  return [
    replace(node, backwards),
    ...[...steps].map((by) => replace(list, `(${from}, ${to}, ${by})`)),
  ];
}

/** `for (let i = a; i < b; i++)` as `for (let i = b - 1; i >= a; i--)`, and in steps of a. */
function countedLoops(node: Node): readonly Change[] {
  const header = /^for \(let (\w+) = ([^;]+); \1 (<=?) ([^;]+); (?:\1\+\+|\1 \+= 1)\)/.exec(
    node.text,
  );
  const body = fieldOf(node, 'body');
  if (header === null || body === null) return none;
  const [whole, name = '', from = '', sign = '', to = ''] = header;
  const end = sign === '<' ? `${to} - 1` : to;
  const at = { start: node.start, end: node.start + whole.length };
  const steps = new Set(['2', ...(/^\w+$/.test(from) && from !== '0' ? [from] : [])]);
  return [
    { ...at, replacement: `for (let ${name} = ${end}; ${name} >= ${from}; ${name}--)` },
    ...[...steps].map((by) => ({
      ...at,
      replacement: `for (let ${name} = ${from}; ${name} ${sign} ${to}; ${name} += ${by})`,
    })),
  ];
}
