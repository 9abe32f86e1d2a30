import assert from 'node:assert/strict';
import type { Verdict } from '../../src/engine/domain/verdict';
import { assertions, pythonJudge } from '../support/languageJudges';
import { forgedAnswers, forgedAsks, rawConversations } from '../support/rawChannel';

const limits = { timeoutMs: 2000, memoryMb: 256 };
const right = 'def f(xs, key): return sorted(xs, key=key)';
/** Calls, call-backs, call-backs that call the program, things given back, changes, exceptions. */
const tests = assertions([
  'assert f([3, 1, 2], lambda x: -x) == [3, 2, 1]',
  'xs = [2, 1]\ndef key(x): return f([x, 0], abs)[1]\nassert f(xs, key) == [1, 2] and xs == [2, 1]',
  'try:\n    f([1, "a"], lambda x: x)\nexcept TypeError:\n    pass\nelse:\n    assert False',
  'for want, got in zip([[1, 2], [3, 4]], map(f, [[2, 1], [4, 3]], [abs, abs])):\n    assert got == want',
]);

describe('Python programs that write what they like to the tests', () => {
  const python = pythonJudge();
  const judged = (source: string, some = tests): Promise<Verdict> =>
    python.judged(source, some, limits, { judging: 'apart' });

  async function isRefused(source: string, some = tests): Promise<Verdict> {
    const verdict = await judged(source, some);
    const told = `${verdict.status} ${verdict.message ?? ''}`;
    assert.equal(verdict.isolation, 'separate');
    assert.notEqual(verdict.status, 'passed', told);
    assert.notEqual(verdict.status, 'infrastructure', told);
    const next = await judged(right);
    assert.equal(next.status, 'passed', `the next one after ${told}: ${next.message ?? ''}`);
    return verdict;
  }

  for (const [what, source] of forgedAnswers) {
    it(`pass nothing by an answer with ${what}`, async () => {
      const { tests: told } = await isRefused(source);
      assert.ok(
        told.every(({ outcome }) => outcome !== 'passed'),
        JSON.stringify(told),
      );
    });
  }

  for (const [what, source] of forgedAsks) {
    it(`get no value by asking ${what}`, async () => {
      const { output } = await isRefused(source);
      assert.match(output, /^(?:refused\n)+$/);
    });
  }

  for (const [what, source, statuses] of rawConversations) {
    it(`pass nothing where they ${what}`, async () => {
      const { status, message = '' } = await isRefused(source);
      assert.ok(statuses.includes(status), `${status}: ${message}`);
    });
  }

  const honest: readonly (readonly [string, string, string])[] = [
    [
      'calls back from a thread that outlives the call',
      `import threading
def f(g=None):
    if g is None: return 1
    def go():
        for n in range(100): g(n)
    threading.Thread(target=go, daemon=True).start()
    return 1`,
      'seen = []\nassert f(seen.append) == 1\nfor _ in range(300):\n    assert f() == 1',
    ],
    [
      'recurses through the tests without end',
      'def f(g):\n    try: return g()\n    except RecursionError: return 1',
      'def g(): return f(g)\nfor _ in range(3):\n    assert f(g) == 1',
    ],
    [
      'meets the limit of recursion at any depth of a call-back',
      `def f(g, n):
    def down(n): return g() if n == 0 else down(n - 1)
    try: return down(n)
    except RecursionError: return 1`,
      'for n in range(940, 1000):\n    assert f(lambda: 1, n) == 1',
    ],
    [
      'is broken off by an alarm of the tests, and answers later',
      'import time\ndef f(n):\n    time.sleep(n)\n    return n',
      'import signal\nclass Late(Exception): pass\ndef late(*_): raise Late()\nsignal.signal(signal.SIGALRM, late)\nsignal.setitimer(signal.ITIMER_REAL, 0.1)\ntry:\n    f(0.3)\nexcept Late:\n    pass\nimport time\ntime.sleep(0.4)\nassert f(0) == 0',
    ],
    [
      'breaks off a call-back by an alarm of its own',
      'import signal\nclass Late(Exception): pass\ndef late(*_): raise Late()\ndef f(g):\n    signal.signal(signal.SIGALRM, late)\n    signal.setitimer(signal.ITIMER_REAL, 0.1)\n    try: g()\n    except Late: pass\n    return 1',
      'import time\nassert f(lambda: time.sleep(0.3)) == 1',
    ],
    [
      'calls back out of a copy of itself',
      'import os\ndef f(g):\n    if os.fork() == 0: g(0)\n    return g(1)',
      'assert f(lambda x: x) == 1',
    ],
  ];
  for (const [what, source, test] of honest) {
    it(`are not said to have meddled where an honest one ${what}`, async () => {
      const verdict = await judged(source, assertions([test]));
      const isBrokenOff = what.includes('alarm');
      const told = `${verdict.status} ${verdict.message ?? ''}`;
      assert.equal(verdict.isolation, 'separate');
      assert.equal(verdict.status, isBrokenOff ? 'crashed' : 'passed', told);
    });
  }

  it('end no loop of the tests by what they raise, however it is raised', async () => {
    const loops: readonly (readonly [string, string])[] = [
      [
        'def f(x): raise StopIteration',
        'for got, want in zip(map(f, [1]), [2]):\n    assert got == want',
      ],
      [
        'class Own(StopIteration): pass\ndef f(x): raise Own()',
        'for got, want in zip(map(f, [1]), [2]):\n    assert got == want',
      ],
      [
        'def f(x):\n    def g(): raise StopIteration\n    return g',
        'for got in iter(f(1), 5):\n    assert got == 2',
      ],
      [
        'def f(g):\n    return g()',
        'it = iter([])\nfor got, want in zip(map(f, [it.__next__]), [2]):\n    assert got == want',
      ],
      [
        'import asyncio\nasync def f(x): raise asyncio.CancelledError()',
        'import asyncio\nasync def one(): assert await f(1) == 2\nasync def main():\n    async with asyncio.TaskGroup() as group: group.create_task(one())\nasyncio.run(main())',
      ],
      [
        'import sys\ndef f(x): sys.exit()',
        'import threading\nwrong = []\ndef one():\n    try:\n        assert f(1) == 2\n    except Exception as error: wrong.append(error)\nthread = threading.Thread(target=one)\nthread.start()\nthread.join()\nassert not wrong',
      ],
    ];
    for (const [source, test] of loops) {
      const verdict = await judged(source, assertions([test]));
      assert.equal(verdict.isolation, 'separate');
      assert.equal(verdict.status, 'failed', `${source}: ${verdict.message ?? ''}`);
    }
  });
});
