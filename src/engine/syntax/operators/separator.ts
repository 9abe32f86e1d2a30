import { isCall } from '../kinds';
import { fieldOf, named } from '../walk';
import { none, replace, type Family } from './operator';

const between = ["''", "' '", "', '", "','"];

/**
 * What text is cut at and put together with. The faults it mends: `split(' ')` where several blanks
 * may stand together, or the other way round, and `join()` without what stands between.
 */
export const separator: Family = (node, { language }) => {
  if (!isCall(node)) return none;
  const callee = fieldOf(node, 'function');
  const list = fieldOf(node, 'arguments');
  const name = callee && (fieldOf(callee, 'attribute') ?? fieldOf(callee, 'property'))?.text;
  if (list === null || (name !== 'split' && name !== 'join')) return none;
  const [first] = named(list);
  if (language !== 'python') {
    if (name === 'join') {
      return between.filter((one) => one !== first?.text).map((one) => replace(list, `(${one})`));
    }
    return first === undefined ? none : [replace(list, '(/\\s+/)')];
  }
  if (name === 'join') return none;
  if (first === undefined) return [replace(list, "(' ')"), replace(list, "(',')")];
  return /^(' '|" ")$/.test(first.text) ? [replace(list, '()')] : none;
};
