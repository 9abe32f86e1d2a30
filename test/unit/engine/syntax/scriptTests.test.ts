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
    assert.equal(
      read().support,
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
      'split > uses inner: uses inner of the group around it',
      'stored > is set up: its group has beforeEach',
      'renamed: renamed import',
      'context: takes a parameter',
      'expects: uses expect',
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

  it('skips a test that uses this', () => {
    const source = "it('b', function () { this.timeout(9); });\n";
    assert.equal(readTestFile(syntax, 'javascript', source).skipped[0]?.reason, 'uses this');
  });

  it('skips all tests of a file that sets something up', () => {
    const source = "import { a } from './a';\nbeforeEach(() => {});\nit('b', () => { a(); });\n";
    assert.equal(
      readTestFile(syntax, 'javascript', source).skipped[0]?.reason,
      'the file has beforeEach',
    );
  });
});
