import { functionTypes } from '../kinds';
import { bodyOf, insertBefore, parametersOf } from './layout';
import { none, type Family } from './operator';

const mostParameters = 2;
const pythonValues = ['0', 'None', '[]', "''", 'False', 'True', '-1', '{}', '0.0'];
const scriptValues = ['0', 'null', '[]', "''", 'false', 'true', '-1', '{}', 'undefined'];

/**
 * An early return for an empty argument. The fault it mends: a function that was thought through
 * for full lists only, and divides by their length or takes their first item.
 */
export const emptyGuard: Family = (node, { language, source }) => {
  if (!functionTypes.has(node.type)) return none;
  const [first] = bodyOf(node);
  if (first === undefined) return none;
  const isPython = language === 'python';
  return parametersOf(node)
    .slice(0, mostParameters)
    .flatMap((name) =>
      (isPython ? [...pythonValues, name] : scriptValues).flatMap((value) =>
        insertBefore(
          first,
          isPython
            ? [`if not ${name}:`, `    return ${value}`]
            : [`if (!${name} || ${name}.length === 0) return ${value};`],
          source,
        ),
      ),
    );
};
