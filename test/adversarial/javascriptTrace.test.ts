import assert from 'node:assert/strict';
import { maxTraceChars, maxTraceEvents, type Trace } from '../../src/engine/domain/ports';
import { assertions, quickJsJudge } from '../support/languageJudges';

const limits = { timeoutMs: 600, memoryMb: 64 };

describe('traces of JavaScript programs', () => {
  const suite = quickJsJudge();

  async function traced(source: string, ...tests: readonly string[]): Promise<Trace> {
    const observation = await suite.judge.observe(
      { language: 'typescript', source, entryPoint: 'f' },
      assertions(tests, 'visible'),
      'trace',
      limits,
      new AbortController().signal,
    );
    if (observation.kind !== 'trace') throw new Error(JSON.stringify(observation));
    for (const { events, omitted } of Object.values(observation.tests)) {
      assert.ok(events.length <= maxTraceEvents && omitted >= 0);
      assert.ok(JSON.stringify(events).length <= maxTraceChars + maxTraceEvents + 2);
    }
    return observation;
  }
  const only = async (source: string, test: string): Promise<Trace['tests'][string]> => {
    const found = (await traced(source, test)).tests['t0'];
    assert.ok(found);
    return found;
  };

  it('show what led to an assertion that does not hold', async () => {
    const { events, omitted } = await only(
      'export function f(items: number[]): number {\n  let sum = 0;\n  for (const item of items) {\n    sum -= item;\n  }\n  return sum;\n}',
      'assert.equal(f([1, 2]), 3)',
    );
    assert.equal(omitted, 0);
    const brief = events.map(({ line, changed, returned }) => [line, returned ?? changed]);
    assert.deepEqual(brief, [
      [1, { items: '[1, 2]' }],
      [2, { sum: '0' }],
      [3, { item: '1' }],
      [4, { sum: '-1' }],
      [3, { item: '2' }],
      [4, { sum: '-3' }],
      [6, '-3'],
    ]);
    assert.ok(events.every((event) => event.function === 'f'));
  });

  it('show where an exception was thrown', async () => {
    const { events } = await only(
      'function g(x) {\n  const y = x.a;\n  return y.b;\n}\nfunction f() {\n  return g({});\n}',
      'f()',
    );
    const raised = events.filter((event) => event.raised !== undefined);
    assert.equal(raised.length, 1);
    assert.equal(raised[0]?.line, 3);
    assert.equal(raised[0].function, 'g');
    assert.match(raised[0].raised ?? '', /^TypeError: /);
  });

  it('show the beginning and the end of a loop that never ends', async () => {
    const { events, omitted } = await only(
      'function f() {\n  let n = 0;\n  while (true) {\n    n += 1;\n  }\n}',
      'f()',
    );
    assert.ok(omitted > 100);
    assert.deepEqual(events[1]?.changed, { n: '0' });
    const numbers = events.flatMap(({ changed }) => changed['n'] ?? []).map(Number);
    assert.deepEqual(numbers.slice(0, 4), [0, 1, 2, 3]);
    assert.ok((numbers.at(-1) ?? 0) > 100);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
  });

  it('show loops with nothing in them', async () => {
    const { omitted } = await only('function f() { for (;;); }', 'f()');
    assert.ok(omitted > 100);
  });

  it('go on with the tests behind one that never ends, failing ones first', async () => {
    const { tests } = await traced(
      'function f(x) {\n  while (x === 2) { x = 2; }\n  return x;\n}',
      'assert.equal(f(1), 1)',
      'f(2)',
      'assert.equal(f(3), 3)',
      'assert.equal(f(4), 5)',
    );
    assert.deepEqual(Object.keys(tests), ['t1', 't3', 't0', 't2']);
    assert.equal(tests['t3']?.events.at(-1)?.returned, '4');
  });

  it('show recursion, also without end', async () => {
    const { events } = await only('const f = (n) =>\n  n < 2 ? 1 : n * f(n - 1);', 'f(3)');
    assert.deepEqual(
      events.flatMap(({ returned }) => returned ?? []),
      ['1', '2', '6'],
    );
    const endless = await only('function f(n) { return f(n + 1) + 1; }', 'f(0)');
    assert.ok(endless.omitted > 0);
    assert.match(endless.events.find(({ raised }) => raised)?.raised ?? '', /stack|recursion/i);
  });

  it('show changes in place', async () => {
    const { events } = await only(
      'function f(items) {\n  items.sort();\n  items[0] = 9;\n  const seen = new Map();\n  seen.set("k", items);\n  return seen;\n}',
      'f([2, 1])',
    );
    assert.deepEqual(
      events.map(({ changed }) => changed),
      [
        { items: '[2, 1]' },
        { items: '[1, 2]' },
        { items: '[9, 2]' },
        { seen: 'Map{}' },
        { seen: 'Map{"k" => [9, 2]}' },
        {},
      ],
    );
  });

  it('run nothing of a program when they print, and cut what is long', async () => {
    const { events } = await only(
      `let ran = 0;
class Odd { get a() { ran++; return 1 } toString() { ran++ } toJSON() { ran++ } get [Symbol.toStringTag]() { ran++ } }
const trap = new Proxy({}, { get: () => { ran++ }, ownKeys: () => { ran++; return [] }, getPrototypeOf: () => { ran++; return null }, getOwnPropertyDescriptor: () => { ran++ } });
Object.prototype.toJSON = Array.prototype.toJSON = () => { ran++; return 'lie' };
Array.prototype.join = Array.prototype.push = String.prototype.slice = JSON.stringify = () => { ran++; return 'lie' };
function f() {
  let x = new Odd();
  x = trap;
  x = [trap, { get b() { ran++; return 2 } }];
  x = Object.create(trap);
  x = 'y'.repeat(1e6);
  x = new Array(1e6).fill(1);
  return ran;
}`,
      'f()',
    );
    const shown = events.flatMap(({ changed }) => changed['x'] ?? []);
    assert.deepEqual(shown.slice(0, 3), ['Odd {}', '[Proxy]', '[[Proxy], {b: [getter]}]']);
    assert.ok(shown.every((text) => text.length <= 80));
    assert.equal(events.at(-1)?.returned, '0');
  });

  it('are unavailable where a program does not load', async () => {
    const observation = await suite.judge.observe(
      { language: 'javascript', source: 'function f( {', entryPoint: 'f' },
      [{ id: 't', role: 'visible', kind: 'assert', source: 'f()' }],
      'trace',
      limits,
      new AbortController().signal,
    );
    assert.equal(observation.kind, 'unavailable');
  });
});
