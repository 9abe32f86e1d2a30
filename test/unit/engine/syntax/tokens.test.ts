import assert from 'node:assert/strict';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { sameTokens, tokensOf } from '../../../../src/engine/syntax/tokens';
import { assetsFolder } from '../../../support/assets';

describe('sameTokens', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  for (const [name, language, a, b] of [
    ['comments', 'python', 'x = 1  # one\n', '# two\nx = 1\n'],
    ['docstrings', 'python', 'def f():\n  "a"\n  return 1\n', 'def f():\n    return 1\n'],
    ['semicolons', 'python', 'a(); b()\n', 'a()\nb()\n'],
    ['layout', 'python', 'f(1,\n  2)\n', 'f(1, 2)\n'],
    ['semicolons', 'javascript', 'a();\nb();', 'a()\nb()'],
    ['comments', 'typescript', 'f(/* x */ 1) // y', 'f(1)'],
  ] as const) {
    it(`does not see ${name} in ${language}`, () => {
      assert.equal(sameTokens(syntax, language, a, b), true);
    });
  }

  for (const [name, language, a, b] of [
    ['a statement in another block', 'python', 'if a:\n  b()\n  c()\n', 'if a:\n  b()\nc()\n'],
    ['two statements and a call', 'python', 'a\n(b)\n', 'a(b)\n'],
    ['spaces in strings', 'python', 'x = "a  b"\n', 'x = "a b"\n'],
    ['spaces in f-strings', 'python', 'x = f"{a}  {b}"\n', 'x = f"{a} {b}"\n'],
    ['templates', 'javascript', 'x = `${a} b`', 'x = `${a}  b`'],
    ['regular expressions', 'javascript', 'x = /a b/', 'x = /ab/'],
    ['a bare return', 'javascript', 'function f() { return\na }', 'function f() { return a }'],
    ['operators', 'python', 'x = a < b\n', 'x = a <= b\n'],
  ] as const) {
    it(`sees ${name} in ${language}`, () => {
      assert.equal(sameTokens(syntax, language, a, b), false);
    });
  }

  it('takes programs that nest deeper than calls may', () => {
    const source = `x = ${'1 + '.repeat(5000)}1\n`;
    assert.equal(tokensOf(syntax, 'python', source).length, 10_004);
  });

  it('gives the tokens with blocks marked', () => {
    assert.deepEqual(tokensOf(syntax, 'python', 'if a:\n  b("c")\n'), [
      'if',
      'a',
      ':',
      '<block>',
      'b',
      '(',
      '"c"',
      ')',
      '<end>',
      '</block>',
      '<end>',
    ]);
  });
});
