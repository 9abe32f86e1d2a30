import assert from 'node:assert/strict';
import { programFor } from '../../src/engine/domain/ports';
import type { Verdict } from '../../src/engine/domain/verdict';
import { aProblem, aTest } from '../support/builders';
import { machineJudge } from '../support/machineJudge';

/** Many programs in one process: each must be told as it would be by itself. */
describe('programs that are screened together', () => {
  const limits = { timeoutMs: 5000, memoryMb: 256, cpuMs: 200 };
  const problem = aProblem({
    entryPoint: 'double',
    tests: [
      aTest('v1', 'visible', 'assert double(2) == 4'),
      aTest('v2', 'visible', "assert double('a') == 'aa'"),
    ],
  });
  const never = new AbortController().signal;
  const machine = machineJudge();

  const screened = (sources: readonly string[]): Promise<Verdict[]> =>
    Promise.all(
      sources.map((source) =>
        machine.judge.screen(programFor(problem, source), problem.tests, limits, never),
      ),
    );
  const right = 'def double(x):\n    return x * 2\n';
  const wrong = 'def double(x):\n    return x + 2\n';

  it('have the outcomes that they have by themselves, and what passes was judged apart', async () => {
    const sources = [right, wrong, 'def double(x):\n    return 4\n', 'def double(', '1 / 0\n', ''];
    const together = await screened(sources);
    const alone = await Promise.all(
      sources.map((source) =>
        machine.judge.judge(programFor(problem, source), problem.tests, limits, never),
      ),
    );
    const told = ({ status, tests }: Verdict): unknown => [
      status,
      tests.map(({ outcome, actual, expected }) => [outcome, actual, expected]),
    ];
    assert.deepEqual(together.map(told), alone.map(told));
    assert.equal(together[0]?.isolation, 'separate');
  });

  const endless = [
    'def double(x):\n    while True:\n        pass\n',
    'def double(x):\n    while True:\n        try:\n            while True: pass\n        except BaseException:\n            pass\n',
    'def double(x):\n    return sum(range(10 ** 12))\n',
    'while True: pass\n',
  ];
  it('are ended one by one where they run away, and those behind them are still judged', async () => {
    const began = performance.now();
    const verdicts = await screened([...endless, right, wrong]);
    const took = performance.now() - began;
    assert.deepEqual(
      verdicts.map(({ status }) => status),
      [...endless.map(() => 'timedOut'), 'passed', 'failed'],
    );
    assert.ok(took < limits.timeoutMs, `${String(took)} ms: none was left to the wall clock`);
  });

  it('show what they do on the other tests where one makes them run away', async () => {
    const sometimes =
      'def double(x):\n    while x == 2:\n        pass\n    return x + x if x else 0\n';
    const [verdict] = await screened([sometimes]);
    assert.deepEqual(
      verdict?.tests.map(({ outcome }) => outcome),
      ['timedOut', 'passed'],
    );
  });

  it('are not bounded where the tests need many turns', async () => {
    const slow = (answer: string): string =>
      `def double(x):\n    n = 0\n    while n < 50_000:\n        n += 1\n    return ${answer}\n`;
    const tests = [...problem.tests];
    const screenedNow = async (source: string): Promise<Verdict> =>
      machine.judge.screen(programFor(problem, source), tests, limits, never);
    // The first one that is screened says how many turns the tests need.
    const first = await screenedNow(slow('x'));
    const second = await screenedNow(slow('x * 2'));
    assert.deepEqual([first.status, second.status], ['failed', 'passed']);
    assert.equal((await screened([slow('x')]))[0]?.status, 'timedOut', 'these tests need few');
  });

  const leaving = [
    'import builtins\nbuiltins.len = None\ndef double(x):\n    return len(x)\n',
    'import sys\nsys.setrecursionlimit(60)\ndef double(x):\n    return 0\n',
    'import os\nos.chdir("/")\nopen("/tmp/left", "w").write("x")\ndef double(x):\n    return 0\n',
    'import threading, time\nthreading.Thread(target=time.sleep, args=(30,), daemon=True).start()\ndef double(x):\n    return 0\n',
    'import os\ndef double(x):\n    os._exit(0)\n',
    'import os\nos.fork()\ndef double(x):\n    return 0\n',
    'import signal\nsignal.setitimer(signal.ITIMER_PROF, 0)\ndef double(x):\n    return 0\n',
    'print("x" * 10 ** 6)\ndef double(x):\n    return 0\n',
    'held = [0] * 10 ** 9\ndef double(x):\n    return 0\n',
  ];
  it('change nothing for those behind them', async () => {
    const sound =
      'import os\ndef double(x):\n    return x * len([1, 2]) if not os.path.exists("/tmp/left") else None\n';
    for (const one of leaving) {
      const [first, ...behind] = await screened([one, sound, wrong, sound]);
      assert.notEqual(first?.status, 'passed', one);
      assert.deepEqual(
        behind.map(({ status }) => status),
        ['passed', 'failed', 'passed'],
        one,
      );
    }
  });

  const cheating = [
    'class All(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\ndef double(x):\n    return All(0)\n',
    'import sys\nfor name, module in list(sys.modules.items()):\n    if hasattr(module, "run_test"):\n        module.run_test = lambda *_: {"outcome": "passed"}\ndef double(x):\n    return 0\n',
  ];
  it('are not told as passed for having reached what they share with their tests', async () => {
    for (const { status } of await screened(cheating)) assert.notEqual(status, 'passed');
  });
});

describe('JavaScript programs that are screened', () => {
  const limits = { timeoutMs: 5000, memoryMb: 256, cpuMs: 200 };
  const problem = aProblem({
    language: 'javascript',
    entryPoint: 'double',
    tests: [
      aTest('v1', 'visible', 'assert.equal(double(2), 4)'),
      aTest('v2', 'visible', "assert.equal(double('a'), 'aa')"),
    ],
  });
  const never = new AbortController().signal;
  const machine = machineJudge();
  const { tests } = problem;
  const screened = (sources: readonly string[]): Promise<Verdict[]> =>
    Promise.all(
      sources.map((source) =>
        machine.judge.screen(programFor(problem, source), tests, limits, never),
      ),
    );

  it('have the outcomes that they have by themselves, and what passes was judged apart', async () => {
    const sources = [
      'function double(x) { return typeof x === "number" ? 2 * x : x + x; }',
      'function double(x) { return 2 * x; }',
      'function double(x) { return null.x; }',
      'function double(',
      'throw new Error("no");',
      '',
    ];
    const together = await screened(sources);
    const alone = await Promise.all(
      sources.map((source) =>
        machine.judge.judge(programFor(problem, source), tests, limits, never),
      ),
    );
    const told = ({ status, tests: all }: Verdict): unknown => [
      status,
      all.map(({ outcome, actual, expected }) => [outcome, actual, expected]),
    ];
    assert.deepEqual(together.map(told), alone.map(told));
    assert.equal(together[0]?.isolation, 'separate');
  });

  it('show what they do on the other tests where one makes them run away', async () => {
    const [verdict] = await screened([
      'function double(x) { for (;;) { if (x !== 2) return x + x; } }',
    ]);
    assert.deepEqual(
      verdict?.tests.map(({ outcome }) => outcome),
      ['timedOut', 'passed'],
    );
  });
});

describe('the lines that a test ran', () => {
  const machine = machineJudge();
  const never = new AbortController().signal;
  const endless = {
    python: 'def f(x):\n    while x == 2:\n        x = 2\n    return x\n',
    javascript: 'function f(x) {\n  while (x === 2) {\n    x = 2;\n  }\n  return x;\n}\n',
  } as const;
  for (const language of ['python', 'javascript'] as const) {
    it(`are told where it never ends, and of the tests behind it (${language})`, async () => {
      const test = (id: string, call: string): ReturnType<typeof aTest> =>
        aTest(
          id,
          'visible',
          language === 'python' ? `assert ${call} == 9` : `assert.equal(${call}, 9)`,
        );
      const problem = aProblem({
        ...{ language, entryPoint: 'f' },
        tests: [test('v1', 'f(2)'), test('v2', 'f(3)')],
      });
      const found = await machine.judge.observe(
        programFor(problem, endless[language]),
        problem.tests,
        'coverage',
        { timeoutMs: 20_000, memoryMb: 256 },
        never,
      );
      const inside = 3;
      assert.ok(found.kind === 'coverage', JSON.stringify(found));
      assert.ok(found.lines['v1']?.includes(inside), JSON.stringify(found.lines));
      assert.equal(found.lines['v2']?.includes(inside), false);
    });
  }
});
