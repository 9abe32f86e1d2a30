import { functionTypes } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { bodyOf, functionOf, insertBehind } from './layout';
import { none, replace, type Change, type Family, type Place } from './operator';

const mostNames = 6;

/**
 * The value that a function works out and does not give back: a `return` behind the last
 * statement, before an expression that stands alone, or in the place of a `print`.
 */
export const missingReturn: Family = (node, place) => {
  if (functionTypes.has(node.type)) return atTheEnd(node, place);
  return node.type === 'expression_statement' ? inPlace(node) : none;
};

function atTheEnd(node: Node, { language, source, scopes }: Place): readonly Change[] {
  const last = bodyOf(node).at(-1);
  if (last === undefined || /^(return|raise|throw)_statement$/.test(last.type)) return none;
  const isPython = language === 'python';
  const names = [...scopes.localNames(last).keys()]
    .sort((a, b) => scopes.distanceTo(a, last.end) - scopes.distanceTo(b, last.end))
    .slice(0, mostNames);
  const values = [...names, ...(isPython ? ['False', 'True'] : ['false', 'true']), '-1', '0'];
  return values.flatMap((value) =>
    insertBehind(last, [`return ${value}${isPython ? '' : ';'}`], source),
  );
}

const printed = /^(print|console\.log)$/;

function inPlace(node: Node): readonly Change[] {
  const [value] = named(node);
  if (value === undefined || functionOf(node) === null) return none;
  if (/assignment|update|string/.test(value.type)) return none;
  const list = fieldOf(value, 'arguments');
  const [argument, ...others] = list === null ? [] : named(list);
  if (printed.test(fieldOf(value, 'function')?.text ?? '') && argument && others.length === 0) {
    return [replace(value, `return ${argument.text}`)];
  }
  return [{ start: value.start, end: value.start, replacement: 'return ', note: 'add return' }];
}
