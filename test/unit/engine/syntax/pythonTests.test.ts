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
    assert.deepEqual(names, [
      'TestSlugify.test_joins',
      'TestSlugify.test_text',
      'TestSlugify.test_own',
      'TestSlugify.test_returns',
      'TestStored.test_x',
      'test_plain',
      'test_raises',
      'test_table[1]',
    ]);
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
    const { supportFor, tests } = read();
    assert.equal(
      supportFor(tests.filter(({ name }) => !/raises/.test(name))),
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
      'TestSlugify.test_later: has a decorator',
      'TestSlugify.test_folds: renamed import',
      'TestSlugify.test_made: uses MADE, which cannot be loaded on its own',
      'test_fixture: uses the fixture tmp_path',
    ]);
  });

  it('gives the line of a test', () => {
    const { tests } = read();
    assert.equal(file.split('\n')[(tests[0]?.line ?? 0) - 1], '    def test_joins(self):');
  });

  const sourceOf = (name: string, text = file): string =>
    readTestFile(syntax, 'python', text).tests.find((test) => test.name === name)?.source ?? '';

  it('cuts a method out with its class where it needs it', () => {
    const source = `import unittest
from kit import slugify


class TestStored(unittest.TestCase):
    """Words."""

    size = 2

    def setUp(self):
        self.x = slugify('a')

    def test_other(self):
        self.fail()

    def test_x(self):
        self.assertEqual(self.x, self.twice('a'))

    def twice(self, text):
        return slugify(text)
`;
    assert.equal(
      sourceOf('TestStored.test_x', source),
      `class TestStored(unittest.TestCase):
    size = 2

    def setUp(self):
        self.x = slugify('a')

    def test_x(self):
        self.assertEqual(self.x, self.twice('a'))

    def twice(self, text):
        return slugify(text)


TestStored('test_x').debug()
del TestStored`,
    );
  });

  const tables = `import pytest
from pytest import raises, mark

from kit import slugify

CASES = [('A', 'a'), pytest.param('B', 'b', id='bee')]
COMPUTED = list(zip('AB', 'ab'))


@pytest.fixture
def word():
    return 'A B'


@pytest.fixture(name='slug')
def make_slug(word):
    yield slugify(word)


@pytest.fixture
def stored(tmp_path):
    return tmp_path


@pytest.mark.parametrize('text, slug', CASES)
def test_named(text, slug):
    assert slugify(text) == slug


@mark.parametrize('end', ['', '!'])
@mark.parametrize(('text', 'slug'), [('A', 'a'), pytest.param('X', 'y', marks=mark.xfail)])
def test_crossed(text, slug, end):
    if not text:
        return
    assert slugify(text + end) == slug


@mark.parametrize('text, slug', COMPUTED)
def test_computed(text, slug):
    assert slugify(text) == slug


def test_given(slug):
    assert slug == 'a-b'


def test_stored(stored):
    assert slugify(stored)


def test_refuses():
    with raises(TypeError):
        slugify(None)


def test_warns():
    with pytest.warns(UserWarning):
        slugify('')


async def test_waits():
    assert await slugify('')
`;

  it('makes a test of each row of a table', () => {
    assert.equal(
      sourceOf('test_named[A-a]', tables),
      "text = 'A'\nslug = 'a'\nassert slugify(text) == slug",
    );
    assert.match(sourceOf('test_named[bee]', tables), /^text = 'B'/);
    const { tests } = readTestFile(syntax, 'python', tables);
    const crossed = tests.filter(({ name }) => name.startsWith('test_crossed'));
    assert.deepEqual(
      crossed.map(({ name }) => name),
      ['test_crossed[A-a-]', 'test_crossed[A-a-!]'],
    );
    assert.match(
      crossed[1]?.source ?? '',
      /end = '!'\ndef test_crossed[^]*\n\ntest_crossed\(text, slug, end\)$/,
    );
  });

  it('calls fixtures before the tests that take them, in the order of their need', () => {
    assert.equal(
      sourceOf('test_given', tables),
      "word = word()\n_slug = make_slug(word)\nslug = next(_slug)\nassert slug == 'a-b'",
    );
  });

  it('reaches what fixtures and helpers mention', () => {
    const { tests } = readTestFile(syntax, 'python', tables);
    const given = tests.find(({ name }) => name === 'test_given');
    assert.ok(given?.mentions.includes('slugify'));
  });

  it('runs what is async, and says why a test of pytest is skipped', () => {
    assert.match(sourceOf('test_waits', tables), /import asyncio\nasyncio\.run\(test_waits\(\)\)$/);
    const { skipped } = readTestFile(syntax, 'python', tables);
    assert.deepEqual(
      skipped.map(({ name, reason }) => `${name}: ${reason}`),
      [
        'test_computed: has a table that is computed',
        'test_stored: uses the fixture tmp_path',
        'test_warns: uses pytest.warns',
      ],
    );
  });

  it('gives a stand-in for the members of pytest that are used, and no others', () => {
    const { supportFor, tests } = readTestFile(syntax, 'python', tables);
    const refuses = tests.filter(({ name }) => name === 'test_refuses');
    assert.match(
      supportFor(refuses),
      /class pytest:\n {4}class raises:[^]*\nraises = pytest\.raises\n$/,
    );
    assert.doesNotMatch(supportFor(refuses), /approx|CASES/);
    assert.doesNotMatch(supportFor(tests.slice(0, 1)), /class pytest/);
  });

  it('needs no unittest for plain functions', () => {
    const { support } = readTestFile(syntax, 'python', 'def test_a():\n    assert 1\n');
    assert.equal(support, '');
  });
});
