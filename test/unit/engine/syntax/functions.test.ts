import assert from 'node:assert/strict';
import { functionsOf } from '../../../../src/engine/syntax/functions';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { pythonProgram, typescriptProgram } from './samplePrograms';

describe('functionsOf', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  const one = (language: 'python' | 'typescript', source: string) => {
    const [found] = functionsOf(syntax, language, source);
    assert.ok(found !== undefined);
    return { ...found, text: source.slice(found.start, found.end) };
  };

  it('finds the top-level functions of a Python module', () => {
    const names = functionsOf(syntax, 'python', pythonProgram).map((place) => place.name);
    assert.deepEqual(names, ['search', 'pieces']);
  });

  it('finds the top-level functions of a TypeScript module', () => {
    const names = functionsOf(syntax, 'typescript', typescriptProgram).map((place) => place.name);
    assert.deepEqual(names, ['mergeSpans', 'label', 'over']);
  });

  it('includes decorators but leaves them out of the signature', () => {
    const { text, signature } = one(
      'python',
      '@cache\nasync def f(a: int) -> str:\n    return a\n',
    );
    assert.deepEqual([text.slice(0, 6), signature], ['@cache', 'async def f(a: int) -> str:']);
  });

  it('reads a docstring without its indentation', () => {
    const source = 'def f():\n    """First.\n\n    Second.\n      Deeper.\n    """\n    return 1\n';
    assert.equal(one('python', source).documentation, 'First.\n\nSecond.\n  Deeper.');
  });

  it('starts at a JSDoc block and cleans it', () => {
    const source =
      '/**\n * Adds.\n * @param a first\n */\nexport function f(a: number) { return a }\n';
    const { startLine, documentation } = one('typescript', source);
    assert.deepEqual([startLine, documentation], [1, 'Adds.\n@param a first']);
  });

  it('does not take a comment with a blank line below it', () => {
    assert.equal(one('typescript', '/** File. */\n\nfunction f() {}\n').documentation, null);
  });

  for (const [source, name, isAsync] of [
    ['export default function run() {}', 'run', false],
    ['const f = async (a) => a;', 'f', true],
    ['export const g = function () { return 1 };', 'g', false],
    ['async function h() {}', 'h', true],
    ['function* steps() { yield 1 }', 'steps', false],
  ] as const) {
    it(`knows ${source}`, () => {
      const found = one('typescript', source);
      assert.deepEqual([found.name, found.isAsync, found.text], [name, isAsync, source]);
    });
  }

  it('gives the body of an arrow function with an expression', () => {
    const source = 'const f = (a: number) => a + 1;';
    const { bodyStart, bodyEnd, signature } = one('typescript', source);
    assert.deepEqual(
      [source.slice(bodyStart, bodyEnd), signature],
      ['a + 1', 'const f = (a: number) =>'],
    );
  });

  it('cuts rightly behind characters outside the basic plane', () => {
    const source = 'x = "😀"\ndef f():\n    return "漢"\n';
    assert.equal(one('python', source).text, 'def f():\n    return "漢"');
  });
});
