import { within } from '../walk';
import type { Node } from '../node';
import { fieldOf } from '../walk';
import { roleOf } from '../identifiers';
import { none, type Family } from './operator';

const modules: ReadonlySet<string> = new Set([
  'math',
  're',
  'string',
  'random',
  'itertools',
  'functools',
  'collections',
  'heapq',
  'bisect',
  'operator',
  'copy',
  'json',
  'datetime',
  'statistics',
  'decimal',
  'fractions',
  'sys',
  'time',
]);
const givenBy: Readonly<Record<string, readonly string[]>> = {
  typing: [
    'List',
    'Dict',
    'Tuple',
    'Set',
    'Optional',
    'Any',
    'Union',
    'Callable',
    'Iterable',
    'Sequence',
  ],
  collections: ['defaultdict', 'Counter', 'deque', 'OrderedDict', 'namedtuple'],
  math: ['sqrt', 'ceil', 'floor', 'gcd', 'factorial', 'pi', 'prod', 'log', 'inf', 'isqrt'],
  functools: ['reduce', 'lru_cache', 'cmp_to_key', 'cache'],
  itertools: [
    'permutations',
    'combinations',
    'product',
    'chain',
    'accumulate',
    'groupby',
    'zip_longest',
  ],
  bisect: ['bisect_left', 'bisect_right', 'insort'],
  heapq: ['heappush', 'heappop', 'heapify'],
  copy: ['deepcopy'],
  dataclasses: ['dataclass', 'field'],
};
const homes = new Map(
  Object.entries(givenBy).flatMap(([home, names]) => names.map((name) => [name, home] as const)),
);

/** Imports that a Python program uses and forgot, all of them at once: its NameError is no other fault. */
export const missingImport: Family = (node, { language, scopes }) => {
  if (language !== 'python' || node.type !== 'module') return none;
  const needed = new Map<string, string>();
  for (const name of within(node, (inner: Node) => /^import/.test(inner.type))) {
    if (name.type !== 'identifier' || scopes.scopeOf(name.text, name) !== null) continue;
    if (roleOf(name) === 'binding' || name.field === 'attribute') continue;
    const { text, parent } = name;
    const isObject = parent?.type === 'attribute' && fieldOf(parent, 'object') === name;
    if (isObject && modules.has(text)) needed.set(text, `import ${text}`);
    else if (homes.has(text)) needed.set(text, `from ${homes.get(text) ?? ''} import ${text}`);
  }
  if (needed.size === 0) return none;
  const lines = [...new Set(needed.values())].sort();
  const at = node.children.find(({ text }) => !/^from __future__/.test(text))?.start ?? 0;
  return [
    { start: at, end: at, replacement: `${lines.join('\n')}\n\n`, note: lines.join(', '), line: 1 },
  ];
};
