import type { Language } from '../../src/engine/domain/task';

/** Right programs of odd kinds: language, what is odd, the program, a test that it passes. */
export const honestPrograms: readonly (readonly [Language, string, string, string])[] = [
  [
    'python',
    'dataclasses',
    'from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\ndef f(): return A(1).x',
    'assert f() == 1',
  ],
  [
    'python',
    'its own source',
    'import inspect\ndef f(): return inspect.getsource(f)',
    'assert "getsource" in f()',
  ],
  [
    'python',
    'several processes',
    'import multiprocessing\ndef up(x): return x + 1\ndef f(x):\n    with multiprocessing.Pool(2) as pool: return pool.map(up, x)',
    'assert f([1, 2]) == [2, 3]',
  ],
  [
    'python',
    'threads',
    'import threading\ndef f():\n    got = []\n    t = threading.Thread(target=got.append, args=(1,))\n    t.start(); t.join()\n    return got',
    'assert f() == [1]',
  ],
  ['python', 'printing', 'def f():\n    print("x" * 1000)\n    return 1', 'assert f() == 1'],
  [
    'python',
    'deep recursion',
    'import sys\nsys.setrecursionlimit(20000)\ndef f(n): return n and 1 + f(n - 1)',
    'assert f(9000) == 9000',
  ],
  [
    'python',
    'files of its own',
    'def f():\n    open("/tmp/a", "w").write("x")\n    return open("/tmp/a").read()',
    'assert f() == "x"',
  ],
  ['javascript', 'CommonJS', 'module.exports = { f: () => 1 };', 'assert.equal(f(), 1)'],
  [
    'javascript',
    'a default export',
    'export default function f() { return 1; }',
    'assert.equal(f(), 1)',
  ],
  [
    'javascript',
    'timers',
    'const f = () => new Promise((done) => setTimeout(() => done(1), 1000));',
    'assert.equal(await f(), 1)',
  ],
  [
    'javascript',
    'copies',
    'const f = (x) => structuredClone(x);',
    'const a = { b: [1] }; assert.deepEqual(f(a), a); assert.notEqual(f(a), a);',
  ],
  [
    'javascript',
    'deep recursion',
    'function f(n) { return n === 0 ? 0 : 1 + f(n - 1); }',
    'assert.equal(f(8000), 8000)',
  ],
  [
    'javascript',
    'generators',
    'function* f() { yield 1; yield 2; }',
    'assert.deepEqual([...f()], [1, 2])',
  ],
  [
    'javascript',
    'maps, sets and dates',
    'const f = (x) => x;',
    'for (const v of [new Map([[1, { a: 2 }]]), new Set([1]), new Date(5), [undefined, null, NaN, -0], 10n, { a: undefined }, new Uint8Array([1])]) assert.deepEqual(f(v), v);',
  ],
  [
    'javascript',
    'arguments changed in place',
    'function f(a) { a.push(3); a[0].x = 1; }',
    'const a = [{}]; f(a); assert.deepEqual(a, [{ x: 1 }, 3]);',
  ],
  [
    'javascript',
    'the same object given back',
    'function f(a) { a.sort(); return a; }',
    'const a = [2, 1]; assert.strictEqual(f(a), a); assert.deepEqual(a, [1, 2]);',
  ],
  [
    'javascript',
    'errors by class and message',
    'function f() { throw new RangeError("too far"); }',
    'assert.throws(() => f(), RangeError); assert.throws(() => f(), { name: "RangeError", message: /far/ });',
  ],
  [
    'javascript',
    'errors of its own',
    'class Bad extends TypeError {} function f() { throw Object.assign(new Bad("x"), { code: 7 }); }',
    'assert.throws(() => f(), { code: 7 }); assert.throws(() => f(), TypeError);',
  ],
  [
    'javascript',
    'rejections',
    'async function f() { throw new Error("no"); }',
    'await assert.rejects(f(), /no/); await assert.rejects(() => f(), Error);',
  ],
  [
    'typescript',
    'enums and generics',
    'enum E { A = 1, B }\nexport function f<T extends number>(x: T): E { return x === 2 ? E.B : E.A; }',
    'assert.equal(f(2), 2)',
  ],
  [
    'typescript',
    'types only',
    'interface A { x: number }\ntype B = A | null;\nexport const f = (a: B): number => a?.x ?? (0 satisfies number);',
    'assert.equal(f({ x: 1 }), 1)',
  ],
];
