import { insideParentheses } from '../walk';
import type { Node } from '../node';
import { textInPlaceOf } from '../kinds';
import { conditionOf, isTruthValue } from './conditions';
import { none, replace, type Change, type Family, type Place } from './operator';

const mostNames = 5;

/**
 * A condition made of values in scope, alone or beside the one that is there. The faults it mends:
 * a test of the wrong things, and one that forgot a case (`and item not in result`).
 */
export const synthesis: Family = (node, place) => {
  const test = conditionOf(node);
  if (test === null || isTruthValue(test)) return none;
  const inner = insideParentheses(test);
  const conditions = conditionsAt(inner, place);
  const [and, or] = place.language === 'python' ? ['and', 'or'] : ['&&', '||'];
  const isLoop = node.type.startsWith('while');
  const beside: Change[] = conditions.flatMap((condition) => [
    replace(inner, `${held(inner)} ${and} ${condition}`, `add ${and} ${condition}`),
    ...(isLoop
      ? []
      : [replace(inner, `${held(inner)} ${or} ${condition}`, `add ${or} ${condition}`)]),
  ]);
  return isLoop ? beside : [...beside, ...conditions.map((condition) => replace(inner, condition))];
};

function held(test: Node): string {
  return /^(boolean_operator|binary_expression|ternary_expression|conditional_expression|lambda|named_expression)$/.test(
    test.type,
  )
    ? `(${test.text})`
    : textInPlaceOf(test, test);
}

function conditionsAt(test: Node, { language, scopes }: Place): readonly string[] {
  const isPython = language === 'python';
  const names = [...scopes.localNames(test)]
    .filter(
      ([name, bindings]) =>
        !/^(self|cls|_)$/.test(name) && bindings.some(({ start }) => start < test.start),
    )
    .map(([name]) => name)
    .sort((a, b) => scopes.distanceTo(a, test.start) - scopes.distanceTo(b, test.start))
    .slice(0, mostNames);
  const [equals, differs] = isPython ? ['==', '!='] : ['===', '!=='];
  const pairs = names.flatMap((one, at) =>
    names
      .slice(at + 1)
      .flatMap((other) => [
        ...['<', '>', '<=', '>=', equals, differs].map((sign) => `${one} ${sign} ${other}`),
        ...(isPython
          ? [
              `${one} not in ${other}`,
              `${other} not in ${one}`,
              `${one} in ${other}`,
              `${other} in ${one}`,
            ]
          : [
              `!${one}.includes(${other})`,
              `!${other}.includes(${one})`,
              `${one}.includes(${other})`,
              `${other}.includes(${one})`,
            ]),
      ]),
  );
  const alone = names.flatMap((name) => [
    ...(isPython ? [name, `not ${name}`] : [name, `!${name}`]),
    ...[`> 0`, `< 0`, `${equals} 0`, `${differs} 0`, `${equals} 1`, `> 1`].map(
      (rest) => `${name} ${rest}`,
    ),
  ]);
  return [...alone, ...pairs];
}
