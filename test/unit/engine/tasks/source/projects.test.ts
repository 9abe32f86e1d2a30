import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadSyntax, type Syntax } from '../../../../../src/engine/syntax/parser';
import { removeBody } from '../../../../../src/engine/tasks/makers/bodyRemoval';
import { mutateInputs } from '../../../../../src/engine/tasks/makers/mutatedInputs';
import { makeTasks } from '../../../../../src/engine/tasks/makeTasks';
import { findSources } from '../../../../../src/engine/tasks/source/findSources';
import { testedFunctions } from '../../../../../src/engine/tasks/source/testedFunctions';
import { assetsFolder } from '../../../../support/assets';
import { aMachineJudge } from '../../../../support/machineJudge';
import { makingWith } from '../../../../support/making';
import { temporaryFolder } from '../../../../support/temporary';

const pytestProject: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "shop"\n',
  'src/shop/__init__.py': 'from .cart import Cart, total\nfrom .text import slugify as slug\n',
  'src/shop/constants.py': 'VAT = 0.2\nUNUSED = 1\n',
  'src/shop/text.py': `import re

_WORD = re.compile(r"[^a-z0-9]+")


def _clean(text):
    return _WORD.sub("-", text.lower()).strip("-")


def slugify(text, separator="-"):
    """Lower-case words joined by a separator.

    >>> slugify('A b')
    'a-b'
    """
    if not isinstance(text, str):
        raise TypeError("text must be a string")
    return _clean(text).replace("-", separator)


def initials(name, limit=3):
    """First letters of the words of a name.

    >>> initials('ada lovelace')
    'AL'
    >>> initials('a b c d', 2)
    'AB'
    """
    letters = [word[0].upper() for word in name.split()]
    return ''.join(letters[:limit])
`,
  'src/shop/cart.py': `from . import constants


class EmptyCart(ValueError):
    pass


class Cart:
    def __init__(self):
        self.prices = []


def total(cart, discount=0.0):
    """Price with VAT, less the discount."""
    if not cart.prices:
        raise EmptyCart("empty")
    return round(sum(cart.prices) * (1 + constants.VAT) * (1 - discount), 2)
`,
  'tests/conftest.py':
    'import pytest\nfrom shop import Cart\n\nNEVER = 1\n\n@pytest.fixture\ndef cart():\n    made = Cart()\n    made.prices += [3.0, 10.0]\n    yield made\n',
  'tests/test_text.py': `import pytest
from shop import slug, text


@pytest.mark.parametrize("given, expected", [("Hello World", "hello-world"), ("  A  B ", "a-b"), ("", "")])
def test_slug(given, expected):
    assert slug(given) == expected


def test_separator():
    assert text.slugify("a b c", separator="_") == "a_b_c"


def test_refuses():
    with pytest.raises(TypeError, match="must be"):
        slug(3)
`,
  'tests/test_cart.py': `import unittest
import pytest
import shop.cart
from shop.cart import EmptyCart, total


def test_total(cart):
    assert total(cart) == pytest.approx(15.6)


@pytest.mark.parametrize("discount, price", [(0.5, 7.8), (1, 0)])
def test_discount(cart, discount, price):
    assert total(cart, discount) == pytest.approx(price)


class Empty(unittest.TestCase):
    def setUp(self):
        self.cart = shop.cart.Cart()

    def test_empty(self):
        with self.assertRaises(EmptyCart):
            total(self.cart)
`,
};

const vitestProject: Readonly<Record<string, string>> = {
  'package.json': '{"name": "shop", "type": "module"}',
  'src/index.ts':
    "export { slugify, truncate as cut } from './text';\nexport { default as chunk } from './chunk';\n",
  'src/constants.ts': 'export const MAX_LENGTH = 20;\n',
  'src/text.ts': `import { MAX_LENGTH } from './constants';

/** Lower-case words joined by a separator. */
export function slugify(text: string, separator = '-'): string {
  if (typeof text !== 'string') throw new TypeError('text must be a string');
  return text.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join(separator);
}

/** The text, cut to at most so many characters. */
export const truncate = (text: string, length: number = MAX_LENGTH, suffix = '...'): string => {
  if (text.length <= length) return text;
  return text.slice(0, length - suffix.length).trimEnd() + suffix;
};
`,
  'src/chunk.ts': `/** Pieces of a list. */
export default function chunk<T>(list: readonly T[], size: number): T[][] {
  if (size < 1) throw new RangeError('size must be positive');
  const pieces: T[][] = [];
  for (let at = 0; at < list.length; at += size) pieces.push(list.slice(at, at + size));
  return pieces;
}
`,
  'test/text.test.ts': `import { describe, expect, it, test } from 'vitest';
import { chunk, cut, slugify } from '../src/index.js';

describe('slugify', () => {
  it.each([['Hello World', 'hello-world'], ['  A  B ', 'a-b'], ['', '']])('%s', (given: string, expected) => {
    expect(slugify(given)).toBe(expected);
  });
  it('refuses numbers', () => {
    expect(() => slugify(3 as never)).toThrow(TypeError);
  });
});

describe('truncate', () => {
  let text: string;
  beforeEach(() => {
    text = 'a long sentence';
  });
  test.each([{ length: 10, expected: 'a long...' }, { length: 40, expected: 'a long sentence' }])(
    'cuts to $length',
    ({ length, expected }) => {
      expect(cut(text, length)).toEqual(expected);
    },
  );
  it('has a default', () => {
    expect(cut('x'.repeat(100))).toHaveLength(20);
  });
});

for (const [list, size, expected] of [[[1, 2, 3], 2, [[1, 2], [3]]], [[], 2, []]] as const) {
  it(\`chunk \${size}\`, () => {
    expect(chunk(list as number[], size)).toStrictEqual(expected);
  });
}
it('chunk refuses 0', () => {
  expect(() => chunk([1], 0)).toThrowError(/positive/);
});
`,
};

describe('projects as people write them', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let syntax: Syntax;
  let machine: Awaited<ReturnType<typeof aMachineJudge>>;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
    machine = await aMachineJudge();
  });
  after(() => machine.close());

  const projectOf = (files: Readonly<Record<string, string>>): string => {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder.path, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return folder.path;
  };
  const found = async (files: Readonly<Record<string, string>>) =>
    testedFunctions(syntax, await findSources(projectOf(files))).functions;

  it('pytest: tests reach functions through packages, renamed imports, modules and fixtures', async () => {
    const functions = await found(pytestProject);
    assert.deepEqual(functions.map(({ name, tests }) => [name, tests.length]).sort(), [
      ['slugify', 5],
      ['total', 4],
    ]);
    const total = functions.find(({ name }) => name === 'total');
    // What other files give stands in the one program, and what is not needed does not.
    assert.match(
      total?.program ?? '',
      /^VAT = 0\.2\n[^]*constants = types\.SimpleNamespace\(VAT=VAT\)/,
    );
    assert.doesNotMatch(total?.program ?? '', /UNUSED|^from \./m);
    assert.doesNotMatch(total?.support ?? '', /NEVER/);
    const sources = functions.flatMap(({ tests }) => tests.map(({ source }) => source)).join('\n');
    assert.doesNotMatch(sources, /\bslug\(|text\.slugify|shop\.cart/);
  });

  it('vitest: tests reach functions through index files, renamed and default exports', async () => {
    const functions = await found(vitestProject);
    assert.deepEqual(functions.map(({ name, tests }) => [name, tests.length]).sort(), [
      ['chunk', 3],
      ['slugify', 4],
      ['truncate', 3],
    ]);
    const truncate = functions.find(({ name }) => name === 'truncate');
    // New tests are written into that file, where it has another name.
    assert.equal(truncate?.writtenAs, 'cut');
    assert.match(truncate?.program ?? '', /^export const MAX_LENGTH = 20;/);
  });

  for (const [name, files, wanted] of [
    ['pytest', pytestProject, ['slugify', 'total']],
    ['vitest', vitestProject, ['chunk', 'slugify', 'truncate']],
  ] as const) {
    it(`${name}: functions pass their tests in the sandbox, and fail them without a body`, async () => {
      const { tasks, rejected } = await makeTasks({
        ...makingWith(machine.judge),
        syntax,
        from: projectOf(files),
        makers: [removeBody],
      });
      assert.deepEqual(
        tasks.map(({ entryPoint }) => entryPoint).sort(),
        wanted,
        JSON.stringify(rejected),
      );
    });
  }

  it('a function that no test names is found by the coverage of tests that run it', async () => {
    const { functions, notes } = await makeTasks({
      ...makingWith(machine.judge),
      syntax,
      from: projectOf(pytestProject),
      makers: [() => Promise.resolve({ tasks: [], refused: [], notes: [] })],
    });
    assert.equal(functions, 3, notes.join());
  });

  it('mutated inputs: examples of a documentation become tests that the function itself decides', async () => {
    const { tasks } = await makeTasks({
      ...makingWith(machine.judge),
      syntax,
      from: projectOf(pytestProject),
      makers: [],
      untestedMakers: [mutateInputs],
    });
    const [task] = tasks;
    assert.equal(task?.entryPoint, 'initials');
    assert.equal(task.source.maker, 'mutated-inputs@1');
    const shown = task.tests.filter(({ id }) => id.startsWith('example-'));
    assert.deepEqual(
      shown.map(({ role }) => role),
      ['visible', 'visible'],
    );
    assert.ok(task.tests.some(({ role }) => role === 'hidden'));
    const { status } = await machine.judge.judge(
      {
        language: 'python',
        source: task.reference ?? '',
        entryPoint: 'initials',
        reference: task.reference ?? '',
      },
      task.tests,
      task.limits,
      new AbortController().signal,
    );
    assert.equal(status, 'passed');
  });
});
