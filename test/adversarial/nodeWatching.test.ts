import assert from 'node:assert/strict';
import type { Trace } from '../../src/engine/domain/ports';
import type { CodeProgram } from '../../src/engine/judge/languageJudge';
import { JavaScriptJudge } from '../../src/engine/judge/javascript/javaScriptJudge';
import { QuickJsSandbox } from '../../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../../src/engine/syntax/parser';
import { assetsFolder } from '../support/assets';
import { assertions, nodeJudge } from '../support/languageJudges';

const limits = { timeoutMs: 3000, memoryMb: 128 };
const never = new AbortController().signal;

function programOf(source: string): CodeProgram {
  return { language: 'typescript', source, entryPoint: 'f' };
}

const testsOf = (...sources: readonly string[]) => assertions(sources, 'visible');

describe('what is asked of programs in Node beside their verdicts', () => {
  const suite = nodeJudge();

  async function traced(source: string, ...tests: readonly string[]): Promise<Trace['tests']> {
    const found = await suite.judge.observe(
      programOf(source),
      testsOf(...tests),
      'trace',
      limits,
      never,
    );
    assert.ok(found.kind === 'trace', JSON.stringify(found));
    return found.tests;
  }

  for (const [what, head] of [
    ['a module that is required', "const os = require('node:os');"],
    ['a module that is imported', "import os from 'node:os';"],
    ['a module that is waited for', "const os = await import('node:os');"],
  ] as const) {
    it(`tells the lines that each test ran, with ${what}`, async () => {
      const source = `${head}\nfunction f(x: number) {\n  if (x > 1) {\n    return os.EOL;\n  }\n  return '';\n}`;
      const tests = testsOf("assert.equal(f(1), '')", "assert.equal(f(2), '\\n')");
      const found = await suite.judge.observe(programOf(source), tests, 'coverage', limits, never);
      assert.ok(found.kind === 'coverage', JSON.stringify(found));
      assert.deepEqual(found.lines, { t0: [3, 6], t1: [3, 4] });
    });
  }

  it('tells the calls that tests make, and what comes of given ones', async () => {
    const program = programOf("const f = (x, y) => Buffer.from(x).toString('hex') + y.length;");
    const tests = testsOf("assert.equal(f('a', [1]), '611')", "f('b', []); f('c', [undefined])");
    const calls = await suite.judge.recordCalls(program, tests, limits, never);
    assert.deepEqual(
      calls.map(({ args }) => args),
      [
        ['a', [1]],
        ['b', []],
        ['c', [{ $: 'undefined' }]],
      ],
    );
    const made = await suite.judge.callAll(program, calls, limits, never);
    assert.deepEqual(
      made.outputs.map(({ index, value }) => [index, value]),
      [
        [0, '611'],
        [1, '620'],
        [2, '631'],
      ],
    );
  });

  it('traces what led to an assertion that does not hold', async () => {
    const { t0 } = await traced(
      "const os = require('node:os');\nfunction f(items) {\n  let sum = os.EOL.length - 1;\n  for (const item of items) sum -= item;\n  return sum;\n}",
      'assert.equal(f([1, 2]), 3)',
    );
    assert.deepEqual(
      t0?.events.map(({ line, changed, returned }) => [line, returned ?? changed]),
      [
        [2, { items: '[1, 2]' }],
        [3, { sum: '0' }],
        [4, { item: '1' }],
        [4, { sum: '-1' }],
        [4, { item: '2' }],
        [4, { sum: '-3' }],
        [5, '-3'],
      ],
    );
  });

  it('traces where an exception was thrown, without running a handler of stacks', async () => {
    const source =
      "const fs = require('node:fs');\nfunction g(x) {\n  return x.a.b;\n}\nfunction f() {\n  return g({ fs: 1 });\n}";
    const raised = (tests: Trace['tests']): unknown =>
      tests['t0']?.events
        .filter((event) => event.raised !== undefined)
        .map((event) => [event.line, event.function, /^TypeError: /.test(event.raised ?? '')]);
    assert.deepEqual(raised(await traced(source, 'f()')), [[3, 'g', true]]);
    const handled = await traced(
      `Error.prepareStackTrace = () => { globalThis.ran = true; return 'program.js:99'; };${source}\nfunction h() { return ran; }`,
      'try { f() } catch {}',
    );
    const lines = handled['t0']?.events.flatMap(({ line, raised: text }) => (text ? [line] : []));
    assert.ok(lines && lines.length > 0 && !lines.includes(99), JSON.stringify(lines));
  });

  it('traces what never ends, and goes on with the tests behind it, failing ones first', async () => {
    const tests = await traced(
      "const os = require('node:os');\nfunction f(x) {\n  while (x === 2) { x = os.EOL && 2; }\n  return x;\n}",
      'assert.equal(f(1), 1)',
      'f(2)',
      'assert.equal(f(3), 3)',
      'assert.equal(f(4), 5)',
    );
    assert.deepEqual(Object.keys(tests), ['t1', 't3', 't0', 't2']);
    assert.ok((tests['t1']?.omitted ?? 0) > 100);
    assert.equal(tests['t3']?.events.at(-1)?.returned, '4');
  });

  for (const [what, body] of [
    ['behind an await', 'await null;\n  for (;;) n += 1;'],
    ['behind a timer', 'await new Promise((go) => setTimeout(go, 5));\n  while (true) { n += 1; }'],
    ['of promises', 'for (;;) { await null; n += 1; }'],
    ['in a callback', 'setTimeout(() => { for (;;) n += 1; }, 5);\n  await new Promise(() => {});'],
    ['that catches all', 'await null;\n  for (;;) {\n    try { n += 1; } catch { n = 0; }\n  }'],
  ] as const) {
    it(`traces a loop without end ${what}, and goes on with the tests behind it`, async () => {
      const tests = await traced(
        `const os = require('node:os');\nasync function f(x) {\n  let n = os.EOL.length;\n  if (x) return x;\n  ${body}\n}`,
        'assert.equal(await f(0), 1)',
        'assert.equal(await f(3), 4)',
      );
      assert.deepEqual(Object.keys(tests), ['t0', 't1']);
      const { events, omitted } = tests['t0'] ?? { events: [], omitted: 0 };
      assert.ok(omitted > 100, JSON.stringify(tests));
      const numbers = events.flatMap(({ changed }) => changed['n'] ?? []).map(Number);
      assert.ok((numbers.at(-1) ?? 0) > 100 && numbers[0] === 1, JSON.stringify(numbers));
      assert.equal(tests['t1']?.events.at(-1)?.returned, '3');
    });
  }

  it('is unavailable, and no trace, where tests need Node and there is none', async () => {
    const quickjs = new QuickJsSandbox({ assetsFolder, workers: 1 });
    const without = new JavaScriptJudge(quickjs, await loadSyntax(assetsFolder), assetsFolder);
    const tests = testsOf("require('node:os'); f()");
    for (const what of ['coverage', 'trace'] as const) {
      const found = await without.observe(programOf('function f() {}'), tests, what, limits, never);
      assert.equal(found.kind, 'unavailable');
    }
    assert.deepEqual(
      await without.recordCalls(programOf('function f() {}'), tests, limits, never),
      [],
    );
    await quickjs.close();
  });
});
