import assert from 'node:assert/strict';
import type { Judging } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { assertions, pythonJudge } from '../support/languageJudges';

const limits = { timeoutMs: 2000, memoryMb: 256 };

/** Wrong programs that published harnesses have taken for right ones. */
const forgers: readonly (readonly [string, string])[] = [
  ['an object equal to all', 'class A:\n  def __eq__(s, o): return True\ndef f(x): return A()'],
  [
    'an int equal to all',
    'class A(int):\n  def __eq__(s, o): return True\n  def __ne__(s, o): return False\ndef f(x): return A(0)',
  ],
  ['a str equal to all', 'class A(str):\n  def __eq__(s, o): return True\ndef f(x): return A()'],
  ['a list equal to all', 'class A(list):\n  def __eq__(s, o): return True\ndef f(x): return A()'],
  [
    'a class equal to all',
    'class M(type):\n  def __eq__(c, o): return True\n  __hash__ = None\nclass A(metaclass=M): pass\ndef f(x): return A',
  ],
  [
    'equality from the right',
    'class A:\n  def __eq__(s, o): return True\n  def __req__(s, o): return True\n  __ne__ = lambda s, o: False\ndef f(x): return A()',
  ],
  [
    'a name that lies',
    'def f(x):\n  class int_(int): pass\n  int_.__name__ = "int"\n  int_.__eq__ = lambda s, o: True\n  return int_(0)',
  ],
  [
    'a way to pickle that lies',
    'class A:\n  def __reduce__(s): return (int, (2,))\n  def __index__(s): return 2\n  def __int__(s): return 2\ndef f(x): return A()',
  ],
  [
    'the verdict of a caller, found by frames',
    'import sys\ndef f(x):\n  g = sys._getframe()\n  while g:\n    for v in list(g.f_locals.values()):\n      if isinstance(v, list): v.append("passed")\n      if isinstance(v, dict): v["outcome"] = "passed"\n    g = g.f_back',
  ],
  [
    'the expected value, found by frames',
    'import sys\ndef f(x):\n  g = sys._getframe(1)\n  while g:\n    for c in g.f_code.co_consts:\n      if c == 2: return 2\n    g = g.f_back',
  ],
  [
    'the tests, found in memory',
    'import gc\ndef f(x):\n  for o in gc.get_objects():\n    if isinstance(o, dict) and "tests" in o: return 2\n    if isinstance(o, str) and "f(1) == 2" in o: return 2',
  ],
  [
    'the tests, found in its own memory map',
    'import re\ndef f(x):\n  for line in open("/proc/self/maps"):\n    if "rw-p" in line and "[heap]" in line:\n      a, b = [int(n, 16) for n in line.split()[0].split("-")]\n      with open("/proc/self/mem", "rb") as m:\n        m.seek(a)\n        if b"assert f(1) =" + b"= 2" in m.read(b - a): return 2',
  ],
  [
    'no assertion ever fails',
    'import builtins\nbuiltins.AssertionError = type("X", (Exception,), {})\nimport unittest\nunittest.TestCase.assertEqual = lambda *a: None\ndef f(x): return 0',
  ],
  [
    'a tracer that returns what is wanted',
    'import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)\ndef f(x): return 0',
  ],
  [
    'answers of its own on every descriptor',
    'import json, os, struct\ndef f(x):\n  for fd in range(3, 64):\n    for m in ({"value": 7, "changed": []}, {"kind": "done"}, {"kind": "end", "id": "first", "outcome": "passed"}):\n      d = json.dumps(m).encode()\n      try: os.write(fd, struct.pack("!I", len(d)) + d)\n      except OSError: pass\n  return 0',
  ],
  ['another name for itself', 'def f(x): return 0\ndef __getattr__(name): return lambda *a: 2'],
];

describe('programs that forge', () => {
  const python = pythonJudge();

  const judged = (
    source: string,
    tests: readonly string[],
    support = '',
    judging?: Judging,
  ): Promise<Verdict> =>
    python.judged(source, assertions(tests), limits, {
      support,
      ...(judging === undefined ? {} : { judging }),
    });

  for (const [what, source] of forgers) {
    it(`are refused: ${what}`, async () => {
      const verdict = await judged(source, ['assert f(1) == 2', 'assert f(2) == 3']);
      assert.equal(verdict.isolation, 'separate');
      assert.notEqual(verdict.status, 'passed', JSON.stringify(verdict.tests));
      const right = await judged('def f(x): return x + 1', ['assert f(1) == 2']);
      assert.equal(right.status, 'passed');
    });
  }

  /** Right programs, with tests that hold only if values cross as what they are. */
  const crossing: readonly (readonly [string, string, readonly string[], string?])[] = [
    [
      'plain data',
      'def f(x): return x',
      [
        'for v in (None, True, 1, -0.0, 2**80, "é😀", b"x", [1, [2]], {"a": {1: (2,)}}, {1, 2}, (1,), frozenset([3])):\n    assert f(v) == v and type(f(v)) is type(v)',
      ],
    ],
    [
      'numbers that JSON lacks',
      'def f(x): return x',
      [
        'import math\nassert math.isnan(f(math.nan)) and f(math.inf) == math.inf and math.copysign(1, f(-0.0)) == -1',
      ],
    ],
    [
      'standard types',
      'def f(x): return x',
      [
        'import collections, datetime, decimal, fractions\nfor v in (collections.Counter("aab"), collections.deque([1]), collections.OrderedDict(a=1), range(3), decimal.Decimal("1.50"), fractions.Fraction(1, 3), datetime.date(2024, 2, 29), datetime.timedelta(1), 2 + 3j, bytearray(b"x")):\n    assert f(v) == v and type(f(v)) is type(v)',
      ],
    ],
    [
      'arguments changed in place',
      'def f(x):\n  x.append(4)\n  x[0].clear()\n  return None',
      ['a = [[1], 2]\nassert f(a) is None\nassert a == [[], 2, 4]'],
    ],
    [
      'the same object given back',
      'def f(x):\n  x.sort()\n  return x',
      ['a = [2, 1]\nassert f(a) is a and a == [1, 2]'],
    ],
    [
      'a copy given back',
      'def f(x): return sorted(x)',
      ['a = [2, 1]\nassert f(a) is not a and a == [2, 1]'],
    ],
    [
      'exceptions by kind and message',
      'def f(x): raise KeyError("no such key")',
      [
        'try:\n    f(1)\nexcept LookupError as error:\n    assert type(error) is KeyError and error.args == ("no such key",)\nelse:\n    assert False',
      ],
    ],
    [
      'exceptions of its own',
      'class Bad(ValueError): pass\ndef f(x): raise Bad("why")',
      [
        'try:\n    f(1)\nexcept ValueError as error:\n    assert type(error).__name__ == "Bad" and str(error) == "why"',
      ],
    ],
    [
      'unittest',
      'def f(x):\n  if x < 0: raise ValueError("negative")\n  return x',
      [
        'self.assertRaises(ValueError, f, -1)',
        'with self.assertRaisesRegex(ValueError, "neg"):\n    f(-2)',
        'self.assertEqual(f(2), 2)',
      ],
      'import unittest\nself = unittest.TestCase()',
    ],
    [
      'generators',
      'def f(x):\n  for i in range(x): yield i',
      ['g = f(3)\nassert next(g) == 0 and list(g) == [1, 2] and not isinstance(f(1), list)'],
    ],
    ['keyword arguments', 'def f(x, *, scale=1): return x * scale', ['assert f(2, scale=3) == 6']],
    [
      'constants of the program',
      'LIMIT = [1, 2]\ndef f(x): return x in LIMIT',
      ['assert f(1) and LIMIT == [1, 2]'],
    ],
    [
      'objects as tokens',
      'class A: pass\nKEPT = A()\ndef f(x): return KEPT if x is None else x is KEPT',
      ['a = f(None)\nassert f(a) is True and f(1) is False and a == a'],
    ],
    [
      'named tuples',
      'import collections\nP = collections.namedtuple("P", "x y")\ndef f(x): return P(x, 2)',
      ['assert f(1) == (1, 2) and repr(f(1)) == "P(x=1, y=2)"'],
    ],
    [
      'aliases within one argument',
      'def f(x):\n  x[0].append(1)\n  return x',
      ['a = []\nb = f([a, a])\nassert b[0] is b[1] and a == [1]'],
    ],
    [
      'state between calls',
      'n = 0\ndef f(x):\n  global n\n  n += x\n  return n',
      ['assert f(1) == 1 and f(2) == 3'],
    ],
  ];
  for (const [what, source, tests, support] of crossing) {
    it(`leave honest ones alone: ${what}`, async () => {
      const verdict = await judged(source, tests, support, 'apart');
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
      assert.equal(verdict.isolation, 'separate');
    });
  }

  /** Tests that calls with data cannot answer, told from the tests alone. */
  const together: readonly (readonly [string, string, string])[] = [
    [
      'a class of the program',
      'class Stack:\n  def __init__(s): s.a = []\ndef f(x): return Stack()',
      'assert isinstance(f(1), Stack)',
    ],
    [
      'an object made by the test',
      'class Point:\n  def __init__(s, x): s.x = x\ndef f(p): return p.x',
      'assert f(Point(2)) == 2',
    ],
    [
      'an attribute of the function',
      'def f(x): f.calls += 1\nf.calls = 0',
      'f(1)\nassert f.calls == 1',
    ],
    [
      'what is printed',
      'def f(x): print(x)',
      'import contextlib, io\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    f(1)\nassert out.getvalue() == "1\\n"',
    ],
  ];
  for (const [what, source, test] of together) {
    it(`are judged together with tests that need ${what}, and the verdict says so`, async () => {
      const verdict = await judged(source, [test], '', 'apart');
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
      assert.equal(verdict.isolation, 'shared');
    });
  }

  it('never share state of the tests with the program before', async () => {
    const support = 'SEEN = []';
    const test = 'SEEN.append(f(1))\nassert SEEN == [2]';
    for (let round = 0; round < 3; round++) {
      assert.equal((await judged('def f(x): return x + 1', [test], support)).status, 'passed');
    }
  });
});
