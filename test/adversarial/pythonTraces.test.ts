import assert from 'node:assert/strict';
import {
  maxTraceChars,
  maxTraceEvents,
  type Observation,
  type TraceEvent,
} from '../../src/engine/domain/ports';
import { assertions, pythonJudge } from '../support/languageJudges';

describe('traces of Python programs', () => {
  const python = pythonJudge();

  const observed = (source: string, tests: readonly string[]): Promise<Observation> =>
    python.judge.observe(
      { language: 'python', source, entryPoint: 'f' },
      assertions(tests, 'visible'),
      'trace',
      { timeoutMs: 2000, memoryMb: 256 },
      new AbortController().signal,
    );

  async function traced(
    source: string,
    test: string,
  ): Promise<{ events: readonly TraceEvent[]; omitted: number }> {
    const observation = await observed(source, [test]);
    assert.equal(observation.kind, 'trace', JSON.stringify(observation));
    const trace = observation.kind === 'trace' ? observation.tests['t0'] : undefined;
    assert.ok(trace);
    assert.ok(trace.events.length <= maxTraceEvents);
    assert.ok(
      trace.events.reduce((sum, one) => sum + JSON.stringify(one).length, 0) <= maxTraceChars,
    );
    return trace;
  }
  const lines = (events: readonly TraceEvent[]): number[] => events.map(({ line }) => line);

  it('tell each line, what it changed and what came back, where an assertion fails', async () => {
    const source = 'def f(x):\n    y = x + 1\n    z = [y, "a"]\n    return z';
    const { events, omitted } = await traced(source, 'assert f(1) == 3');
    assert.deepEqual(events, [
      { line: 1, function: 'f', changed: { x: '1' } },
      { line: 2, function: 'f', changed: { y: '2' } },
      { line: 3, function: 'f', changed: { z: "[2, 'a']" } },
      { line: 4, function: 'f', changed: {}, returned: "[2, 'a']" },
    ]);
    assert.equal(omitted, 0);
  });

  it('tell what was raised, in each function that it passed', async () => {
    const source =
      'def g(d):\n    return d["k"]\ndef f():\n    try:\n        g({})\n    except KeyError as e:\n        raise ValueError("no k") from e';
    const { events } = await traced(source, 'f()');
    assert.deepEqual(lines(events), [3, 4, 5, 1, 2, 6, 7]);
    assert.deepEqual(
      events.map(({ raised }) => raised),
      [
        undefined,
        undefined,
        'KeyError: k',
        undefined,
        'KeyError: k',
        undefined,
        'ValueError: no k',
      ],
    );
    assert.ok(events.every(({ returned }) => returned === undefined));
  });

  it('keep the first and the last lines of a loop that never ends, within the time limit', async () => {
    const began = performance.now();
    const { events, omitted } = await traced(
      'def f():\n    n = 0\n    while True:\n        n += 1',
      'f()',
    );
    assert.ok(performance.now() - began < 6000);
    assert.ok(omitted > 1000, String(omitted));
    assert.deepEqual(lines(events.slice(0, 5)), [1, 2, 3, 4, 3]);
    const told = (from: readonly TraceEvent[]): number[] =>
      from.flatMap(({ changed }) => (changed['n'] === undefined ? [] : [Number(changed['n'])]));
    const half = events.length / 2;
    assert.ok(Math.max(...told(events.slice(0, half))) < 100);
    assert.ok(Math.max(...told(events.slice(half))) > 500);
  });

  it('say where a program waits for what never comes', async () => {
    const source = 'import time\ndef f(x):\n    y = x * 2\n    time.sleep(60)\n    return y';
    const { events } = await traced(source, 'f(1)');
    assert.deepEqual(lines(events), [2, 3, 4]);
    assert.deepEqual(events[1]?.changed, { y: '2' });
  });

  it('tell recursion call by call, the deepest last ones kept', async () => {
    const short = await traced('def f(n):\n    return n and n + f(n - 1)', 'assert f(2) == 4');
    assert.deepEqual(
      short.events.map(({ line, changed, returned }) => [line, changed['n'] ?? returned]),
      [
        [1, '2'],
        [2, '3'],
        [1, '1'],
        [2, '1'],
        [1, '0'],
        [2, '0'],
      ],
    );
    const deep = await traced('def f(n):\n    return f(n + 1)', 'f(0)');
    assert.ok(deep.omitted > 100);
    assert.match(deep.events.at(-1)?.raised ?? '', /^RecursionError: maximum recursion depth/);
  });

  it('tell changes of a list in place', async () => {
    const source = 'def f(a):\n    a.append(3)\n    a[0] = 9\n    b = a\n    b.clear()';
    const { events } = await traced(source, 'f([1, 2])\nassert False');
    assert.deepEqual(
      events.map(({ changed }) => changed),
      [
        { a: '[1, 2]' },
        { a: '[1, 2, 3]' },
        { a: '[9, 2, 3]' },
        { b: '[9, 2, 3]' },
        { a: '[]', b: '[]' },
      ],
    );
  });

  it('print values themselves, never by the program', async () => {
    const source = `import os
class A:
    def __init__(self):
        self.x = 1
    def __repr__(self):
        while True: pass
    __str__ = __repr__
    def __getattribute__(self, name): os._exit(1)
class M(type):
    @property
    def __name__(cls): os._exit(1)
class B(metaclass=M):
    __slots__ = ()
class E(Exception):
    def __str__(self):
        while True: pass
def f():
    a = A()
    b = [B(), B]
    c = list(range(1000000))
    d = "x" * 1000000
    e = 10 ** 100000
    g = {"k": (1, {2})}
    raise E("why")
`;
    const { events } = await traced(source, 'f()');
    const changed = Object.assign({}, ...events.map((one) => one.changed)) as Record<
      string,
      string
    >;
    assert.equal(changed['a'], 'A(x=1)');
    assert.equal(changed['b'], '[<B>, <M B>]');
    assert.equal(changed['c'], '[0, 1, 2, 3, 4, 5, ... 999994 more]');
    assert.match(changed['d'] ?? '', /^'x+/);
    assert.equal(changed['e'], '<int of 332193 bits>');
    assert.equal(changed['g'], "{'k': (1, {2})}");
    assert.ok(Object.values(changed).every((text) => text.length <= 80));
    assert.ok(events.some(({ raised }) => raised === 'E: why'));
  });

  it('show the inside of comprehensions and generators', async () => {
    const source =
      'def g(n):\n    for i in range(n):\n        yield i\ndef f(n):\n    return [i * 2 for i in g(n)]';
    const { events } = await traced(source, 'assert f(2) == 0');
    assert.ok(events.some((one) => one.function === 'g' && one.changed['i'] === '1'));
    assert.equal(events.filter(({ returned }) => returned === '[0, 2]').at(-1)?.line, 5);
  });

  it('begin with the tests that fail, and tell nothing of the lines of tests', async () => {
    const source = 'def f(x):\n    return x';
    const observation = await observed(source, ['assert f(1) == 1', 'assert f(2) == 1', 'x = 5']);
    assert.ok(observation.kind === 'trace');
    assert.deepEqual(Object.keys(observation.tests), ['t1', 't0', 't2']);
    assert.deepEqual(observation.tests['t2'], { events: [], omitted: 0 });
  });

  it('are not to be had of a program that does not load, and the answer says why', async () => {
    const broken = await observed('def f(:', ['f()']);
    assert.ok(broken.kind === 'unavailable');
    assert.match(broken.reason, /SyntaxError/);
    const crashing = await observed('raise ValueError("at once")', ['f()']);
    assert.ok(crashing.kind === 'unavailable');
    assert.match(crashing.reason, /at once/);
  });

  it('are unchanged by a program that ends the process or sets its own trace', async () => {
    const ending = await traced('import os\ndef f():\n    x = 1\n    os._exit(0)', 'f()');
    assert.deepEqual(lines(ending.events.slice(0, 2)), [2, 3]);
    const own = await traced(
      'import sys\ndef f():\n    x = 1\n    sys.settrace(None)\n    return x',
      'assert f() == 2',
    );
    assert.deepEqual(lines(own.events.slice(0, 3)), [2, 3, 4]);
  });
});
