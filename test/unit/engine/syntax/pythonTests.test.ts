import assert from 'node:assert/strict';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { readTestFile } from '../../../../src/engine/syntax/testFile';
import { assetsFolder } from '../../../support/assets';

const file = `"""Tests."""
from __future__ import annotations
import json
import unittest

import pytest
from kit.text import slugify, wrap as fold

CASES = {'a b': 'a-b'}
MADE = slugify('x y')


def twice(x):
    return slugify(slugify(x))


class TestSlugify(unittest.TestCase):
    def test_joins(self):
        """Words."""
        for text, slug in CASES.items():
            self.assertEqual(slugify(text), slug)

    def test_text(self):
        text = """one
        two"""
        self.assertIn('two', text)

    def check(self):
        pass

    def test_own(self):
        self.check()

    @unittest.skip('later')
    def test_later(self):
        pass

    def test_folds(self):
        self.assertTrue(fold('a'))

    def test_made(self):
        self.assertEqual(MADE, 'x-y')

    def test_returns(self):
        if not CASES:
            return
        self.fail()


class TestStored(unittest.TestCase):
    def setUp(self):
        self.x = 1

    def test_x(self):
        self.assertEqual(self.x, 1)


def test_plain():
    """Words."""
    assert twice('a b') == json.loads('"a-b"')


def test_raises():
    with pytest.raises(ValueError):
        slugify(None)


def test_fixture(tmp_path):
    assert tmp_path


@pytest.mark.parametrize('x', [1])
def test_table(x):
    assert x


if __name__ == '__main__':
    unittest.main()
`;

describe('readTestFile of Python', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const read = () => readTestFile(syntax, 'python', file);

  it('finds methods of test cases and plain functions', () => {
    const names = read().tests.map((test) => test.name);
    assert.deepEqual(names, ['TestSlugify.test_joins', 'TestSlugify.test_text', 'test_plain']);
  });

  it('gives the dedented body without the docstring', () => {
    assert.equal(
      read().tests[0]?.source,
      'for text, slug in CASES.items():\n    self.assertEqual(slugify(text), slug)',
    );
  });

  it('keeps the indentation inside strings', () => {
    assert.match(read().tests[1]?.source ?? '', /one\n {8}two"""/);
  });

  it('tells what a test mentions, without attributes', () => {
    assert.deepEqual(read().tests[0]?.mentions, ['text', 'slug', 'CASES', 'self', 'slugify']);
  });

  it('gives the imports of the code under test', () => {
    assert.deepEqual(read().imports, [{ module: 'kit.text', names: ['slugify', 'wrap'] }]);
  });

  it('keeps what tests may use as support', () => {
    assert.equal(
      read().support,
      `from __future__ import annotations
import unittest
import json
CASES = {'a b': 'a-b'}

def twice(x):
    return slugify(slugify(x))
self = unittest.TestCase()
`,
    );
  });

  it('says why a test is skipped', () => {
    const reasons = read().skipped.map(({ name, reason }) => `${name}: ${reason}`);
    assert.deepEqual(reasons, [
      'TestSlugify.test_own: uses self.check',
      'TestSlugify.test_later: has a decorator',
      'TestSlugify.test_folds: renamed import',
      'TestSlugify.test_made: uses MADE, which cannot be loaded on its own',
      'TestSlugify.test_returns: contains return outside a function',
      'TestStored.test_x: its class has setUp',
      'test_raises: uses pytest',
      'test_fixture: has parameters',
      'test_table: has a decorator',
    ]);
  });

  it('gives the line of a test', () => {
    const { tests } = read();
    assert.equal(file.split('\n')[(tests[0]?.line ?? 0) - 1], '    def test_joins(self):');
  });

  it('needs no unittest for plain functions', () => {
    const { support } = readTestFile(syntax, 'python', 'def test_a():\n    assert 1\n');
    assert.equal(support, '');
  });
});
