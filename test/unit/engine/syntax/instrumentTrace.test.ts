import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import fc from 'fast-check';
import { transform } from 'sucrase';
import { instrumentTrace } from '../../../../src/engine/syntax/instrumentTrace';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { syntaxProblem } from '../../../../src/engine/syntax/problem';
import { assetsFolder } from '../../../support/assets';
import { typescriptProgram } from './samplePrograms';

const tracing = readFileSync('src/engine/judge/javascript/tracing.js', 'utf8');

interface Event {
  readonly line: number;
  readonly function: string | null;
  readonly changed: Readonly<Record<string, string>>;
  readonly returned?: string;
  readonly raised?: string;
}

/** Runs a program that notes what it does, and shows what it noted and what it threw. */
async function run(code: string, isTraced: boolean): Promise<{ told: string; events: Event[] }> {
  const context = vm.createContext({});
  if (isTraced) vm.runInContext(tracing, context);
  const source = `(async () => { const seen = []; const note = (...v) => { seen.push(v); return v[0]; };
    try { await (async () => {\n${code}\n})(); } catch (error) { seen.push(['threw', String(error)]); }
    return JSON.stringify(seen); })()`;
  const told = (await vm.runInContext(source, context, { timeout: 5000 })) as string;
  const events = isTraced
    ? (JSON.parse(vm.runInContext('__traceTold()', context) as string) as { events: Event[] })
        .events
    : [];
  return { told, events };
}

/** Each notes what it does; what it notes must not change. */
const programs: readonly (readonly [string, string])[] = [
  ['bare bodies', 'let x = 0\nif (x) x = 1; else if (x === 0) x = 2\nelse x = 3\nnote(x)'],
  ['a dangling else', 'let x = 0\nif (1) if (0) x = 1; else x = 2\nnote(x)'],
  [
    'loops',
    'let s = 0\nfor (let i = 0; i < 3; i++) s += i\nwhile (s < 9) s++\ndo s--; while (s > 5)\nnote(s)',
  ],
  [
    'closures of loops',
    'const f = []\nfor (let i = 0; i < 3; i++) f.push(() => i)\nnote(f.map((g) => g()))',
  ],
  ['empty loops', 'let i = 0\nfor (; i < 3; i++);\nwhile (i-- > 0);\nnote(i)'],
  [
    'labels',
    'let n = 0\nouter: for (const a of [1, 2]) for (const b of [1, 2]) { if (b > 1) continue outer; n += a }\nblock: { n++; if (n) break block; n = 99 }\nnote(n)',
  ],
  [
    'switch',
    "switch (note(2)) {\n  case 1: note('a'); break\n  case 2: let y = 1; note(y)\n  default: note('b')\n}",
  ],
  [
    'arrow functions',
    'const f = (a) => (b) => ({ a, b })\nnote(f(1)(2)); note([3, 1].sort((a, b) => a - b))',
  ],
  ['hoisting', 'note(f())\nfunction f() { return g(1)\nfunction g(x) { return x } }'],
  ['strict mode', "function f() { 'use strict'; return this }\nnote(f() === undefined)"],
  ['returns of nothing', 'function f(a) { if (a) return\nnote(a); return a }\nnote(f(0), f(1))'],
  [
    'classes',
    'class A { x = () => 1; static { A.y = 2 } #p = 3; get z() { return this.x() + this.#p } set w(v) { this.v = v } }\nclass B extends A { constructor(k = 4) { super(); this.k = k } }\nconst b = new B(); b.w = 7; note(b.z, b.k, b.v, A.y)',
  ],
  [
    'generators',
    'function* g(n) { try { const x = yield n; note(x); yield* [2] } finally { note("closed") } }\nconst it = g(1); it.next(); note(it.next(5).value); it.return(); note([...g(0)])',
  ],
  [
    'exceptions',
    "try { throw new Error('a') } catch ({ message }) { note(message) } finally { note(1) }\nconst f = () => { throw 5 }\ntry { f() } catch (e) { note(e) }\nnull.x",
  ],
  [
    'async functions',
    'const f = async (x) => { const y = await x; return y + 1 }\nnote(await f(Promise.resolve(1)))\nfor await (const v of [1, f(1)]) note(v)',
  ],
  [
    'destructuring',
    'let { a, b: [c = 5, ...d], ...e } = { a: 1, b: [, 2, 3], z: 4 }; [a, c] = [c, a]; ({ a, x: c } = { a: 9, x: 8 })\nnote(a, c, d, e)',
  ],
  [
    'default parameters',
    'const f = (a, b = a + 1, { c = b } = {}, ...rest) => [a, b, c, rest]\nnote(f(1), f(1, 2, { c: 3 }, 4))',
  ],
  [
    'names before their time',
    'const f = () => late\nfalse && (late = 1)\nlet late = 2\nfalse && late.push(1)\nnote(f())',
  ],
  ['shadowed heads', 'for (const x of [1, 2]) { const x = 5; note(x) }'],
  [
    'getters and setters',
    'const o = { get a() { return note("read") }, set b(v) { note("set", v) } }; o.b = 1; const p = o; note(1)',
  ],
  [
    'proxies',
    'const p = new Proxy({}, { get: (t, k) => note("get", String(k)), ownKeys: () => (note("keys"), []), getPrototypeOf: () => (note("proto"), null) })\nlet q = p; q = [p]; q = { p }; const { proxy } = Proxy.revocable({}, {}); q = proxy; note(typeof Proxy)',
  ],
  [
    'lies about themselves',
    'const o = { toString() { note("toString") }, toJSON() { note("json") }, [Symbol.toPrimitive]() { note("prim"); return 1 } }; let p = o; Object.prototype.toJSON = () => note("all"); p = { o }; delete Object.prototype.toJSON; note(1)',
  ],
  [
    'optional chains',
    'const o = { a: null, f: () => 1 }; note(o?.a?.b, o.f?.(), o.g?.(), o.a?.[note(1)])',
  ],
  [
    'commas and conditions',
    'let a = 1, b = (a++, a) ? a-- : 0; a ||= 3; b &&= 4; b ??= 5; note(a, b); a = b = 2, note(a)',
  ],
  ['missing semicolons', 'let a = 1\nlet b = a\n++b\nvar c = () => a\nvar d = c()\nnote(a, b, d)'],
  ['recursion', 'const f = (n) => n < 2 ? 1 : n * f(n - 1)\nnote(f(20))'],
  [
    'changes in place',
    'const a = [1]; function up(x) { x.push(2); x[0] = 9; delete x[1]; return x.length }\nnote(up(a), a)',
  ],
  [
    'names and lengths',
    'const named = (a, b) => 1; function two(a, b) {}\nnote(named.name, named.length, two.length, (class K {}).name)',
  ],
  ['tagged templates', 'const t = (s, ...v) => s.raw.join("|") + v; note(t`a${1}b`)'],
  [
    'nested functions',
    'var o = { m() { return (() => this.k)() }, k: 3, async *g() { yield 1 } }\nnote(o.m()); for await (const x of o.g()) note(x)',
  ],
];

describe('instrumentTrace', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const traced = (source: string): string => instrumentTrace(syntax, 'javascript', source);

  for (const [name, source] of programs) {
    it(`keeps what a program with ${name} does, and its lines`, async () => {
      const code = traced(source);
      assert.equal((await run(code, true)).told, (await run(source, false)).told, code);
      assert.equal(code.split('\n').length, source.split('\n').length);
    });
  }

  it('keeps what made programs do', async () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const { statement } = fc.letrec<{ value: string; statement: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.integer({ min: -3, max: 3 }).map((n) => `(${String(n)})`),
        name,
        fc.tuple(name, tie('value')).map(([n, v]) => `(${n} = ${v})`),
        name.map((n) => `${n}++`),
        fc.tuple(tie('value'), tie('value')).map(([v, w]) => `(${v} + ${w})`),
        fc.tuple(tie('value'), tie('value')).map(([v, w]) => `(${v} ? ${w} : ${v})`),
        fc.tuple(tie('value'), tie('value')).map(([v, w]) => `(${v} && ${w})`),
        fc.tuple(name, tie('value')).map(([n, v]) => `((${n}) => ${v})(1)`),
        tie('value').map((v) => `list.push(${v})`),
        tie('value').map((v) => `[${v}, ...list].length`),
      ),
      statement: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        tie('value').map((v) => `note(${v})\n`),
        tie('value').map((v) => `;[a, b] = [b, ${v}]\n`),
        fc.tuple(tie('value'), tie('statement')).map(([v, s]) => `if (${v}) ${s}`),
        fc.tuple(tie('value'), tie('statement')).map(([v, s]) => `if (${v}) { ${s} } else ${s}`),
        tie('statement').map((s) => `for (let i = 0; i < 2; i++) ${s}`),
        tie('statement').map((s) => `for (const b of [1, 2]) ${s}`),
        tie('statement')
          .map((s) => [s, `one${String(s.length)}`] as const)
          .map(([s, label]) => `${label}: { ${s} ; if (a > 1) break ${label}; ${s} }\n`),
        fc
          .tuple(tie('value'), tie('statement'))
          .map(
            ([v, s]) =>
              `switch (${v}) { case 1: ${s}\n case 2: ${s}\n break; default: note(${v}) }\n`,
          ),
        fc
          .tuple(tie('statement'), tie('value'))
          .map(
            ([s, v]) =>
              `try { ${s} ; if (${v}) throw ${v} } catch (e) { note(e) } finally { ${s} }\n`,
          ),
        fc
          .tuple(tie('statement'), tie('value'))
          .map(([s, v]) => `note((function (a = ${v}) { ${s} ; return ${v} })())\n`),
        fc
          .tuple(tie('statement'), tie('value'))
          .map(([s, v]) => `note([...(function* () { ${s} ; yield ${v} })()])\n`),
        fc
          .tuple(tie('statement'), tie('value'))
          .map(([s, v]) => `note(await (async () => { ${s} ; return await ${v} })())\n`),
        tie('value').map((v) => `{ let { a = ${v} } = {}; const d = a; note(d) }\n`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 5 }), async (statements) => {
        const source = `let a = 1, b = 2, c = 3; const list = []\n${statements.join('')}\nnote(a, b, c, list)`;
        const code = traced(source);
        assert.equal((await run(code, true)).told, (await run(source, false)).told, code);
      }),
      { numRuns: 150 },
    );
  });

  it('gives TypeScript that parses and can be stripped of its types', () => {
    const files = readdirSync('samples', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[tj]s$/.test(file) && !file.includes('node_modules'))
      .map((file) => readFileSync(path.join('samples', file), 'utf8'));
    assert.ok(files.length > 3);
    for (const source of [typescriptProgram, ...files]) {
      const code = instrumentTrace(syntax, 'typescript', source);
      assert.equal(syntaxProblem(syntax, 'typescript', code), null);
      assert.doesNotThrow(() => transform(code, { transforms: ['typescript', 'imports'] }));
      assert.equal(code.split('\n').length, source.split('\n').length);
    }
  });

  it('keeps parameter properties of TypeScript', async () => {
    const source =
      'class A { constructor(readonly x: number, private y = 2) { note(this.x, this.y) } }\nclass B extends A { constructor(public z: number) { super(z + 1); note(this.z) } }\nnote(new B(1))';
    const strip = (code: string): string =>
      transform(code, { transforms: ['typescript'], disableESTransforms: true }).code;
    const code = strip(instrumentTrace(syntax, 'typescript', source));
    assert.equal((await run(code, true)).told, (await run(strip(source), false)).told, code);
  });

  const events = async (source: string): Promise<Event[]> =>
    (await run(traced(source), true)).events;

  it('tells each statement with what it set', async () => {
    const told = await events(
      'let a = 1;\na += 2;\nconst items = [];\nitems.push(a);\nitems.length;',
    );
    assert.deepEqual(
      told.map(({ line, changed }) => [line, changed]),
      [
        [1, { a: '1' }],
        [2, { a: '3' }],
        [3, { items: '[]' }],
        [4, { items: '[3]' }],
        [5, {}],
      ],
    );
  });

  it('tells calls with arguments, results and what is thrown where it is thrown', async () => {
    const source =
      'function half(n) {\n  if (n % 2)\n    throw new RangeError("odd");\n  return n / 2;\n}\ntry { half(half(6)); } catch {}';
    const told = await events(source);
    const brief = told.map((event) => [
      event.line,
      event.function,
      event.returned ?? event.raised ?? event.changed,
    ]);
    assert.deepEqual(brief, [
      [1, 'half', { n: '6' }],
      [2, 'half', {}],
      [4, 'half', '3'],
      [1, 'half', { n: '3' }],
      [2, 'half', {}],
      [3, 'half', 'RangeError: odd'],
    ]);
  });

  it('does not tell that an object changed that a method only read', async () => {
    const told = await events('const a = [1];\na.map(String);\na.reverse();\na.push(2);');
    assert.deepEqual(
      told.map(({ changed }) => changed),
      [{ a: '[1]' }, {}, {}, { a: '[1, 2]' }],
    );
  });

  it('tells each round of a loop with what its head set', async () => {
    const told = await events('for (const [k, v] of [[1, 2], [3, 4]])\n  k;');
    assert.deepEqual(
      told.map(({ line, changed }) => [line, changed]),
      [
        [1, { k: '1', v: '2' }],
        [2, {}],
        [1, { k: '3', v: '4' }],
        [2, {}],
      ],
    );
  });
});
