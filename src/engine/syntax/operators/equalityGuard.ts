import { functionTypes } from '../kinds';
import { bodyOf, insertBefore, parametersOf } from './layout';
import { none, type Family } from './operator';

const mostParameters = 2;

/**
 * An early return for one special argument. The fault it mends: a base case that is missing, such
 * as 0 or 1 of a recursion, a list of one item, or two arguments that are equal.
 */
export const equalityGuard: Family = (node, { language, source, words }) => {
  if (!functionTypes.has(node.type)) return none;
  const [first] = bodyOf(node);
  if (first === undefined) return none;
  const isPython = language === 'python';
  const [nothing, yes, no] = isPython ? ['None', 'True', 'False'] : ['null', 'true', 'false'];
  const parameters = parametersOf(node).slice(0, mostParameters);
  const [one, other] = parameters;
  const equals = isPython ? '==' : '===';
  const guard = (condition: string, value: string) =>
    insertBefore(
      first,
      isPython
        ? [`if ${condition}:`, `    return ${value}`]
        : [`if (${condition}) return ${value};`],
      source,
    );
  const values = ['0', '1', no, yes, nothing, ...(words?.strings ?? []).slice(0, 4)];
  const length = (name: string): string => (isPython ? `len(${name})` : `${name}.length`);
  const changes = parameters.flatMap((name) => [
    ...['0', '1', '2'].flatMap((given) =>
      [name, ...values]
        .filter((value) => value !== '2')
        .flatMap((value) => guard(`${name} ${equals} ${given}`, value)),
    ),
    ...guard(`${name} < 0`, no).concat(guard(`${name} < 0`, nothing), guard(`${name} <= 0`, '0')),
    ...[`${name}[0]`, name, '0', no, yes, nothing].flatMap((value) =>
      guard(`${length(name)} ${equals} 1`, value),
    ),
    ...[nothing, no, name].flatMap((value) => guard(`${length(name)} < 2`, value)),
  ]);
  if (one === undefined || other === undefined) return changes;
  const isSame = `${one} ${equals} ${other}`;
  return [...changes, ...[one, ...values].flatMap((value) => guard(isSame, value))];
};
