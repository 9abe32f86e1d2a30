import assert from 'node:assert/strict';
import type { Language } from '../../../../../src/engine/domain/task';
import { textRepairs } from '../../../../../src/engine/syntax/operators/notation';

/** Language, line that is told, program, what must be among its repairs. */
const expected: readonly (readonly [string, Language, number, string, string])[] = [
  ['a forgotten colon', 'python', 1, 'if a > b\n    c()', 'if a > b:\n    c()'],
  ['an assignment for a comparison', 'python', 1, 'if a = b:\n    c()', 'if a == b:\n    c()'],
  ['the words of another language', 'python', 1, 'if a && b:\n    c()', 'if a and b:\n    c()'],
  ['a line that no block begins', 'python', 2, 'a = 1\n     b = 2', 'a = 1\nb = 2'],
  ['a body that is not indented', 'python', 2, 'if a:\nb()', 'if a:\n    b()'],
  ['a forgotten bracket', 'python', 1, 'a = f(g(b)', 'a = f(g(b))'],
  ['a forgotten quote', 'python', 1, "a = 'b", "a = 'b'"],
  ['a forgotten bracket before a block', 'javascript', 1, 'if (a {\n}', 'if (a) {\n}'],
  ['else if of Python', 'javascript', 1, '} elif (a) {', '} else if (a) {'],
  ['a forgotten brace', 'javascript', 1, 'if (a) { b();', 'if (a) { b();\n}'],
];

describe('repairs of the notation', () => {
  for (const [fault, language, line, from, to] of expected) {
    it(`mend ${fault} (${language})`, () => {
      const made = textRepairs(language, from, line).map(({ source }) => source);
      assert.ok(made.includes(to), made.join('\n---\n'));
    });
  }

  it('change one line within two lines of the told one, each program once', () => {
    const source = ['a = (1', 'b = 2', 'c = 3', 'd = 4', 'e = (5'].join('\n');
    const made = textRepairs('python', source, 1);
    assert.equal(new Set(made.map((one) => one.source)).size, made.length);
    assert.ok(made.every((one) => one.line <= 3 && one.source.endsWith('e = (5')));
  });
});
