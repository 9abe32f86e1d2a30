import assert from 'node:assert/strict';
import type { Language } from '../../../../src/engine/domain/task';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { testUse } from '../../../../src/engine/syntax/testUse';
import { assetsFolder } from '../../../support/assets';

const known = new Set(
  'assert len range sorted isinstance print ValueError Error console'.split(' '),
);

describe('how a test uses its program', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const use = (language: Language, test: string, support = '', isCheck = false) =>
    testUse(syntax, language, { support, test, isCheck }, (name) => known.has(name));

  const apart: readonly (readonly [Language, string, string, readonly string[]])[] = [
    ['python', 'assert f(1) == 2', '', ['f']],
    ['python', 'x = f(1)\nfor y in x:\n    assert len(y) == g(y)', '', ['f', 'g']],
    [
      'python',
      'self.assertRaises(ValueError, f, 1)',
      'import unittest\nself = unittest.TestCase()',
      ['f'],
    ],
    ['python', 'assert f([str(x) for x in range(3)])', '', ['f', 'str']],
    ['python', 'assert LIMIT in f(1)', '', ['LIMIT', 'f']],
    ['python', 'assert f(1).strip() == helper(2)', 'def helper(x):\n    return f(x)', ['f']],
    ['python', 'r = f(1)\nr.append(2)\nassert r == [1, 2]', '', ['f']],
    ['typescript', 'assert.equal(f(1), 2);', "import assert from 'node:assert/strict';", ['f']],
    ['typescript', 'const r = f(1); assert.equal(r.total, 2);', '', ['f']],
    ['typescript', 'assert.throws(() => f(1), Error);', '', ['f']],
    [
      'typescript',
      'for (const [a, b] of CASES) assert.equal(f(a), b);',
      'const CASES = [[1, 2]];',
      ['f'],
    ],
  ];
  for (const [language, test, support, names] of apart) {
    it(`takes names by calls alone in ${JSON.stringify(test)}`, () => {
      const found = use(language, test, support);
      assert.equal(found.together, null);
      assert.deepEqual([...found.names].sort(), [...names].sort());
    });
  }

  it('takes the parameter of check for the entry point', () => {
    const found = use('python', 'def check(candidate):\n    assert candidate(1) == 2', '', true);
    assert.deepEqual([found.names, found.together], [[], null]);
  });

  const together: readonly (readonly [Language, string, RegExp])[] = [
    ['python', 'assert isinstance(f(1), Stack)', /kind of Stack/],
    ['python', 's = Stack(1)\nassert s.size == 1', /class Stack/],
    ['python', 'f.cache_clear()\nassert f(1)', /more of f than calls/],
    ['python', 'r = f(1)\nassert r.width == 2', /width/],
    ['python', 'try:\n    f(1)\nexcept Bad:\n    pass', /Bad as a class/],
    ['python', 'class Sub(Base):\n    pass\nassert f(1)', /Base as a class/],
    [
      'python',
      'import io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n    f(1)',
      /watches the process/,
    ],
    ['typescript', 'const q = new Queue(); assert.equal(q.size, 0);', /more of Queue than calls/],
    ['typescript', 'assert.ok(f(1) instanceof Queue);', /class/],
    ['typescript', 'assert.equal(LIMIT, 3);', /reads LIMIT/],
  ];
  for (const [language, test, reason] of together) {
    it(`needs the program itself in ${JSON.stringify(test)}`, () => {
      assert.match(use(language, test).together ?? '', reason);
    });
  }

  const unproven: readonly (readonly [Language, string, RegExp])[] = [
    ['python', 'assert f(lambda x: x) == 1', /passes a function/],
    ['python', 'def up(x):\n    return x\nassert f(up) == 1', /passes up/],
    ['python', 'assert f(len) == 1', /passes len/],
    ['python', 'r = f(1)\nassert r(2) == 3', /uses what it got in call/],
    ['python', 'assert f(1)(2) == 3', /uses what it got in call/],
    ['typescript', 'assert.equal(f((x) => x), 1);', /passes a function/],
    ['typescript', 'const q = make(); q.enqueue(1);', /enqueue/],
    ['typescript', 'assert.equal(f(1)(2), 3);', /calls what the program gives/],
  ];
  for (const [language, test, reason] of unproven) {
    it(`leaves it to the reference whether functions can cross in ${JSON.stringify(test)}`, () => {
      const found = use(language, test);
      assert.equal(found.together, null);
      assert.match(found.unproven ?? '', reason);
    });
  }
});
