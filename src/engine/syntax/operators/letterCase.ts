import type { Node } from '../node';
import { isCall } from '../kinds';
import { fieldOf, named } from '../walk';
import { none, replace, type Change, type Family } from './operator';

/**
 * Letters and blanks that count and should not. The faults it mends: a list of vowels without its
 * capitals, and `split(' ')` where several blanks may stand together, or the other way round.
 */
export const letterCase: Family = (node) => {
  if (node.type === 'string') return letters(node);
  return isCall(node) ? splits(node) : none;
};

function letters(node: Node): readonly Change[] {
  const [, quote = '', text = ''] = /^(['"])([a-z]{2,20}|[A-Z]{2,20})\1$/.exec(node.text) ?? [];
  if (text === '') return none;
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  return [
    replace(node, `${quote}${lower}${upper}${quote}`),
    replace(node, `${quote}${text === lower ? upper : lower}${quote}`),
  ];
}

function splits(node: Node): readonly Change[] {
  const callee = fieldOf(node, 'function');
  const list = fieldOf(node, 'arguments');
  const name = callee && fieldOf(callee, 'attribute')?.text;
  if (name !== 'split' || list === null) return none;
  const [first] = named(list);
  if (first === undefined) return [replace(list, "(' ')"), replace(list, "(',')")];
  return /^(' '|" ")$/.test(first.text) ? [replace(list, '()')] : none;
}
