import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdit, editsOf, families } from '../../../../src/engine/syntax/edits';
import { functionsOf } from '../../../../src/engine/syntax/functions';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { syntaxProblem } from '../../../../src/engine/syntax/problem';
import { assetsFolder } from '../../../support/assets';
import { pythonProgram, typescriptProgram } from './samplePrograms';

describe('editsOf', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  const programs = [
    ['python', pythonProgram],
    ['typescript', typescriptProgram],
  ] as const;

  for (const [language, source] of programs) {
    it(`leaves ${language} programs that parse`, () => {
      const broken = editsOf(syntax, language, source).filter(
        (edit) => syntaxProblem(syntax, language, applyEdit(source, edit)) !== null,
      );
      assert.deepEqual(broken, []);
    });

    it(`never gives the same ${language} program twice, nor the one it began with`, () => {
      const results = editsOf(syntax, language, source).map((edit) => applyEdit(source, edit));
      assert.equal(new Set([...results, source]).size, results.length + 1);
    });

    it(`orders ${language} edits by position, the same each time`, () => {
      const edits = editsOf(syntax, language, source);
      const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
      assert.deepEqual([sorted, editsOf(syntax, language, source)], [edits, edits]);
    });

    it(`has every family at work in ${language}`, () => {
      const used = new Set(editsOf(syntax, language, source).map((edit) => edit.operator));
      assert.deepEqual(
        families.map(([operator]) => operator).filter((operator) => !used.has(operator)),
        [],
      );
    });

    it(`tells the line that an edit of ${language} changes`, () => {
      const lines = source.split('\n');
      fc.assert(
        fc.property(fc.constantFrom(...editsOf(syntax, language, source)), (edit) => {
          const changed = applyEdit(source, edit).split('\n');
          const first = lines.findIndex((line, index) => line !== changed[index]) + 1;
          // Spans of several lines may keep their first lines as they are.
          const last = source.slice(0, edit.end).split('\n').length;
          return edit.line <= first && first <= Math.max(last, edit.line);
        }),
      );
    });

    it(`keeps to the part that is asked for in ${language}`, () => {
      const places = functionsOf(syntax, language, source);
      for (const place of places) {
        const outside = editsOf(syntax, language, source, place).filter(
          (edit) => edit.start < place.start || edit.end > place.end,
        );
        assert.deepEqual(outside, []);
      }
    });
  }

  it('gives edits only where asked', () => {
    const place = functionsOf(syntax, 'python', pythonProgram)[0];
    assert.ok(place !== undefined && editsOf(syntax, 'python', pythonProgram, place).length > 50);
  });

  it('may delete the last statement of the function that is asked for', () => {
    const source = 'def f(x):\n    x()\n    return x\n\n\ny = 1\n';
    const place = functionsOf(syntax, 'python', source)[0];
    const results = editsOf(syntax, 'python', source, place).map((edit) => applyEdit(source, edit));
    assert.ok(results.includes('def f(x):\n    x()\n\n\ny = 1\n'));
  });

  it('leaves documentation, comments, types, decorators and imports alone', () => {
    const untouched = ['Searching', 'Index of', 'Comments stay', 'maxsize', 'text: str', 'import '];
    for (const text of untouched) {
      const results = editsOf(syntax, 'python', pythonProgram).map((edit) =>
        applyEdit(pythonProgram, edit),
      );
      assert.ok(
        results.every((result) => result.includes(text)),
        text,
      );
    }
  });

  it('takes offsets behind characters outside the basic plane', () => {
    const source = 'x = "😀漢"\ny = 1 < 2\n';
    const edit = editsOf(syntax, 'python', source).find((one) => one.operator === 'comparison');
    assert.equal(edit && applyEdit(source, edit), 'x = "😀漢"\ny = 1 <= 2\n');
  });
});
