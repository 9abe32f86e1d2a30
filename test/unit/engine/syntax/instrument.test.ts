import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { transform } from 'sucrase';
import { instrumentLines } from '../../../../src/engine/syntax/instrument';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { syntaxProblem } from '../../../../src/engine/syntax/problem';
import { assetsFolder } from '../../../support/assets';
import { typescriptProgram } from './samplePrograms';

/** Each source sets `result`; what it is must not change. */
const behaviours: readonly (readonly [string, string])[] = [
  ['bare bodies', 'let x = 0\nif (x) x = 1; else if (x === 0) x = 2\nelse x = 3\nresult = x'],
  ['a dangling else', 'let x = 0\nif (1) if (0) x = 1; else x = 2\nresult = x'],
  [
    'loops',
    'let s = 0\nfor (let i = 0; i < 3; i++) s += i\nwhile (s < 9) s++\ndo s--; while (s > 5)\nresult = s',
  ],
  [
    'labels',
    'let n = 0\nouter: for (const a of [1, 2]) for (const b of [1, 2]) { if (b > 1) continue outer; n += a }\nresult = n',
  ],
  ['switch', "switch (2) {\n  case 1: result = 'a'; break\n  case 2:\n  default: result = 'b'\n}"],
  ['arrow functions', 'const f = (a) => (b) => ({ a, b })\nresult = JSON.stringify(f(1)(2))'],
  ['hoisting', 'result = f()\nfunction f() { return g(1)\nfunction g(x) { return x } }'],
  ['strict mode', "function f() { 'use strict'; return this }\nresult = f() === undefined"],
  ['missing semicolons', 'let a = 1\nlet b = a\n++b\nresult = [a, b].join()'],
  [
    'classes',
    'class A { x = () => 1; static { A.y = 2 } get z() { return this.x() } }\nclass B extends A { constructor() { super(); this.w = 3 } }\nresult = [new B().z, new B().w, A.y].join()',
  ],
  ['generators', 'function* g() { yield 1; yield* [2] }\nresult = [...g()].join()'],
  ['try', "try { throw new Error('a') } catch { result = 1 } finally { result += 1 }"],
  ['an empty body', 'let i = 0\nfor (; i < 3; i++);\nif (i) ; else i = 9\nresult = i'],
];

describe('instrumentLines', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  const run = (code: string): { result: unknown; lines: readonly number[] } => {
    const lines = new Set<number>();
    const result: unknown = runInNewContext(`(() => { let result;\n${code}\nreturn result; })()`, {
      __line: (line: number) => lines.add(line),
    });
    return { result, lines: [...lines] };
  };

  for (const [name, source] of behaviours) {
    it(`keeps what a program with ${name} does`, () => {
      const code = instrumentLines(syntax, 'javascript', source, '__line');
      assert.deepEqual(run(code).result, run(source).result);
    });

    it(`keeps the lines of a program with ${name}`, () => {
      const code = instrumentLines(syntax, 'javascript', source, '__line');
      assert.equal(code.split('\n').length, source.split('\n').length);
    });
  }

  it('reports the lines that ran and no others', () => {
    const source = 'function f(a) {\n  if (a)\n    return 1;\n  return 2;\n}\nresult = f(1);\n';
    const { lines } = run(instrumentLines(syntax, 'javascript', source, '__line'));
    assert.deepEqual(lines, [6, 2, 3]);
  });

  it('reports the body of an arrow function when it runs', () => {
    const source = 'const f = (a) =>\n  a + 1;\nresult = f(1);';
    assert.deepEqual(run(instrumentLines(syntax, 'javascript', source, '__line')).lines, [1, 3, 2]);
  });

  it('gives TypeScript that parses and can be stripped of its types', () => {
    const code = instrumentLines(syntax, 'typescript', typescriptProgram, '__line');
    const strip = () => transform(code, { transforms: ['typescript', 'imports'] }).code;
    assert.equal(syntaxProblem(syntax, 'typescript', code), null);
    assert.doesNotThrow(strip);
  });

  for (const source of [
    "import a from 'a';",
    'export type T = number;',
    'interface A { b(): void }',
    'declare function f(): void;',
    'declare global { const x: number }',
    'function f(a: string): void;',
    'export { a };',
    "export * from 'b';",
    'abstract class A { abstract b(): void }',
    "'use strict';",
  ]) {
    it(`leaves ${source} alone`, () => {
      assert.equal(instrumentLines(syntax, 'typescript', source, '__line'), source);
    });
  }

  it('gives Python back as it was', () => {
    assert.equal(instrumentLines(syntax, 'python', 'x = 1\n', '__line'), 'x = 1\n');
  });
});
