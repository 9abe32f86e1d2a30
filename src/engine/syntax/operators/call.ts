import { isCall } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { none, replace, type Change, type Family } from './operator';

/** Sets of names that are taken for each other. */
const pythonNames = [
  ['min', 'max'],
  ['any', 'all'],
  ['floor', 'ceil'],
  ['startswith', 'endswith'],
  ['lower', 'upper'],
  ['title', 'capitalize'],
  ['strip', 'lstrip', 'rstrip'],
  ['find', 'rfind'],
  ['index', 'rindex'],
  ['split', 'rsplit'],
  ['partition', 'rpartition'],
  ['removeprefix', 'removesuffix'],
  ['append', 'extend', 'appendleft'],
  ['pop', 'popleft'],
  ['isdigit', 'isalpha', 'isalnum'],
  ['isupper', 'islower'],
  ['keys', 'values', 'items'],
  ['union', 'intersection', 'difference'],
  ['bisect_left', 'bisect_right'],
  ['int', 'float', 'round'],
  ['list', 'set'],
  ['sum', 'len'],
  ['ljust', 'rjust'],
];
const scriptNames = [
  ['min', 'max'],
  ['floor', 'ceil', 'round', 'trunc'],
  ['some', 'every'],
  ['startsWith', 'endsWith', 'includes'],
  ['toLowerCase', 'toUpperCase'],
  ['trim', 'trimStart', 'trimEnd'],
  ['padStart', 'padEnd'],
  ['indexOf', 'lastIndexOf'],
  ['findIndex', 'findLastIndex'],
  ['find', 'findLast'],
  ['reduce', 'reduceRight'],
  ['push', 'unshift'],
  ['pop', 'shift'],
  ['keys', 'values', 'entries'],
  ['replace', 'replaceAll'],
  ['map', 'flatMap'],
  ['parseInt', 'parseFloat', 'Number'],
  ['charAt', 'charCodeAt'],
];

const python = otherNames(pythonNames);
const script = otherNames(scriptNames);

/**
 * A known function or method for its sibling, and the argument that is usually forgotten. The
 * faults it mends: `min` for `max`, `find` for `index`, and a function called with one argument too
 * few.
 */
export const call: Family = (node, { language }) => {
  if (!isCall(node)) return none;
  const name = calledName(node);
  if (name === null) return none;
  const isPython = language === 'python';
  const siblings = (isPython ? python : script).get(name.text) ?? [];
  return [
    ...siblings.map((other) => replace(name, other)),
    ...(isPython ? pythonArguments(node, name) : scriptArguments(node, name)),
  ];
};

function calledName(node: Node): Node | null {
  const callee = fieldOf(node, 'function');
  if (callee?.type === 'identifier') return callee;
  return callee === null ? null : (fieldOf(callee, 'attribute') ?? fieldOf(callee, 'property'));
}

function pythonArguments(node: Node, name: Node): readonly Change[] {
  const list = fieldOf(node, 'arguments');
  if (list?.type !== 'argument_list') return none;
  const given = named(list);
  const isMethod = name.field === 'attribute';
  const [first] = given;
  if (name.text === 'sorted' || (name.text === 'sort' && isMethod)) {
    if (list.text.includes('reverse')) return none;
    const last = given.at(-1);
    const others = last === undefined ? '' : `${list.text.slice(1, last.end - list.start)}, `;
    return [replace(list, `(${others}reverse=True)`)];
  }
  if (name.text === 'append' && isMethod && given.length === 1 && first !== undefined) {
    return [{ start: name.start, end: list.end, replacement: `insert(0, ${first.text})` }];
  }
  if (name.text === 'pop' && isMethod && given.length === 0) return [replace(list, '(0)')];
  if (name.text === 'pop' && isMethod && first?.text === '0') return [replace(list, '()')];
  return none;
}

function scriptArguments(node: Node, name: Node): readonly Change[] {
  const list = fieldOf(node, 'arguments');
  if (list?.type !== 'arguments') return none;
  if (/^(sort|toSorted)$/.test(name.text) && named(list).length === 0) {
    return [replace(list, '((a, b) => a - b)'), replace(list, '((a, b) => b - a)')];
  }
  return none;
}

function otherNames(sets: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    sets.flatMap((set) =>
      set.map((name) => [name, set.filter((other) => other !== name)] as const),
    ),
  );
}
