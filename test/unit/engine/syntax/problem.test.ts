import assert from 'node:assert/strict';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { syntaxProblem } from '../../../../src/engine/syntax/problem';
import { assetsFolder } from '../../../support/assets';
import { pythonProgram, typescriptProgram } from './samplePrograms';

describe('syntaxProblem', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  for (const [name, language, source] of [
    ['Python', 'python', pythonProgram],
    ['TypeScript', 'typescript', typescriptProgram],
    ['an empty source', 'javascript', ''],
  ] as const) {
    it(`finds nothing wrong with ${name}`, () => {
      assert.equal(syntaxProblem(syntax, language, source), null);
    });
  }

  for (const [name, language, source, line] of [
    ['an open bracket', 'python', 'x = 1\ny = (2\nz = 3\n', 2],
    ['a Python 2 print', 'python', 'x = 1\nprint "x"\n', 2],
    ['a header without a body', 'python', 'x = 1\ndef f():\n', 2],
    ['an open brace', 'javascript', 'const a = 1;\nfunction f() {\n', 2],
    ['a missing operand', 'typescript', 'const a: number = 1;\n\nconst b = a + ;\n', 3],
    ['prose', 'python', 'Here is the code:\n', 1],
    ['a sentence behind a program', 'python', 'x = 1\n\nQ: Another task\n', 3],
    ['two statements on one line', 'python', 'def f(x):\n    y = x z = x\n    return y\n', 2],
    ['quotes of Python 2', 'python', 'x = 1\ny = ``\n', 2],
  ] as const) {
    it(`finds the line of ${name}`, () => {
      assert.equal(syntaxProblem(syntax, language, source)?.line, line);
    });
  }
});
