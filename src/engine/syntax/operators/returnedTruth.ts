import { fieldOf, named } from '../walk';
import { none, replace, type Family } from './operator';
import { isTruthValue } from './conditions';

const mostNames = 4;

/**
 * An answer that depends on what was found, for one that is always the same. The fault it mends: a
 * `return True` at the end that must ask whether all was used up, or whether enough was counted.
 */
export const returnedTruth: Family = (node, { language, scopes }) => {
  if (node.type !== 'return_statement') return none;
  const [value] = named(node);
  if (value === undefined || !isTruthValue(value)) return none;
  const isPython = language === 'python';
  const [not, equals, differs] = isPython ? ['not ', '==', '!='] : ['!', '===', '!=='];
  const length = (name: string): string => (isPython ? `len(${name})` : `${name}.length`);
  return [...scopes.localNames(node)]
    .filter(
      ([name, bindings]) =>
        !/^(self|cls|_)$/.test(name) &&
        bindings.some((binding) => binding.start < node.start && fieldOf(binding, 'body') === null),
    )
    .map(([name]) => name)
    .sort((a, b) => scopes.distanceTo(a, node.start) - scopes.distanceTo(b, node.start))
    .slice(0, mostNames)
    .flatMap((name) => [
      `${not}${name}`,
      isPython ? `bool(${name})` : `Boolean(${name})`,
      `${length(name)} ${equals} 0`,
      `${length(name)} > 0`,
      `${name} ${equals} 0`,
      `${name} ${differs} 0`,
      `${name} ${equals} 1`,
      `${name} > 1`,
    ])
    .map((condition) => replace(value, condition));
};
