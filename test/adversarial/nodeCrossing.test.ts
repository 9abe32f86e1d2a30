import assert from 'node:assert/strict';
import type { Judging } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { floating, lookedAt } from '../support/floatingTests';
import { assertions, nodeJudge } from '../support/languageJudges';

const limits = { timeoutMs: 5000, memoryMb: 128 };
const sleep = "const { setTimeout: sleep } = require('node:timers/promises');";
const os = "const os = require('node:os');";

/** Programs that take and give functions, with tests that a right one passes. */
const crossing: readonly (readonly [what: string, source: string, test: string])[] = [
  [
    'calls what it was given',
    `${os} const f = (g, x) => g(g(x)) + os.EOL;`,
    "assert.equal(f((x) => x + 1, 1), '3\\n')",
  ],
  [
    'lets what a test throws go through',
    `${os} function f(g) { try { g(); } finally { os.EOL; } }`,
    "assert.throws(() => f(() => { throw new RangeError('mine'); }), { name: 'RangeError', message: 'mine' })",
  ],
  [
    'gives functions, methods with their object',
    `${os} function f() { return { n: 0, add(k) { this.n += k; return this.n; }, twice: (g) => g() + g() }; }`,
    'const o = f(); o.add(2); assert.equal(o.add(3), 5); let n = 0; assert.equal(o.twice(() => ++n), 3)',
  ],
  [
    'is called while it calls',
    `${os} function f(n, g) { return n === 0 ? 0 : 1 + g(n - 1); }`,
    'const g = (n) => f(n, g); assert.equal(f(20, g), 20)',
  ],
  [
    'calls back later',
    `${os} function f(done) { setTimeout(() => done(null, 7), 10); }`,
    'assert.equal(await new Promise((resolve) => f((error, value) => resolve(value))), 7)',
  ],
  [
    'waits for promises of tests',
    `${sleep} async function f(g) { await sleep(1); return (await g(2)) + (await g(3)); }`,
    'const later = (x) => new Promise((resolve) => setTimeout(() => resolve(x), 5)); assert.equal(await f(later), 5); assert.equal(await f(async (x) => x), 5)',
  ],
  [
    'catches rejections of tests',
    `${os} async function f(g) { try { return await g(); } catch (error) { return error.message; } }`,
    "assert.equal(await f(async () => { throw new Error('seen'); }), 'seen')",
  ],
  [
    'asks for the length of what it was given',
    `${os} const curry = (g, got) => got.length >= g.length ? g(...got) : (x) => curry(g, [...got, x]); const f = (g) => curry(g, []);`,
    'assert.equal(f((a, b, c) => a + b + c)(1)(2)(3), 6)',
  ],
  [
    'keeps holes, and what is undefined, apart',
    `${os} const f = () => [, undefined, 1, ,];`,
    'assert.deepEqual(f(), [, undefined, 1, ,]); assert.notDeepEqual(f(), [undefined, undefined, 1, undefined]); assert.equal(f().length, 4)',
  ],
  [
    'gives arrays with few items, and with more than items',
    `${os} const f = (n) => { const a = [1]; a[n] = 2; a.extra = os.EOL; return a; };`,
    "const a = f(4e6); assert.equal(a.length, 4e6 + 1); assert.equal(a[4e6], 2); assert.equal(a[0], 1); assert.ok(!(5 in a)); assert.equal(a.extra, '\\n'); assert.deepEqual(f(2), Object.assign([1, , 2], { extra: '\\n' }))",
  ],
  [
    'matches',
    `${os} const f = (text) => text.match(/(?<first>b)(c)?/);`,
    "const m = f('abd'); assert.equal(m.index, 1); assert.equal(m.groups.first, 'b'); assert.deepEqual([...m], ['b', 'b', undefined]); assert.equal(f('x'), null)",
  ],
  [
    'gives symbols that all have',
    `${os} const f = () => [Symbol.iterator, Symbol.for('k'), Symbol.for('iterator'), Symbol('own')];`,
    "const [a, b, c, d] = f(); assert.equal(a, Symbol.iterator); assert.equal(b, Symbol.for('k')); assert.notEqual(c, Symbol.iterator); assert.notEqual(d, Symbol('own'))",
  ],
  [
    'gives what can be gone through',
    `${os} class Two { *[Symbol.iterator]() { yield 1; yield 2; } } const f = () => new Two();`,
    'const two = f(); assert.deepEqual([...two], [1, 2]); assert.deepEqual([...two], [1, 2]); for (const [place, x] of [...two].entries()) assert.equal(x, place + 1)',
  ],
  [
    'lets assertions of tests go through',
    `${os} const f = (g) => g();`,
    'assert.throws(() => f(() => assert.fail("mine")), { name: "AssertionError", message: "mine" }); await assert.rejects(async () => f(async () => assert.fail("x")))',
  ],
  [
    'sorts by what it was given',
    `${os} const f = (items, by) => items.sort(by);`,
    'assert.deepEqual(f([3, 1, 2], (a, b) => b - a), [3, 2, 1])',
  ],
];

/** What is wrong whatever it gives, with tests that must not hold. */
const forging: readonly (readonly [what: string, source: string, test: string])[] = [
  [
    'a value that changes as it is compared',
    `${os} let n = 0; const f = () => ({ valueOf: () => (n++ ? -Infinity : Infinity) });`,
    'assert.ok(f(1) > 1 && f(1) < 3)',
  ],
  [
    'an assertion of its tests that it catches',
    `${os} function f(x, g) { try { g(0); } catch {} }`,
    'f(1, (v) => assert.equal(v, 1))',
  ],
  [
    'a rejection of its tests that it catches',
    `${os} async function f(x, g) { try { await g(0); } catch {} }`,
    'await f(1, async (v) => { await null; assert.equal(v, 1); })',
  ],
  [
    'methods in the place of those of the language',
    `${os} const f = () => Object.assign([], { map: () => [2], filter: () => [1], at: () => 1 });`,
    'assert.ok(f(1).at(0) === 1 || f(1).filter(Boolean)[0] === 1)',
  ],
  [
    'a text of its own',
    `${os} const f = () => ({ toString: () => '2', toJSON: () => 2 });`,
    "assert.ok(`${f(1)}` === '2' || JSON.stringify(f(1)) === '2')",
  ],
  [
    'an answer of its own to what data would answer',
    `${os} const f = () => Object.assign([], { includes: () => true, some: () => true, has: () => true, startsWith: () => true });`,
    'const v = f(1); assert.ok(v.includes(2) || v.some((x) => x === 2) || v.has(2) || v.startsWith(2))',
  ],
  ...['"__proto__"', '"length"', '-1', '1e9', '0.5', 'null'].flatMap((key) => [
    [
      `an answer that refers to ${key}`,
      `const stringify = JSON.stringify; ${os} ${forge(`{ $: 'same', v: ${key} }`)}`,
      'assert.ok(f({}))',
    ] as const,
    [
      `an answer that gives back ${key}`,
      `const stringify = JSON.stringify; ${os} ${forge(`{ $: 'yours', v: ${key} }`)}`,
      'assert.ok(f({}))',
    ] as const,
  ]),
];

/** A program that writes its answer to the channel itself: what it says comes as it was written. */
function forge(value: string): string {
  return `const fs = require('node:fs');
let id = 1;
const write = (told) => { const text = Buffer.from(stringify(told)); const head = Buffer.alloc(4); head.writeUInt32BE(text.length); fs.writeSync(3, Buffer.concat([head, text])); };
function f() { write({ id: ++id, value: ${value}, after: [] }); for (;;); }`;
}

describe('functions and promises between tests and programs in Node', () => {
  const suite = nodeJudge();

  const judged = (source: string, test: string, judging: Judging): Promise<Verdict> =>
    suite.judged(source, assertions([test]), limits, { language: 'javascript', judging });

  for (const [what, source, test] of crossing) {
    it(`a program apart ${what}`, async () => {
      const verdict = await judged(source, test, 'apart');
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
      assert.equal(verdict.isolation, 'separate');
    });
  }

  for (const [what, source, test] of forging) {
    it(`no program passes by ${what}`, async () => {
      const verdict = await judged(source, test, 'apart');
      assert.ok(['failed', 'crashed'].includes(verdict.status), JSON.stringify(verdict));
    });
  }

  it('a program may write its answer itself: it comes as any answer does', async () => {
    const source = `const stringify = JSON.stringify; ${os} ${forge("{ $: 'same', v: 0 }")}`;
    const test = 'const given = {}; assert.equal(f(given), given)';
    assert.equal((await judged(source, test, 'apart')).status, 'passed');
  });

  it('a program that calls what it was never given ends its tests', async () => {
    const verdict = await judged(
      `const stringify = JSON.stringify; ${os} ${forge('1').replace('id: ++id', "ask: 'callback', call: 1, v: '__proto__', args: []")}`,
      'assert.throws(() => f({}))',
      'apart',
    );
    assert.equal(verdict.status, 'crashed', JSON.stringify(verdict));
  });

  for (const judging of ['apart', 'together'] as const) {
    for (const [what, test, right, wrong] of floating) {
      it(`a test fails whose assertion nothing waits for, ${judging}: ${what}`, async () => {
        const verdict = await judged(`${os} ${right}`, test, judging);
        assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
        assert.equal((await judged(`${os} ${wrong}`, test, judging)).status, 'failed');
      });
    }
    for (const test of lookedAt.filter((text) => !text.includes('setInterval'))) {
      it(`a rejection that a test looks at is let be, ${judging}: ${test}`, async () => {
        const source = `${os} const f = async () => { throw new Error("lost") }`;
        const verdict = await judged(source, test, judging);
        assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
      });
    }
  }
});
