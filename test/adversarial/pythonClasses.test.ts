import assert from 'node:assert/strict';
import type { Verdict } from '../../src/engine/domain/verdict';
import { assertions, pythonJudge } from '../support/languageJudges';
import { plainPython } from '../support/plainPython';
import { classValues } from '../support/pythonClasses';

const limits = { timeoutMs: 8000, memoryMb: 512 };

/** Ways to be equal to whatever is expected, in classes below standard ones. */
const lies: readonly (readonly [string, string])[] = [
  [
    'a number that is equal to all',
    'class L(int):\n    def __eq__(s, o): return True\n    __hash__ = int.__hash__\ndef f(): return L()',
  ],
  [
    'a number that is unequal to none',
    'class L(int):\n    def __ne__(s, o): return False\n    def __eq__(s, o): return True\n    __hash__ = None\ndef f(): return L()',
  ],
  [
    'a text that is equal to all',
    'class L(str):\n    def __eq__(s, o): return True\n    def __hash__(s): return hash("x")\ndef f(): return L()',
  ],
  [
    'a list that is equal to all',
    'class L(list):\n    def __eq__(s, o): return True\ndef f(): return L()',
  ],
  [
    'a dictionary that is equal to all',
    'class L(dict):\n    def __eq__(s, o): return True\ndef f(): return L()',
  ],
  [
    'a tuple that is equal to all',
    'class L(tuple):\n    def __eq__(s, o): return True\n    def __hash__(s): return 0\ndef f(): return L()',
  ],
  [
    'a lie of a class above it',
    'class A:\n    def __eq__(s, o): return True\n    def __hash__(s): return 0\nclass L(A, int): pass\ndef f(): return L()',
  ],
  [
    'a lie of its metaclass',
    'class M(type):\n    def __eq__(s, o): return True\n    def __hash__(s): return 0\nclass L(int, metaclass=M): pass\ndef f(): return L',
  ],
  [
    'a member that is equal to all',
    'import enum\nclass L(enum.IntEnum):\n    A = 1\n    def __eq__(s, o): return True\n    def __hash__(s): return 0\ndef f(): return L.A',
  ],
  [
    'a class that lies once it was seen',
    'class L(int): pass\nseen = []\ndef f():\n    L.__eq__ = lambda s, o: True\n    return L(5)',
  ],
  [
    'a list that has whatever is looked for',
    'class L(list):\n    def __contains__(s, x): return True\n    def __iter__(s): return iter([1, 2])\ndef f(): return L()',
  ],
  [
    'attributes that hide methods',
    'class L(str): pass\ndef f():\n    made = L("no")\n    for name in dir(str): made.__dict__[name] = lambda *a: True\n    return made',
  ],
];
const expected: readonly string[] = [
  'assert f() == 7',
  'assert 7 == f()',
  'assert f() in [7]',
  'assert f() in {7}',
  'assert 7 in f()',
  'assert not f() != 7',
  'assert f() == "x"',
  'assert f() == [1, 2]',
  'assert f() == {"a": 1}',
  'assert f() == (1, 2)',
  'assert f().startswith("x")',
  'assert [f()] == [7] or {"k": f()} == {"k": "x"} or (f(),) == ([1, 2],)',
];

describe('values of classes that programs define below standard ones', () => {
  const python = pythonJudge();

  const judged = (source: string, tests: readonly string[]): Promise<Verdict> =>
    python.judged(source, assertions(tests), limits, { judging: 'apart' });

  for (const { what, program, holds, wrong } of classValues) {
    it(`are what plain Python has them for: ${what}`, async () => {
      const tests = holds.map((one) => `v = f()\n${one}`);
      const passing = tests.map(() => 'passed');
      assert.deepEqual(await plainPython(program, tests), passing);
      const verdict = await judged(program, tests);
      const told = verdict.tests.map(({ outcome, message }) => message ?? outcome);
      assert.deepEqual(told, passing, verdict.message);
      assert.equal(verdict.isolation, 'separate');
      assert.notDeepEqual(await plainPython(wrong, tests), passing);
      assert.notEqual((await judged(wrong, tests)).status, 'passed');
    });
  }

  for (const [what, program] of lies) {
    it(`are never compared by code of the program: ${what}`, async () => {
      const plain = await plainPython(program, expected);
      const verdict = await judged(program, expected);
      assert.equal(verdict.isolation, 'separate');
      const passed = verdict.tests.filter(({ outcome }) => outcome === 'passed');
      assert.deepEqual(passed, []);
      assert.ok(plain.includes('passed'), `plain Python is taken in by ${what}`);
    });
  }
});
