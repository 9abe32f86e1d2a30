import assert from 'node:assert/strict';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { readTestFile } from '../../../../src/engine/syntax/testFile';
import { assetsFolder } from '../../../support/assets';

const file = `import { test, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join as joined, split } from '../src/text.ts';
import type { Word } from '../src/words.ts';

const WORDS: Word[] = ['a', 'b'];
const MADE = split('a b');
export function same(a: string) {
  return split(a);
}

test('splits words', () => {
  assert.deepEqual(same('a b'), WORDS);
});

test('waits', async () => {
  await Promise.resolve();
  assert.ok(split(''));
});

test('in one line', () => assert.ok(split('a')));
test('rejects', () => assert.rejects(async () => split(null)));

describe('split', () => {
  const inner = 1;
  describe('deep', () => {
    it('keeps "order"', () => {
      assert.equal(split(\`a
  b\`).length, 2);
    });
  });
  it('uses inner', () => {
    assert.equal(inner, 1);
  });
});

describe('stored', () => {
  beforeEach(() => {});
  it('is set up', () => {
    assert.ok(1);
  });
});

test('renamed', () => {
  assert.ok(joined);
});
test('context', (t) => {
  assert.ok(t);
});
test('expects', () => {
  expect(1).toBe(1);
});
test('made', () => {
  assert.ok(MADE);
});
test('reads', () => {
  assert.ok(readFileSync('x'));
});
test.skip('skipped', () => {});
test.todo('to do');
`;

describe('readTestFile of TypeScript', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const read = () => readTestFile(syntax, 'typescript', file);

  it('finds tests at the top and in groups', () => {
    const names = read().tests.map((test) => test.name);
    assert.deepEqual(names, [
      'splits words',
      'waits',
      'in one line',
      'rejects',
      'split > deep > keeps "order"',
      'split > uses inner',
      'stored > is set up',
      'expects',
    ]);
  });

  for (const [index, source] of [
    [0, "assert.deepEqual(same('a b'), WORDS);"],
    [1, "await Promise.resolve();\nassert.ok(split(''));"],
    [2, "assert.ok(split('a'));"],
    [3, 'await assert.rejects(async () => split(null));'],
    [4, 'assert.equal(split(`a\n  b`).length, 2);'],
  ] as const) {
    it(`gives a body that stands on its own: ${JSON.stringify(source)}`, () => {
      assert.equal(read().tests[index]?.source, source);
    });
  }

  it('gives the imports of the code under test as named there', () => {
    assert.deepEqual(read().imports, [{ module: '../src/text.ts', names: ['join', 'split'] }]);
  });

  it('keeps what tests may use as support', () => {
    const { supportFor, tests } = read();
    assert.equal(
      supportFor(tests.filter(({ name }) => name !== 'expects')),
      `import assert from 'node:assert/strict';
const WORDS: Word[] = ['a', 'b'];

function same(a: string) {
  return split(a);
}
`,
    );
  });

  it('says why a test is skipped', () => {
    const reasons = read().skipped.map(({ name, reason }) => `${name}: ${reason}`);
    assert.deepEqual(reasons, [
      'renamed: renamed import',
      'context: takes a parameter',
      'made: uses MADE, which cannot be loaded on its own',
      'reads: uses the module node:fs',
      'skipped: is marked skip',
      'to do: is marked todo',
    ]);
  });

  it('understands require', () => {
    const source = `const test = require('node:test');
const assert = require('node:assert');
const { split } = require('../src/text');
test('a', () => { assert.ok(split('a')); });
`;
    const found = readTestFile(syntax, 'javascript', source);
    assert.deepEqual(
      [found.imports, found.support, found.tests.length],
      [
        [{ module: '../src/text', names: ['split'] }],
        "const assert = require('node:assert');\n",
        1,
      ],
    );
  });

  it('skips a test that uses this, and passes over how long it may take', () => {
    const source = `import { a } from './a';
it('b', function () { this.timeout(9); expect(a()).toBe(1); });
it('c', function () { expect(a(this)).toBe(1); });
`;
    const { tests, skipped } = readTestFile(syntax, 'javascript', source);
    assert.deepEqual([tests[0]?.source, skipped[0]?.reason], ['expect(a()).toBe(1);', 'uses this']);
  });

  const grouped = `import { describe, it, expect, beforeEach, test, vi } from 'vitest';
import { add, make } from '../src/add';

const ROWS = [[1, 2, 3], [2, 2, 4]];

beforeEach(() => { reset(); });

describe('add', () => {
  const one = 1;
  const unused = other();
  let made;
  beforeEach(async () => {
    made = await make(one);
  });

  it('uses what is made', () => {
    const one = 2;
    expect(add(made, one)).toBe(3);
  });

  it.each(ROWS)('%i + %i', (a: number, b: number, sum) => {
    expect(add(a, b)).toEqual(sum);
  });

  for (const [a, sum] of [[1, 2], [5, 6]] as const) {
    test('adds one to ' + a, () => {
      expect(add(a, one)).toBe(sum);
    });
  }

  it('waits', (done) => {
    make(1, () => done());
  });

  it('mocks', () => {
    expect(add(vi.fn(), 1)).toBe(1);
  });

  it('snaps', () => {
    expect(add(1, 1)).toMatchInlineSnapshot('2');
  });
});

function reset() {}
`;
  const sourceOf = (name: string, text = grouped): string =>
    readTestFile(syntax, 'typescript', text).tests.find((one) => one.name === name)?.source ?? '';

  it('brings along what groups declare and do before each test', () => {
    assert.equal(
      sourceOf('add > uses what is made'),
      `{
reset();
}
const one = 1;
let made;
{
made = await make(one);
}
{
const one = 2;
expect(add(made, one)).toBe(3);
}`,
    );
  });

  it('makes a test of each row of a table or of a loop', () => {
    const { tests } = readTestFile(syntax, 'typescript', grouped);
    const names = tests.map(({ name }) => name);
    assert.deepEqual(names, [
      'add > uses what is made',
      'add > %i + %i (1)',
      'add > %i + %i (2)',
      "add > 'adds one to ' + a (1)",
      "add > 'adds one to ' + a (2)",
      'add > waits',
    ]);
    assert.match(sourceOf('add > %i + %i (2)'), /const \[a, b, sum\] = \[2, 2, 4\];/);
    assert.match(sourceOf("add > 'adds one to ' + a (2)"), /const \[\[a, sum\]\] = \[\[5, 6\]\];/);
  });

  it('waits for a test that calls back', () => {
    assert.match(
      sourceOf('add > waits'),
      /^[^]*await new Promise\(\(resolve, reject\) => \{\nconst done/,
    );
  });

  it('says what of a framework it has no stand-in for', () => {
    const { skipped } = readTestFile(syntax, 'typescript', grouped);
    assert.deepEqual(
      skipped.map(({ name, reason }) => `${name}: ${reason}`),
      ['add > mocks: uses vi', 'add > snaps: uses toMatchInlineSnapshot of expect'],
    );
  });

  it('reads subtests of node:test and chains of chai', () => {
    const source = `import { test } from 'node:test';
import { expect } from 'chai';
import { split } from '../src/text';
test('outer', async (t) => {
  const words = split('a b');
  await t.test('inner', () => {
    expect(words).to.deep.equal(['a', 'b']);
  });
});
`;
    const { tests, support } = readTestFile(syntax, 'typescript', source);
    assert.equal(tests[0]?.name, 'outer > inner');
    assert.match(tests[0]?.source ?? '', /^const words = split\('a b'\);\n\{/);
    assert.match(support, /lengthOf/);
  });
});
