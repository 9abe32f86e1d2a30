import assert from 'node:assert/strict';
import type { Language } from '../../../../src/engine/domain/task';
import { applyEdit, editsOf, type Operator } from '../../../../src/engine/syntax/edits';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';

/** An edit that must be among those of the source: operator, source, what becomes of it. */
const expected: readonly (readonly [Language, Operator, string, string])[] = [
  ['python', 'comparison', 'x = a < b', 'x = a <= b'],
  ['python', 'comparison', 'x = a in b', 'x = a not in b'],
  ['python', 'comparison', 'x = a is not None', 'x = a is None'],
  ['javascript', 'comparison', 'x = a === b', 'x = a !== b'],
  ['javascript', 'comparison', 'x = a !== b', 'x = a != b'],
  ['python', 'arithmetic', 'x = a // b', 'x = a / b'],
  ['python', 'arithmetic', 'x += b', 'x -= b'],
  ['python', 'arithmetic', 'def f(a): return-a', 'def f(a): return a'],
  ['javascript', 'arithmetic', 'x = a / b', 'x = Math.floor(a / b)'],
  ['javascript', 'arithmetic', 'x = a+-b', 'x = a- -b'],
  ['javascript', 'arithmetic', 'i++', 'i--'],
  ['python', 'boolean', 'x = a and b', 'x = a or b'],
  ['javascript', 'boolean', 'x = a || b', 'x = a ?? b'],
  ['python', 'negation', 'x = not a', 'x = a'],
  ['python', 'negation', 'if a: b()', 'if not a: b()'],
  ['javascript', 'negation', 'if (a && b) c()', 'if (a && !b) c()'],
  ['python', 'constant', 'x = 2', 'x = 3'],
  ['python', 'constant', 'x = True', 'x = False'],
  ['python', 'constant', 'x = 0.5', 'x = 1.5'],
  ['python', 'constant', "x = ','", "x = ', '"],
  ['javascript', 'constant', 'x = 0n', 'x = -1n'],
  ['javascript', 'constant', 'x = a-0', 'x = a-(-1)'],
  ['python', 'offByOne', 'x = a[i]', 'x = a[i + 1]'],
  ['python', 'offByOne', 'x = range(len(a))', 'x = range(len(a) - 1)'],
  ['python', 'offByOne', 'x = a[:n + 1]', 'x = a[:n]'],
  ['javascript', 'offByOne', 'x = a.slice(i)', 'x = a.slice(i + 1)'],
  ['javascript', 'offByOne', 'x = i < a.length', 'x = i < a.length - 1'],
  ['python', 'variable', 'def f(a, b): return a', 'def f(a, b): return b'],
  ['typescript', 'variable', 'const f = (a: X, b: X) => a;', 'const f = (a: X, b: X) => b;'],
  ['python', 'call', 'x = min(a)', 'x = max(a)'],
  ['python', 'call', 'x = sorted(a, key=k)', 'x = sorted(a, key=k, reverse=True)'],
  ['python', 'call', 'a.append(b)', 'a.insert(0, b)'],
  ['javascript', 'call', 'x = Math.floor(a)', 'x = Math.ceil(a)'],
  ['javascript', 'call', 'a.sort()', 'a.sort((a, b) => a - b)'],
  ['python', 'argument', 'x = f(a, b)', 'x = f(b, a)'],
  ['python', 'argument', 'x = a + b - c', 'x = c - (a + b)'],
  ['python', 'unwrap', 'x = abs(a)', 'x = a'],
  ['python', 'unwrap', 'x = f(a + b) * c', 'x = (a + b) * c'],
  ['python', 'unwrap', 'x = a.strip()', 'x = a'],
  ['javascript', 'unwrap', 'x = f(1).y', 'x = (1).y'],
  ['javascript', 'unwrap', 'const f = () => g({ a })', 'const f = () => ({ a })'],
  ['python', 'condition', 'if a(b): c()', 'if True: c()'],
  ['python', 'condition', 'x = a or b', 'x = b'],
  ['javascript', 'condition', 'while (a.b) c()', 'while (false) c()'],
  ['python', 'statement', 'def f(a):\n    a()\n    return 1\n', 'def f(a):\n    return 1\n'],
  ['python', 'statement', 'if a:\n    b()\n', 'if a:\n    pass\n'],
  ['python', 'statement', 'def f(x):\n  if x:\n    return 1\n  g()\n', 'def f(x):\n  g()\n'],
  ['python', 'statement', 'total += x', 'total = x'],
  ['python', 'statement', 'x = a\nx = b', 'x = a\nx += b'],
  ['javascript', 'statement', 'if (a) b();', 'if (a) {}'],
  ['javascript', 'statement', 'for (;;) break;', 'for (;;) continue;'],
];

/** Edits that must not be made: source, what must not become of it. */
const forbidden: readonly (readonly [string, Language, string, string])[] = [
  ['a callee for a variable', 'python', 'def f(a, g): return g(a)', 'def f(a, g): return a(a)'],
  ['a name before it is bound', 'python', 'def f(a):\n  b = a\n', 'def f(a):\n  b = b\n'],
  ['an attribute', 'python', 'def f(a, b): return a.b', 'def f(a, b): return a.a'],
  ['a keyword', 'python', 'def f(a, b): return g(b=a)', 'def f(a, b): return g(a=a)'],
  ['the only assignment', 'python', 'def f():\n  x = 1\n  return x\n', 'def f():\n  return x\n'],
  ['?? beside ||', 'javascript', 'x = a || b || c', 'x = a || b ?? c'],
  ['a power of a sign', 'javascript', 'x = -a * b', 'x = -a ** b'],
  ['a loop without an end', 'python', 'while a: b()', 'while True: b()'],
  ['a directive', 'javascript', "'use strict';\nf();", "'';\nf();"],
  ['a module name', 'javascript', "const a = require('b')", "const a = require('')"],
];

describe('operators', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  for (const [language, operator, source, result] of expected) {
    it(`${operator}: ${JSON.stringify(source)} becomes ${JSON.stringify(result)}`, () => {
      const edits = editsOf(syntax, language, source);
      const found = edits.filter((edit) => applyEdit(source, edit) === result);
      assert.deepEqual(
        found.map((edit) => edit.operator),
        [operator],
        edits.map((edit) => `${edit.operator}: ${applyEdit(source, edit)}`).join('\n'),
      );
    });
  }

  for (const [name, language, source, result] of forbidden) {
    it(`does not touch ${name}`, () => {
      const results = editsOf(syntax, language, source).map((edit) => applyEdit(source, edit));
      assert.ok(!results.includes(result));
    });
  }

  it('says what an edit does', () => {
    const notes = editsOf(syntax, 'python', 'x = f(a, b) < 1\n').map((edit) => edit.note);
    assert.ok(notes.includes('< to <=') && notes.includes('swap a and b'));
  });

  it('offers at most six other names, the nearest first', () => {
    const source = 'def f(a, b, c, d, e, g, h, i):\n    return i\n';
    const names = editsOf(syntax, 'python', source)
      .filter((edit) => edit.operator === 'variable')
      .map((edit) => edit.replacement);
    assert.deepEqual(names, ['h', 'g', 'e', 'd', 'c', 'b']);
  });
});
