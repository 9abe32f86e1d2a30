import assert from 'node:assert/strict';
import { literalOf } from '../../../../../src/engine/judge/differential/literalOf';
import type { NewTest } from '../../../../../src/engine/tasks/testing/newTest';
import { namesIn, withTests } from '../../../../../src/engine/tasks/testing/testFileStyle';

const value: NewTest = { call: 'f(1)', gives: { value: '2' } };
const raising: NewTest = { call: 'f(0)', gives: { raises: 'ValueError' } };

describe('tests added to a file', () => {
  it('are methods of a class of their own where the file has unittest, before its main guard', () => {
    const text = [
      'import unittest',
      'class TestF(unittest.TestCase):',
      '    def test_f_more_1(self):',
      '        pass',
      '',
      "if __name__ == '__main__':",
      '    unittest.main()',
      '',
    ].join('\n');
    const after = withTests(text, 'python', 'f', [value, raising]);
    assert.match(after, /class TestFMore\(unittest\.TestCase\):\n {4}def test_f_more_2\(self\):/);
    assert.match(after, /self\.assertEqual\(f\(1\), 2\)/);
    assert.match(after, /with self\.assertRaises\(ValueError\):\n {12}f\(0\)/);
    assert.ok(after.indexOf('TestFMore') < after.indexOf('__main__'));
    assert.match(withTests(after, 'python', 'f', [value]), /class TestFMore2\(/);
  });

  it('are functions where the file has pytest or nothing', () => {
    const plain = withTests('def test_f():\n    assert f(3)\n', 'python', 'f', [value, raising]);
    assert.match(plain, /\n\n\ndef test_f_more_1\(\):\n {4}assert f\(1\) == 2\n/);
    assert.match(plain, /except ValueError:\n {8}return/);
    const pytest = withTests('import pytest\n', 'python', 'f', [raising]);
    assert.match(pytest, /with pytest\.raises\(ValueError\):/);
  });

  it('are written with the words that a script test file uses', () => {
    const node = "import { test } from 'node:test';\nimport check from 'node:assert/strict';\n";
    const after = withTests(node, 'typescript', 'f', [value, raising]);
    assert.match(
      after,
      /test\('f: more, 1', \(\) => \{\n {2}check\.deepStrictEqual\(f\(1\), 2\);\n\}\);/,
    );
    assert.match(after, /check\.throws\(\(\) => f\(0\), \{ name: 'ValueError' \}\);/);
    assert.match(withTests(after, 'typescript', 'f', [value]), /'f: more, 3'/);
    const jest = "it('a', () => { expect(f(3)).toBe(4); });\n";
    assert.match(
      withTests(jest, 'javascript', 'f', [value]),
      /it\('f: more, 1', \(\) => \{\n {2}expect\(f\(1\)\)\.toEqual\(2\);/,
    );
  });

  it('name dates as the file imports them', () => {
    const names = namesIn('from datetime import date, timedelta\n');
    const day = { $: 'date', v: '2024-02-09' };
    assert.equal(literalOf(day, 'python', names), 'date(2024, 2, 9)');
    assert.equal(literalOf({ $: 'datetime', v: '2024-02-09T01:02:03' }, 'python', names), null);
    assert.equal(
      literalOf(day, 'python', namesIn('import datetime\n')),
      'datetime.date(2024, 2, 9)',
    );
    assert.equal(literalOf(day, 'python', namesIn('')), null);
  });
});

describe('literals', () => {
  for (const [given, language, expected] of [
    [[1, 'a"\n', null, true], 'python', '[1, "a\\"\\n", None, True]'],
    [{ $: 'tuple', v: [1] }, 'python', '(1,)'],
    [{ $: 'set', v: [] }, 'python', 'set()'],
    [{ $: 'dict', v: [['a', { $: 'float', v: 2 }]] }, 'python', '{"a": 2.0}'],
    [{ $: 'float', v: 'inf' }, 'python', 'float("inf")'],
    [{ $: 'function', v: 1 }, 'python', null],
    [["it's", 'a'], 'javascript', "[\"it's\", 'a']"],
    [
      {
        $: 'object',
        v: [
          ['a-b', 1],
          ['c', { $: 'undefined' }],
        ],
      },
      'javascript',
      "{ 'a-b': 1, c: undefined }",
    ],
    [{ $: 'Map', v: [['a', 1]] }, 'typescript', "new Map([['a', 1]])"],
    [{ $: 'bigint', v: '7' }, 'javascript', '7n'],
    [{ $: 'instance', name: 'A', v: [] }, 'javascript', null],
  ] as const) {
    it(`${JSON.stringify(given)} is ${String(expected)}`, () => {
      assert.equal(literalOf(given, language), expected);
    });
  }
});
