import assert from 'node:assert/strict';
import type { Language, CodeTest } from '../../src/engine/domain/task';
import { maxOutputChars, type Verdict } from '../../src/engine/domain/verdict';
import { settleJudging } from '../../src/engine/judge/settleJudging';
import { honestPrograms } from '../support/honestPrograms';
import { machineJudge } from '../support/machineJudge';

const limits = { timeoutMs: 3000, memoryMb: 256 };
type Source = string | readonly string[];

describe('judging is fair to odd programs and odd tests', () => {
  const machine = machineJudge();

  function judged(
    language: Language,
    source: string,
    tests: Source,
    more: { support?: string; kind?: CodeTest['kind']; ids?: readonly string[] } = {},
  ): Promise<Verdict> {
    const { support = '', kind = 'assert', ids = [] } = more;
    const sources = typeof tests === 'string' ? [tests] : tests;
    return machine.judge.judge(
      { language, source, support, entryPoint: 'f' },
      sources.map((test, place) => ({
        id: ids[place] ?? `t${String(place)}`,
        role: 'hidden',
        kind,
        source: test,
      })),
      limits,
      new AbortController().signal,
    );
  }
  const status = async (...args: Parameters<typeof judged>): Promise<string> => {
    const verdict = await judged(...args);
    return verdict.status === 'passed' ? 'passed' : `${verdict.status}: ${verdict.message ?? ''}`;
  };

  const pythonCheck = 'async def check(c):\n    assert await c(1) == 2';
  const scriptCheck = 'async function check(c) { assert.equal(await c(1), 2); }';
  it('waits for an async check', async () => {
    const check = { kind: 'check' } as const;
    assert.equal(
      await status('python', 'async def f(x): return x + 1', pythonCheck, check),
      'passed',
    );
    assert.match(await status('python', 'async def f(x): return x', pythonCheck, check), /^failed/);
    for (const language of ['javascript', 'typescript'] as const) {
      assert.equal(
        await status(language, 'async function f(x) { return x + 1; }', scriptCheck, check),
        'passed',
      );
      assert.match(
        await status(language, 'async function f(x) { return x; }', scriptCheck, check),
        /^failed/,
      );
    }
  });

  it('waits for await at the top of a test', async () => {
    assert.equal(
      await status('python', 'async def f(x): return x', 'assert await f(1) == 1'),
      'passed',
    );
    assert.match(
      await status('python', 'async def f(x): return x', 'assert await f(1) == 2'),
      /^failed/,
    );
    assert.equal(
      await status(
        'javascript',
        'async function f(x) { return x; }',
        'assert.equal(await f(1), 1)',
      ),
      'passed',
    );
  });

  for (const [language, how, source, test] of [
    [
      'python',
      'by lines',
      'def f():\n    for n in range(100000): print("line", n)\n    return 1',
      'assert f() == 1',
    ],
    [
      'python',
      'line by line, and errors',
      'import sys\ndef f():\n    for n in range(20000):\n        print("line", n, flush=True)\n        print("x", file=sys.stderr)\n    print("line 99999")\n    return 1',
      'assert f() == 1',
    ],
    [
      'python',
      'while it is loaded, together with its tests',
      'for n in range(100000): print("line", n)\nclass F: pass\ndef f(): return F()',
      'assert isinstance(f(), F)',
    ],
    [
      'javascript',
      'by lines',
      'function f() { for (let n = 0; n < 100000; n++) console.log("line", n); return 1; }',
      'assert.equal(f(), 1)',
    ],
  ] as const) {
    it(`lets a program print more than is kept: ${language}, ${how}`, async () => {
      const verdict = await judged(language, source, test);
      assert.equal(verdict.status, 'passed', verdict.message);
      assert.ok(verdict.output.length <= maxOutputChars);
      assert.match(
        verdict.output,
        /^line 0\n[^]*\[\d+ (?:bytes|characters) left out\][^]*line 99999\n(?:x\n)?$/,
      );
    });
  }

  it('lets no id of a test stand for something else', async () => {
    const ids = [':done', ':program', 'entry', 'probe\0', '\u202e', '../x', 'test:0'];
    const failing = ids.map(() => 'assert.equal(f(), 2)');
    const verdict = await judged('javascript', 'function f() { return 1; }', failing, { ids });
    assert.deepEqual(new Set(verdict.tests.map(({ outcome }) => outcome)), new Set(['failed']));
    const wrong = ids.map(() => 'assert f() == 2');
    const inPython = await judged('python', 'def f(): return 1', wrong, { ids });
    assert.deepEqual(new Set(inPython.tests.map(({ outcome }) => outcome)), new Set(['failed']));
  });

  it('looks names up in the test, then in support, then in the program', async () => {
    const program = 'N = 1\nM = 1\ndef f(): return N';
    const support = 'N = 2\nM = 2';
    assert.equal(
      await status('python', program, 'M = 3\nassert (M, N, f()) == (3, 2, 1)', { support }),
      'passed',
    );
    const script = 'const N = 1; const M = 1; function f() { return N; }';
    const scriptSupport = 'const N = 2; const M = 2;';
    const test = 'const M = 3; assert.deepEqual([M, N, f()], [3, 2, 1]);';
    assert.equal(await status('javascript', script, test, { support: scriptSupport }), 'passed');
  });

  it('shows tests the values of the program as they are when they look', async () => {
    assert.equal(
      await status(
        'python',
        'N = 0\ndef f():\n    global N\n    N += 1',
        'f()\nf()\nassert N == 2',
      ),
      'passed',
    );
    assert.equal(
      await status(
        'javascript',
        'let n = 0; function f() { n += 1; }',
        'f(); f(); assert.equal(n, 2);',
      ),
      'passed',
    );
  });

  it('does not blame the program for what is wrong with the task', async () => {
    const right = 'def f(): return 1';
    assert.match(
      await status('python', right, 'x = 1', { kind: 'check' }),
      /^infrastructure: .*no function check/,
    );
    assert.match(
      await status('python', right, 'assert f() == 1', { support: '1 / 0' }),
      /^infrastructure: .*support code.*line 1/,
    );
    assert.match(await status('python', right, 'assert f( == 1'), /^infrastructure/);
    assert.match(
      await status('javascript', 'function f() {}', 'const a = 1; const a = 2;'),
      /^infrastructure/,
    );
    assert.match(await status('javascript', 'function f() {}', 'f( => 1'), /^infrastructure/);
  });

  it('says what it does not compile', async () => {
    assert.match(
      await status(
        'typescript',
        'namespace N { export const a = 1; }\nfunction f() { return N.a; }',
        'assert.equal(f(), 1)',
      ),
      /^notCompiled: .*namespaces \(line 1\)/,
    );
    assert.match(
      await status(
        'typescript',
        'function d(c: unknown) { return c; }\n@d class A {}\nfunction f() { return 1; }',
        'assert.equal(f(), 1)',
      ),
      /^notCompiled: .*decorators \(line 2\)/,
    );
  });

  for (const [language, what, source, test] of honestPrograms) {
    it(`${language} with ${what}`, async () => {
      assert.equal(await status(language, source, test), 'passed');
    });
  }

  it('carries large data in time', async () => {
    const rows = 'function f(n) { return Array.from({ length: n }, (_, i) => ({ i, a: [i] })); }';
    assert.equal(
      await status('javascript', rows, 'assert.equal(f(20000)[19999].i, 19999)'),
      'passed',
    );
    const same = 'const f = (x) => x;';
    const grid =
      'const g = Array.from({ length: 5000 }, (_, i) => [i]); assert.deepEqual(f(g)[4999], [4999]);';
    assert.equal(await status('javascript', same, grid), 'passed');
    const big = 'def f(n): return list(range(n))';
    assert.equal(await status('python', big, 'assert f(300000)[-1] == 299999'), 'passed');
  });

  const forged: readonly (readonly [string, string])[] = [
    [
      'assert of its own',
      'globalThis.assert = new Proxy(() => {}, { get: () => () => {} }); function f() { return 0; }',
    ],
    [
      'arrays that lie',
      'Array.prototype.every = () => true; Object.is = () => true; function f() { return 0; }',
    ],
    [
      'JSON that lies',
      'JSON.stringify = () => \'{"value":2,"after":[]}\'; JSON.parse = () => ({}); function f() { return 0; }',
    ],
    [
      'values that lie',
      'function f() { return { valueOf: () => 2, toString: () => "2", [Symbol.toPrimitive]: () => 2 }; }',
    ],
    ['answers that are no data', 'function f() { return { __proto__: null, $: "yours", v: 0 }; }'],
  ];
  for (const [what, source] of forged) {
    it(`refuses JavaScript with ${what}`, async () => {
      const verdict = await judged('javascript', source, [
        'assert.strictEqual(f(1), 2)',
        'assert.strictEqual(f(2), 3)',
      ]);
      assert.equal(verdict.isolation, 'separate');
      assert.equal(verdict.status, 'failed');
    });
  }

  const hoarders: readonly (readonly [string, string])[] = [
    [
      'memory shared between processes',
      'import mmap, os, time\ndef f():\n    m = mmap.mmap(-1, 600 << 20)\n    for i in range(0, len(m), 4096): m[i] = 1\n    return 1',
    ],
    [
      'memory in files of no name',
      'import os\ndef f():\n    held = [os.memfd_create(str(i)) for i in range(64)]\n    for fd in held: os.write(fd, bytes(16 << 20))\n    return 1',
    ],
  ];
  for (const [what, source] of hoarders) {
    it(`bounds ${what}`, async () => {
      assert.notEqual(await status('python', source, 'assert f() == 1'), 'passed');
    });
  }

  const points = `class Point:
    def __init__(self, x): self.x = x
def f(n): return [Point(i) for i in range(n)]
`;
  const sum = 'assert sum(point.x for point in f(3)) == 3';
  it('goes apart with no reference only where the tests prove that data is enough', async () => {
    const unproven = await judged('python', points, sum);
    assert.deepEqual([unproven.status, unproven.isolation], ['passed', 'shared']);
    const element = await judged('python', 'def f(x): return [x]', 'a = f(1)\nassert a[0] == 1');
    assert.deepEqual([element.status, element.isolation], ['passed', 'shared']);
    const proven = await judged('python', 'def f(x): return [x]', 'a = f(1)\nassert a == [1]');
    assert.deepEqual([proven.status, proven.isolation], ['passed', 'separate']);
  });

  it('settles on the reference where the tests run, before any candidate is seen', async () => {
    const settle = (reference: string, source: string) =>
      settleJudging(
        {
          language: 'python',
          entryPoint: 'f',
          reference,
          tests: [{ id: 't', role: 'hidden', kind: 'assert', source }],
          limits,
        },
        machine.judge,
        new AbortController().signal,
      );
    assert.equal(await settle(points, sum), 'together');
    assert.equal(
      await settle('def f(n): return [n]', 'for v in f(1):\n    assert str(v) == "1"'),
      'apart',
    );
    assert.equal(await settle('def f(n): return 0', 'assert f(1) == 1'), undefined);
  });

  it('does not let a program pass for a fault of the task', async () => {
    const support = { support: 'BASE = f(1) + 1' };
    assert.equal(
      await status('python', 'def f(x): return x', 'assert BASE == 2', support),
      'passed',
    );
    assert.match(
      await status('python', 'def f(x): return None', 'assert BASE == 2', support),
      /^crashed/,
    );
    assert.match(await status('python', 'x = 1', 'assert BASE == 2', support), /^crashed/);
    const sized = { support: 'SIZE = len([1])' };
    assert.equal(
      await status(
        'python',
        'len = None\ndef f(g): return 1',
        'assert f(lambda: 1) == SIZE',
        sized,
      ),
      'passed',
    );
  });

  it('ends runaway programs by processor time, where the task bounds it, and leaves waiting ones', async () => {
    const bounded = { timeoutMs: 5000, memoryMb: 256, cpuMs: 200 };
    const run = (language: Language, source: string, test: string): Promise<Verdict> =>
      machine.judge.judge(
        { language, source, entryPoint: 'f' },
        [{ id: 't', role: 'hidden', kind: 'assert', source: test }],
        bounded,
        new AbortController().signal,
      );
    const inPython = await run('python', 'def f():\n    while True: pass', 'f()');
    assert.equal(inPython.status, 'timedOut');
    assert.ok(inPython.durationMs < 3000, String(inPython.durationMs));
    const waiting = 'import time\ndef f():\n    time.sleep(0.6)\n    return 1';
    assert.equal((await run('python', waiting, 'assert f() == 1')).status, 'passed');
    const script = await run('javascript', 'function f() { for (;;) {} }', 'f()');
    assert.equal(script.status, 'timedOut');
  });

  it('is not stopped by a program that closes the temporary folder', async () => {
    const closing =
      'import os\ndef f():\n    try: os.chmod("/tmp", 0)\n    except OSError: pass\n    return 0';
    assert.match(await status('python', closing, 'assert f() == 1'), /^failed/);
    assert.equal(await status('python', 'def f(): return 1', 'assert f() == 1'), 'passed');
  });
});
