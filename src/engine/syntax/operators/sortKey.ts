import { isCall } from '../kinds';
import type { Node } from '../node';
import { fieldOf, named } from '../walk';
import { none, replace, type Change, type Family } from './operator';

/**
 * What things are ordered by. The faults it mends: equal ones left in the order in which they came
 * where the order of their values is meant, texts ordered by letters where their length is meant,
 * and the first of equals taken where the least is meant.
 */
export const sortKey: Family = (node, { language }) => {
  if (!isCall(node)) return none;
  const callee = fieldOf(node, 'function');
  const list = fieldOf(node, 'arguments');
  const name = callee?.children.at(-1)?.text ?? callee?.text ?? '';
  if (callee === null || list === null) return none;
  return language === 'python' ? python(name, list) : script(name, list);
};

const pythonKeys = [
  'len',
  'lambda item: (len(item), item)',
  'abs',
  'str',
  'str.lower',
  'lambda item: -item',
  'lambda item: item[0]',
  'lambda item: item[1]',
];

function python(name: string, list: Node): readonly Change[] {
  if (!/^(sorted|sort|max|min)$/.test(name) || list.type !== 'argument_list') return none;
  const given = named(list);
  const [first] = given;
  const key = given.find(
    (one) => one.type === 'keyword_argument' && fieldOf(one, 'name')?.text === 'key',
  );
  const value = key && fieldOf(key, 'value');
  if (!value) {
    const inside = list.text.slice(1, -1).replace(/,\s*$/, '');
    const isPlain = given.every(({ type }) => type === 'keyword_argument' || type !== 'list_splat');
    if (!isPlain || ((name === 'max' || name === 'min') && given.length !== 1)) return none;
    return pythonKeys.map((by) =>
      replace(list, `(${inside}${inside === '' ? '' : ', '}key=${by})`),
    );
  }
  const sorted = first && first !== key ? [replace(first, `sorted(${first.text})`)] : [];
  const ordered = /^lambda (\w+): ([^\n]+)$/.exec(value.text);
  if (ordered) {
    const [, item = '', by = ''] = ordered;
    return [
      replace(value, `lambda ${item}: (${by}, ${item})`),
      replace(value, `lambda ${item}: -(${by})`),
      replace(value, `lambda ${item}: (-(${by}), ${item})`),
      ...sorted,
    ];
  }
  return /^\w+$/.test(value.text)
    ? [replace(value, `lambda item: (${value.text}(item), item)`), ...sorted]
    : sorted;
}

function script(name: string, list: Node): readonly Change[] {
  if (!/^(sort|toSorted)$/.test(name)) return none;
  const [compare] = named(list);
  const known = compare && /^\((\w+), (\w+)\) => ([^{\n]+)$/.exec(compare.text);
  if (!compare) {
    return ['(a, b) => a.length - b.length', '(a, b) => (a < b ? -1 : a > b ? 1 : 0)'].map((by) =>
      replace(list, `(${by})`),
    );
  }
  if (!known) return none;
  const [, a = '', b = '', by = ''] = known;
  return [
    replace(compare, `(${a}, ${b}) => ${by} || (${a} < ${b} ? -1 : 1)`),
    replace(compare, `(${a}, ${b}) => ${by} || ${a} - ${b}`),
  ];
}
