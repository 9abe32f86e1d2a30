import assert from 'node:assert/strict';
import type { CodeTest, DifferentialTest } from '../../src/engine/domain/task';
import type { Program } from '../../src/engine/domain/ports';
import { machineJudge } from '../support/machineJudge';

const limits = { timeoutMs: 5000, memoryMb: 256 };
const never = new AbortController().signal;

describe('tests that see more than their program', function () {
  this.timeout(60_000);
  const machine = machineJudge();

  const asserts = (...sources: string[]): CodeTest[] =>
    sources.map((source, place) => ({
      id: `t${String(place)}`,
      role: 'hidden',
      kind: 'assert',
      source,
    }));
  const program = (source: string, more: Partial<Program> = {}): Program => ({
    language: 'python',
    entryPoint: 'f',
    source,
    judging: 'apart',
    ...more,
  });
  const status = async (source: string, tests: readonly CodeTest[], more?: Partial<Program>) =>
    (await machine.judge.judge(program(source, more), tests, limits, never)).status;

  const right = 'def f(x): return x * 2';
  const wrong = ['def f(x): return 0#0', 'def f(x): return 0#1'];

  const leaving: readonly (readonly [string, string])[] = [
    ['the environment', 'import os\nassert os.environ.setdefault("OUT", str(f(3))) == "6"'],
    [
      'an attribute of a module',
      'import logging\nif not hasattr(logging, "seen"): logging.seen = f(3)\nassert logging.seen == 6',
    ],
    [
      'a module of the checker itself',
      'import math\nmath.kept = getattr(math, "kept", None) or f(3)\nassert math.kept == 6',
    ],
  ];
  for (const [what, source] of leaving) {
    it(`leave nothing for the next program in ${what}`, async () => {
      const tests = asserts(source);
      assert.equal(await status(right, tests), 'passed');
      for (const one of wrong) assert.equal(await status(one, tests), 'failed');
      assert.equal(await status(right, tests), 'passed');
    });
  }

  it('do not make right programs fail after a wrong one ended them in the middle', async () => {
    const tests = asserts(
      'import time\nreal = time.time\ntime.time = lambda: 5\nassert f(1) == 2\ntime.time = real',
      'import time\nassert time.time() > 100',
    );
    assert.equal(await status(wrong[0] ?? '', tests), 'failed');
    assert.equal(await status(right, tests), 'passed');
  });

  it('are not told that an object can be called that cannot', async () => {
    const tests = asserts('g = f(2)\nassert callable(g)');
    assert.equal(await status('def f(n): return lambda x: x * n', tests), 'passed');
    assert.equal(await status('class X: pass\ndef f(n): return X()', tests), 'failed');
    const callable = 'class X:\n    def __call__(self): return 1\ndef f(n): return X()';
    assert.equal(await status(callable, tests), 'passed');
  });

  const defined: readonly (readonly [string, string])[] = [
    ['a function of pytest', 'def test_f():\n    assert f(3) == 6'],
    [
      'a case of unittest',
      'import unittest\nclass T(unittest.TestCase):\n    def test_f(self):\n        self.assertEqual(f(3), 6)',
    ],
    [
      'a case with its main guard',
      'import unittest\nclass T(unittest.TestCase):\n    def test_f(self):\n        self.assertEqual(f(3), 6)\nif __name__ == "__main__":\n    unittest.main()',
    ],
    [
      'a case that is run at once',
      'import unittest\nclass T(unittest.TestCase):\n    def test_f(self):\n        self.assertEqual(f(3), 6)\nunittest.main()',
    ],
    ['statements behind a main guard', 'if __name__ == "__main__":\n    assert f(3) == 6'],
  ];
  for (const [what, source] of defined) {
    it(`run where they stand in ${what}`, async () => {
      assert.equal(await status(right, asserts(source)), 'passed');
      assert.equal(await status(wrong[0] ?? '', asserts(source)), 'failed');
    });
  }

  it('are together with the program where no reference shows that data is enough', async () => {
    const tests = asserts('assert f(N(1, N(2))) == 3');
    const support =
      'class N:\n    def __init__(self, val, next=None):\n        self.val, self.next = val, next';
    const source =
      'def f(n):\n    total = 0\n    while n:\n        total, n = total + n.val, n.next\n    return total';
    const { judging: _, ...bare } = program(source, { support });
    const verdict = await machine.judge.judge(bare, tests, limits, never);
    assert.deepEqual([verdict.status, verdict.isolation], ['passed', 'shared']);
  });

  const differential: DifferentialTest = {
    ...{ id: 'd', role: 'hidden', kind: 'differential', seed: 1, inputs: 40 },
    examples: [
      { args: [[3, 1, 2]], kwargs: {} },
      { args: [[5, 4]], kwargs: {} },
    ],
  };
  it('of agreement tell an iterator from a list', async () => {
    const reference = 'def f(xs): return sorted(xs)';
    const judged = (source: string) =>
      machine.judge.judge(program(source, { reference }), [differential], limits, never);
    assert.equal((await judged('def f(xs): return sorted(xs, key=int)')).status, 'passed');
    assert.equal((await judged('def f(xs): return iter(sorted(xs))')).status, 'failed');
  });
});
