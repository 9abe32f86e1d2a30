import assert from 'node:assert/strict';
import type { Judging } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { assertions, quickJsJudge } from '../support/languageJudges';

const limits = { timeoutMs: 3000, memoryMb: 64 };

/** What crosses, a right program, its test, and a program that only looks right. */
const pairs: readonly (readonly [string, string, string, string])[] = [
  [
    'holes of arrays',
    'const f = () => [1, , 3]',
    'assert.deepEqual(f(), [1, , 3])',
    'const f = () => [1, undefined, 3]',
  ],
  [
    'undefined in arrays',
    'const f = () => [1, undefined]',
    'assert.deepEqual(f(), [1, undefined])',
    'const f = () => [1, ,]',
  ],
  [
    'very sparse arrays',
    'const f = () => { const a = []; a[4e9] = 1; return a }',
    'const a = f(); assert.equal(a.length, 4e9 + 1 > 2 ** 32 - 1 ? a.length : 4e9 + 1); assert.equal(a[4e9], 1)',
    'const f = () => { const a = []; a[4e9] = 2; return a }',
  ],
  [
    'properties of arrays',
    'const f = () => Object.assign([1], { extra: 2 })',
    'assert.deepEqual(f(), Object.assign([1], { extra: 2 }))',
    'const f = () => [1]',
  ],
  [
    'keys that are symbols',
    'const f = () => ({ [Symbol.for("k")]: 1 })',
    'assert.deepEqual(f(), { [Symbol.for("k")]: 1 })',
    'const f = () => ({ k: 1 })',
  ],
  [
    'symbols of its own',
    'const s = Symbol("s"); const f = (x) => x === undefined ? s : x === s',
    'const s = f(); assert.equal(typeof s, "symbol"); assert.equal(f(s), true); assert.equal(s.description, "s")',
    'const f = (x) => x === undefined ? Symbol("s") : false',
  ],
  [
    'classes of instances',
    'class P { constructor() { this.x = 1 } }\nconst f = () => new P()',
    'assert.notDeepEqual(f(), { x: 1 }); assert.equal(f().x, 1); assert.equal(f().constructor.name, "P")',
    'const f = () => ({ x: 1 })',
  ],
  [
    'subclasses of arrays and maps',
    'class L extends Array {}\nclass M extends Map {}\nconst f = () => [L.of(1), new M([[1, 2]])]',
    'const [l, m] = f(); assert.ok(Array.isArray(l) && m instanceof Map); assert.notDeepEqual(l, [1]); assert.deepEqual([...l], [1]); assert.equal(m.get(1), 2)',
    'const f = () => [[1], new Map([[1, 2]])]',
  ],
  [
    'boxed primitives',
    'const f = () => new Number(1)',
    'assert.deepEqual(f(), new Number(1))',
    'const f = () => 1',
  ],
  [
    'zero with a sign',
    'const f = () => [-0, NaN]',
    'assert.deepEqual(f(), [-0, NaN])',
    'const f = () => [0, NaN]',
  ],
  [
    'objects as keys',
    'const f = () => [new Map([[{ a: 1 }, 2]]), new Set([[1]])]',
    'assert.deepEqual(f(), [new Map([[{ a: 1 }, 2]]), new Set([[1]])])',
    'const f = () => [new Map([[{ a: 1 }, 2]]), new Set([[2]])]',
  ],
  [
    'circles',
    'const f = () => { const a = { n: 1 }; a.a = a; return a }',
    'const e = { n: 1 }; e.a = e; const a = f(); assert.deepEqual(a, e); assert.equal(a.a, a)',
    'const f = () => ({ n: 1, a: { n: 1, a: null } })',
  ],
  [
    'where a RegExp stands',
    'const f = () => { const r = /a/g; r.lastIndex = 2; return r }',
    'const e = /a/g; e.lastIndex = 2; assert.deepEqual(f(), e)',
    'const f = () => /a/g',
  ],
  [
    'dates',
    'const f = () => [new Date(5), new Date(NaN)]',
    'const [a, b] = f(); assert.deepEqual(a, new Date(5)); assert.ok(Number.isNaN(b.getTime()))',
    'const f = () => [new Date(6), new Date(NaN)]',
  ],
  [
    'bytes',
    'const f = () => [new Float32Array([1.5, -0]), new Uint8Array([1, 2]).buffer, new BigInt64Array([3n])]',
    'assert.deepEqual(f(), [new Float32Array([1.5, -0]), new Uint8Array([1, 2]).buffer, new BigInt64Array([3n])])',
    'const f = () => [new Float32Array([1.5, 0]), new Uint8Array([1, 2]).buffer, new BigInt64Array([3n])]',
  ],
  [
    'what getters give',
    'const f = () => ({ get a() { return 1 } })',
    'assert.deepEqual(f(), { a: 1 })',
    'const f = () => ({ get a() { throw new Error("no") } })',
  ],
  [
    'functions that it makes',
    'const f = () => { let n = 0; return () => ++n }',
    'const c = f(); assert.equal(c(), 1); assert.equal(c(), 2); assert.equal(f()(), 1); assert.equal(typeof c, "function")',
    'let n = 0; const f = () => () => ++n',
  ],
  [
    'objects of functions',
    'const f = () => { let n = 0; return { up() { n++; return this }, get: () => n } }',
    'const c = f(); c.up(); c.up(); assert.equal(c.get(), 2)',
    'const f = () => ({ up() {}, get: () => 1 })',
  ],
  [
    'functions passed in',
    'const f = (g, xs) => xs.map((x) => g(x))',
    'assert.deepEqual(f((x) => x * 2, [1, 2]), [2, 4]); const seen = []; f((x) => { seen.push(x) }, [3]); assert.deepEqual(seen, [3])',
    'const f = (g, xs) => xs.map((x) => x * 2)',
  ],
  [
    'what a function passed in throws',
    'const f = (g) => { try { g() } catch (e) { return e } }',
    'const e = new TypeError("t"); assert.equal(f(() => { throw e }), e)',
    'const f = (g) => new TypeError("t")',
  ],
  [
    'what a function passed in changes',
    'const f = (g) => { const a = [1]; g(a); return a }',
    'assert.deepEqual(f((a) => { a.push(2) }), [1, 2])',
    'const f = (g) => { const a = [1]; g([...a]); return a }',
  ],
  [
    'assertions in a function passed in',
    'const f = (g) => g(1)',
    'f((x) => { assert.equal(x, 1) })',
    'const f = (g) => g(2)',
  ],
  [
    'functions passed through',
    'const f = (g) => g',
    'const g = () => 1; assert.equal(f(g), g)',
    'const f = (g) => () => g()',
  ],
  [
    'async functions passed in',
    'const f = async (g) => { for (let i = 0; ; i++) try { return await g(i) } catch (e) { if (i > 2) throw e } }',
    'assert.equal(await f(async (i) => { if (i < 2) throw new Error("again"); return i }), 2); await assert.rejects(f(async () => { throw new RangeError("never") }), RangeError)',
    'const f = async (g) => { try { return await g(0) } catch (e) { return 2 } }',
  ],
  [
    'generators without end',
    'function* f() { let n = 0; while (true) yield n++ }',
    'const g = f(); assert.equal(g.next().value, 0); const [a, b] = g; assert.deepEqual([a, b], [1, 2]); assert.equal(g.next().done, true)',
    'const f = () => [0, 1, 2]',
  ],
  [
    'values sent to generators',
    'function* f() { const x = yield 1; yield x * 2 }',
    'const g = f(); g.next(); assert.equal(g.next(4).value, 8)',
    'function* f() { yield 1; yield 2 }',
  ],
  [
    'async generators',
    'async function* f() { yield 1; yield 2 }',
    'const got = []; for await (const x of f()) got.push(x); assert.deepEqual(got, [1, 2])',
    'async function* f() { yield 1; throw new Error("x") }',
  ],
  [
    'objects that can be walked',
    'class R { *[Symbol.iterator]() { yield 1; yield 2 } }\nconst f = () => new R()',
    'const r = f(); assert.deepEqual([...r], [1, 2]); assert.deepEqual([...r], [1, 2])',
    'class R { *[Symbol.iterator]() { yield 1 } }\nconst f = () => new R()',
  ],
  [
    'promises',
    'const f = async (x) => ({ x })',
    'assert.deepEqual(await f(1), { x: 1 }); assert.ok(f(1) instanceof Promise)',
    'const f = async (x) => ({ x: 2 })',
  ],
  [
    'promises that settle later',
    'let go; const f = (x) => x === undefined ? new Promise((r) => { go = r }) : go(x)',
    'const p = f(); f(5); assert.equal(await p, 5)',
    'const f = (x) => x === undefined ? new Promise(() => {}) : 0',
  ],
  [
    'errors with all they carry',
    'const f = () => { const e = new RangeError("m", { cause: new Error("c") }); e.code = "E1"; throw e }',
    'assert.throws(() => f(), (e) => e instanceof RangeError && e.message === "m" && e.cause.message === "c" && e.code === "E1")',
    'const f = () => { throw new RangeError("m") }',
  ],
  [
    'several errors in one',
    'const f = () => { throw new AggregateError([new TypeError("a")], "all") }',
    'assert.throws(() => f(), (e) => e instanceof AggregateError && e.errors[0] instanceof TypeError && e.message === "all")',
    'const f = () => { throw new AggregateError([], "all") }',
  ],
  [
    'errors of its own classes',
    'class Bad extends TypeError { constructor(m) { super(m); this.name = "Bad" } }\nconst f = () => { throw new Bad("m") }',
    'assert.throws(() => f(), { name: "Bad", message: "m" }); assert.throws(() => f(), TypeError)',
    'class Bad extends Error { constructor(m) { super(m); this.name = "Bad" } }\nconst f = () => { throw new Bad("m") }',
  ],
  [
    'arguments changed in place',
    'const f = (a, m, s, o) => { a.reverse(); m.set(1, 2); s.clear(); delete o.x; o.d.setTime(7) }',
    'const [a, m, s, o] = [[1, 2], new Map(), new Set([1]), { x: 1, d: new Date(0) }]; f(a, m, s, o); assert.deepEqual([a, m, s, o], [[2, 1], new Map([[1, 2]]), new Set(), { d: new Date(7) }])',
    'const f = (a, m, s, o) => { a.reverse(); m.set(1, 2); s.clear() }',
  ],
  [
    'large numbers',
    'const f = () => [2n ** 70n, 1e300, -Infinity]',
    'assert.deepEqual(f(), [2n ** 70n, 1e300, -Infinity])',
    'const f = () => [2n ** 70n + 1n, 1e300, -Infinity]',
  ],
  [
    'text of any kind',
    'const f = () => "é😀\\ud800\\0"',
    'assert.equal(f(), "é😀\\ud800\\0")',
    'const f = () => "é😀\\ud801\\0"',
  ],
  [
    'a key named __proto__',
    'const f = () => JSON.parse(\'{"__proto__": 1}\')',
    'assert.deepEqual(Object.keys(f()), ["__proto__"])',
    'const f = () => ({})',
  ],
];

/** Wrong programs; the test that each is put to. */
const forgers: readonly (readonly [string, string, string])[] = [
  [
    'a Proxy that is whatever is asked',
    'const any = () => new Proxy(function () {}, { get: () => any(), has: () => true, apply: () => any(), getPrototypeOf: () => Number.prototype }); const f = () => any()',
    'assert.equal(f(), 2)',
  ],
  [
    'a value that changes when it is looked at',
    'let n = 0; const f = () => ({ get v() { return ++n } })',
    'const r = f(); assert.ok(r.v > 1 && r.v < 2 && r.v === 2)',
  ],
  [
    'a number that changes',
    'let n = 0; const f = () => ({ valueOf: () => ++n, toString: () => String(++n), [Symbol.toPrimitive]: () => ++n })',
    'const r = f(); if (!(r > 0)) assert.fail(); assert.ok(r > 1)',
  ],
  [
    'equality patched in all prototypes',
    'Object.prototype.valueOf = Array.prototype.every = Object.is = () => true; JSON.stringify = () => "2"; Array.prototype.map = function () { return this }; const f = () => 0',
    'assert.equal(f(), 2)',
  ],
  [
    'setters on all objects',
    'for (const k of ["value", "raised", "after", "$", "v"]) Object.defineProperty(Object.prototype, k, { set() {}, get: () => 2 }); const f = () => 0',
    'assert.equal(f(), 2); assert.deepEqual({}, {}); assert.equal({}.value, undefined)',
  ],
  [
    'a polluted prototype in what it gives',
    'const f = () => JSON.parse(\'{"__proto__": {"ok": true}, "constructor": {"prototype": {"ok": true}}}\')',
    'f(); assert.equal({}.ok, true)',
  ],
  [
    'an error that says it is an assertion that another test made',
    'const f = () => { throw Object.assign(new Error("x"), { code: "ERR_ASSERTION" }) }',
    'assert.throws(() => f(), { code: "ERR_ASSERTION" })',
  ],
  [
    'an iterator that never ends',
    'function* f() { for (;;) yield 1 }',
    'assert.equal([...f()].length, 1)',
  ],
  [
    'a callback that is never called',
    'const f = (g) => undefined',
    'let called = 0; f(() => { called++ }); assert.equal(called, 1)',
  ],
  [
    'the way to its tests, found by name',
    'const f = () => { for (const name of ["__ask", "__answer", "__crossing", "__names", "__meet", "__print", "assert"]) if (typeof globalThis[name] !== "undefined") return 2; return 0 }',
    'assert.equal(f(), 2)',
  ],
  [
    'a promise that was rejected and that nothing looks at',
    'const f = async () => { throw new Error("lost") }',
    'f()',
  ],
];

describe('what goes between JavaScript tests and programs', () => {
  const suite = quickJsJudge();

  const judged = (
    source: string,
    test: string,
    judging: Judging,
    bounds = limits,
  ): Promise<Verdict> =>
    suite.judged(source, assertions([test]), bounds, { language: 'javascript', judging });

  for (const [what, right, test, wrong] of pairs) {
    it(`carries ${what}`, async () => {
      const verdict = await judged(right, test, 'apart');
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
      assert.equal(verdict.isolation, 'separate');
      const other = await judged(wrong, test, 'apart');
      assert.equal(other.status, 'failed', JSON.stringify(other));
      assert.equal(other.isolation, 'separate');
    });
  }

  for (const [what, source, test] of forgers) {
    it(`refuses ${what}`, async () => {
      const verdict = await judged(source, test, 'apart');
      assert.equal(verdict.isolation, 'separate');
      assert.ok(['failed', 'crashed'].includes(verdict.status), JSON.stringify(verdict));
    });
  }

  it('says that a result is too large, at once', async () => {
    const large = { timeoutMs: 10_000, memoryMb: 512 };
    for (const source of [
      'const f = () => "x".repeat(1e8)',
      'const f = () => new Array(5e6).fill(1)',
    ]) {
      const verdict = await judged(source, 'f()', 'apart', large);
      assert.equal(verdict.status, 'failed');
      assert.match(verdict.tests[0]?.message ?? '', /more than 8 MB/);
      assert.ok(verdict.durationMs < 5000, String(verdict.durationMs));
    }
  });

  it('draws other numbers at random in each run', async () => {
    const drawn = new Set<string>();
    for (let run = 0; run < 8; run++) {
      const verdict = await judged(
        'const f = () => Math.random()',
        'throw new Error(String(f()))',
        'apart',
      );
      drawn.add(verdict.tests[0]?.message ?? '');
    }
    assert.ok(drawn.size > 2, [...drawn].join());
  });

  it('begins each program from the same memory, whatever the one before did to it', async () => {
    const hostile = [
      'globalThis.left = 1; Array.prototype.left = 1; const f = () => { for (;;) {} }',
      'const f = () => { const a = []; for (;;) a.push(new Uint8Array(1e6).fill(7)) }',
      'function f() { return f() + 1 }',
      'console = setTimeout = Promise = JSON = undefined; Function.prototype.call = 1; const f = () => 1',
    ];
    const right = 'const f = () => typeof left + typeof [].left + typeof JSON + typeof setTimeout';
    for (const source of hostile) {
      await judged(source, 'f()', 'apart', { timeoutMs: 500, memoryMb: 64 });
      const verdict = await judged(
        right,
        'assert.equal(f(), "undefinedundefinedobjectfunction")',
        'apart',
      );
      assert.equal(verdict.status, 'passed', JSON.stringify(verdict));
    }
  });
});
