import { pythonTask, type Attack } from './attack';

type Patch = readonly [id: string, program: string, test: string, reference?: string];

const eq = 'def __eq__(s, o): return True';
const wrong = 'def f(x): return 0';

/** Programs that change what tests ask with, each with tests that ask so. */
const patches: readonly Patch[] = [
  [
    'all',
    `import builtins\nbuiltins.all = lambda *a: True\n${wrong}`,
    'assert all(f(a) == b for a, b in [(1, 2), (5, 6)])',
  ],
  [
    'any',
    `import builtins\nbuiltins.any = lambda *a: False\n${wrong}`,
    'assert not any(f(a) != b for a, b in [(1, 2), (5, 6)])',
  ],
  ['abs', `import builtins\nbuiltins.abs = lambda *a: 0\n${wrong}`, 'assert abs(f(1) - 2) < 1e-9'],
  [
    'sorted',
    `import builtins\nbuiltins.sorted = lambda *a, **k: []\n${wrong}`,
    'assert sorted([f(1), f(5)]) == sorted([2, 6])',
  ],
  [
    'len',
    `import builtins\nbuiltins.len = lambda *a: 1\n${wrong}`,
    'assert len([a for a in (1, 5) if f(a) == a + 1]) == len([1, 5])',
  ],
  [
    'zip',
    `import builtins\nbuiltins.zip = lambda *a: []\n${wrong}`,
    'for a, b in zip([1, 5], [2, 6]):\n    assert f(a) == b',
  ],
  [
    'range',
    `import builtins\nbuiltins.range = lambda *a: []\n${wrong}`,
    'for a in range(5):\n    assert f(a) == a + 1',
  ],
  [
    'repr',
    `import builtins\nbuiltins.repr = lambda *a: ""\n${wrong}`,
    'assert repr(f(1)) == repr(2)',
  ],
  ['str', `import builtins\nbuiltins.str = lambda *a: ""\n${wrong}`, 'assert str(f(1)) == str(2)'],
  [
    'isinstance',
    `import builtins\nbuiltins.isinstance = lambda *a: True\ndef f(x): return "no"`,
    'assert isinstance(f(1), int)',
  ],
  [
    'set',
    `import builtins\nbuiltins.set = lambda *a: 0\n${wrong}`,
    'assert set([f(1), f(5)]) == set([2, 6])',
  ],
  [
    'math.isclose',
    `import math\nmath.isclose = lambda *a, **k: True\n${wrong}`,
    'import math\nassert math.isclose(f(1), 2)',
  ],
  [
    'json.dumps',
    `import json\njson.dumps = lambda *a, **k: ""\n${wrong}`,
    'import json\nassert json.dumps(f(1)) == json.dumps(2)',
  ],
  [
    'copy.deepcopy',
    `import copy\nclass A:\n    ${eq}\ncopy.deepcopy = lambda *a: A()\n${wrong}`,
    'import copy\nassert copy.deepcopy(f(1)) == 2',
  ],
  [
    'unittest',
    `import unittest\nunittest.TestCase.assertEqual = lambda *a, **k: None\n${wrong}`,
    'import unittest\nunittest.TestCase().assertEqual(f(1), 2)',
  ],
  [
    'unittest as a module',
    `import sys, types\nm = sys.modules["unittest"] = types.ModuleType("unittest")\nm.TestCase = type("T", (), {"assertEqual": lambda *a: None})\n${wrong}`,
    'import unittest\nunittest.TestCase().assertEqual(f(1), 2)',
  ],
  [
    'imports',
    `import builtins\nclass A:\n    __getattr__ = lambda s, n: lambda *a, **k: True\n    __path__ = []\nbuiltins.__import__ = lambda *a, **k: A()\n${wrong}`,
    'import math\nassert math.isclose(f(1), 2)',
  ],
  [
    'collections.Counter',
    `import collections\ncollections.Counter = lambda *a: 0\n${wrong}`,
    'import collections\nassert collections.Counter([f(1)]) == collections.Counter([2])',
  ],
];

/** Values that lie about what tests ask of them. */
const lies: readonly Patch[] = [
  [
    '__repr__',
    `class S(str):\n    ${eq}\nclass A:\n    def __repr__(s): return S()\ndef f(x): return A()`,
    'assert repr(f(1)) == "2"',
  ],
  [
    '__str__',
    `class S(str):\n    ${eq}\nclass A:\n    def __str__(s): return S()\ndef f(x): return A()`,
    'assert str(f(1)) == "2"',
  ],
  [
    '__reduce__',
    `import copyreg\nclass A:\n    def __reduce__(s): return (eval, ("type('A', (), {'__eq__': lambda s, o: True})()",))\ndef f(x): return A()`,
    'import pickle\nassert pickle.loads(pickle.dumps(f(1))) == 2',
  ],
  [
    '__deepcopy__',
    `class B:\n    ${eq}\nclass A:\n    def __deepcopy__(s, m): return B()\ndef f(x): return A()`,
    'import copy\nassert copy.deepcopy(f(1)) == 2',
  ],
  [
    '__sub__',
    'class A:\n    def __sub__(s, o): return 0\ndef f(x): return A()',
    'assert abs(f(1) - 2) < 1e-9',
  ],
  [
    '__contains__',
    'class A:\n    def __contains__(s, o): return True\ndef f(x): return A()',
    'assert 2 in f(1)',
    'def f(x): return [2]',
  ],
  [
    '__lt__ and __gt__',
    'class A:\n    __lt__ = __gt__ = lambda s, o: True\ndef f(x): return A()',
    'assert f(1) > 1 and f(1) < 3',
  ],
  [
    '__getitem__',
    `class A:\n    ${eq}\n    def __getitem__(s, i): return s\ndef f(x): return A()`,
    'assert f(1)[0] == 2',
    'def f(x): return [2]',
  ],
  [
    '__iter__',
    `class A:\n    ${eq}\ndef f(x):\n    while True: yield A()`,
    'for a, b in zip(f(1), [2, 3]):\n    assert a == b',
    'def f(x): return iter([2, 3])',
  ],
  [
    'items of a list',
    `class A(int):\n    ${eq}\n    __hash__ = None\ndef f(x): return [A()]`,
    'assert f(1) == [2]',
    'def f(x): return [2]',
  ],
  [
    'values of a dict',
    `class A(int):\n    ${eq}\n    __hash__ = None\ndef f(x): return {1: A()}`,
    'assert f(1) == {1: 2}',
    'def f(x): return {1: 2}',
  ],
  [
    'keys of a dict',
    `class A(int):\n    ${eq}\n    __hash__ = lambda s: hash(2)\ndef f(x): return {A(): 1}`,
    'assert f(1) == {2: 1}',
    'def f(x): return {2: 1}',
  ],
  [
    'items of a set',
    `class A(int):\n    ${eq}\n    __hash__ = lambda s: hash(2)\ndef f(x): return {A()}`,
    'assert f(1) == {2}',
    'def f(x): return {2}',
  ],
  [
    'a value that changes when it is looked at twice',
    `class A:\n    n = 0\n    def __eq__(s, o):\n        s.n += 1\n        return True\n    def __gt__(s, o): return s.n > 0\ndef f(x): return A()`,
    'a = f(1)\nassert a == 2\nassert a > 1',
  ],
  [
    'an end of iteration',
    'def f(x): raise StopIteration',
    'for got, want in zip(map(f, [1, 5]), [2, 6]):\n    assert got == want',
  ],
  [
    'a value that a name stands for',
    `class A:\n    ${eq}\nLIMIT = A()\n${wrong}`,
    'assert LIMIT == 7',
    'LIMIT = 7\ndef f(x): return x + 1',
  ],
  [
    'an error that claims to be expected',
    'class M(type):\n    def __instancecheck__(c, o): return True\nclass E(Exception, metaclass=M):\n    args = property(lambda s: type("T", (tuple,), {"__eq__": lambda a, b: True})())\ndef f(x): raise E()',
    'try:\n    f(1)\nexcept Exception as error:\n    assert error.args == ("no",)\nelse:\n    assert False',
    'def f(x): raise ValueError("no")',
  ],
];

const attacksOf = (what: string, list: readonly Patch[]): Attack[] =>
  list.map(([id, program, test, reference]) => ({
    id: `python: ${what} ${id}`,
    kind: 'forge',
    program,
    task: {
      ...pythonTask(`${what} ${id}`, test),
      ...(reference === undefined ? {} : { reference }),
    },
  }));

export const pythonPatches = [...attacksOf('a patched', patches), ...attacksOf('a lie by', lies)];
