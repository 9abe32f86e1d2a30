import { none, replace, type Family } from './operator';

/**
 * Small letters for both kinds, and one kind for the other. The fault it mends: a list of vowels
 * without its capitals.
 */
export const letterCase: Family = (node) => {
  if (node.type !== 'string') return none;
  const [, quote = '', text = ''] = /^(['"])([a-z]{2,20}|[A-Z]{2,20})\1$/.exec(node.text) ?? [];
  if (text === '') return none;
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  return [
    replace(node, `${quote}${lower}${upper}${quote}`),
    replace(node, `${quote}${text === lower ? upper : lower}${quote}`),
  ];
};
