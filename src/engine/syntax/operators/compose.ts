import { isCall } from '../kinds';
import type { Node } from '../node';
import { ancestors, fieldOf, named } from '../walk';
import { none, replace, type Change, type Family, type Place } from './operator';

const mostNames = 5;

/**
 * Two values in the place of one, and a beginning for what is counted from 0. The faults it mends:
 * `items[i:n]` for `items[i:i + n]`, inner loops that begin anew at 0, what was left out of a
 * result, and a recursion that does not say what it has already passed.
 */
export const compose: Family = (node, place) => {
  if (isCall(node)) return ranges(node, place);
  if (node.type === 'return_statement') return joined(node, place);
  if (node.type !== 'identifier' || !isCounted(node)) return none;
  const others = namesAt(node, place).filter((other) => other !== node.text);
  const length = (name: string): string =>
    place.language === 'python' ? `len(${name})` : `${name}.length`;
  return [
    ...others.flatMap((other) => [
      replace(node, `${other} + ${node.text}`),
      replace(node, `${node.text} - ${other}`),
      replace(node, `${node.text} * ${other}`),
    ]),
    ...others.map((other) => replace(node, `${node.text} - ${length(other)}`)),
  ];
};

/** What is returned, with another list or text before or behind it. */
function joined(node: Node, place: Place): readonly Change[] {
  const [value] = named(node);
  const isList = value && /^(list|list_comprehension|binary_operator|call)$/.test(value.type);
  if (place.language !== 'python' || !isList) return none;
  const held = value.type === 'binary_operator' ? `(${value.text})` : value.text;
  return namesAt(node, place).flatMap((name) => [
    replace(value, `${name} + ${held}`),
    replace(value, `${held} + ${name}`),
  ]);
}

function isCounted({ parent, field }: Node): boolean {
  if (parent === null) return false;
  if (parent.type === 'slice' || field === 'subscript' || field === 'index') return true;
  return /^(argument_list|arguments)$/.test(parent.type) && isCountingCall(parent.parent);
}

function isCountingCall(call: Node | null): boolean {
  const callee = call && fieldOf(call, 'function');
  if (callee?.type === 'identifier') {
    for (const above of ancestors(callee)) {
      if (fieldOf(above, 'name')?.text === callee.text) return true;
    }
  }
  const name = callee?.children.at(-1)?.text;
  return name !== null && name !== undefined && /^(slice|substring|splice)$/.test(name);
}

function ranges(node: Node, place: Place): readonly Change[] {
  const list = fieldOf(node, 'arguments');
  if (fieldOf(node, 'function')?.text !== 'range' || list === null) return none;
  const [only, ...others] = named(list);
  if (only === undefined || others.length > 0) return none;
  const starts = namesAt(node, place).flatMap((name) => [`${name} + 1`, name]);
  return [
    ...['1', '2', ...starts].map((start) => replace(list, `(${start}, ${only.text})`)),
    replace(list, `(1, ${only.text} + 1)`),
    replace(list, `(${only.text} - 1, -1, -1)`),
  ];
}

function namesAt(node: Node, { scopes }: Place): readonly string[] {
  return [...scopes.localNames(node)]
    .filter(
      ([name, bindings]) =>
        !/^(self|cls|_)$/.test(name) && bindings.some(({ start }) => start < node.start),
    )
    .map(([name]) => name)
    .sort((a, b) => scopes.distanceTo(a, node.start) - scopes.distanceTo(b, node.start))
    .slice(0, mostNames);
}
