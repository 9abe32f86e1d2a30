import assert from 'node:assert/strict';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { syntaxProblem } from '../../../../src/engine/syntax/problem';
import { sliceFor } from '../../../../src/engine/syntax/slice';
import { assetsFolder } from '../../../support/assets';
import { typescriptProgram } from './samplePrograms';

const pythonModule = `"""Module words."""
from __future__ import annotations
import math
import re, json
import numpy as np
from .near import other

# How many.
LIMIT = 3  # at most
UNUSED = 4
TABLE = {}
TABLE['a'] = LIMIT


def helper(x):
    return math.floor(x) + TABLE['a']


def wanted(x, limit=LIMIT):
    math_text = helper(x)
    return math_text


def local(re):
    re = 1
    return re


def far():
    return np.zeros(other(1))


if __name__ == '__main__':
    wanted(1)
`;

describe('sliceFor', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  it('keeps what a Python function needs, in order and as written', () => {
    assert.equal(
      sliceFor(syntax, 'python', pythonModule, ['wanted']).source,
      `from __future__ import annotations
import math

# How many.
LIMIT = 3  # at most
TABLE = {}
TABLE['a'] = LIMIT


def helper(x):
    return math.floor(x) + TABLE['a']


def wanted(x, limit=LIMIT):
    math_text = helper(x)
    return math_text
`,
    );
  });

  it('is not misled by local names', () => {
    const { source } = sliceFor(syntax, 'python', pythonModule, ['local']);
    assert.doesNotMatch(source, /import re/);
  });

  it('names the other files and packages that are needed', () => {
    const { otherFiles } = sliceFor(syntax, 'python', pythonModule, ['far']);
    assert.deepEqual(otherFiles, ['numpy', '.near']);
  });

  it('names what is not defined, imports included', () => {
    const { missing } = sliceFor(syntax, 'python', pythonModule, ['wanted', 'other', 'nothing']);
    assert.deepEqual(missing, ['other', 'nothing']);
  });

  it('keeps a global that is the default of a parameter of the same name', () => {
    const source = 'word = 1\n\n\ndef f(word=word):\n    return word\n';
    assert.match(sliceFor(syntax, 'python', source, ['f']).source, /^word = 1/);
  });

  it('keeps types, overloads and comments of TypeScript', () => {
    const { source, otherFiles } = sliceFor(syntax, 'typescript', typescriptProgram, ['over']);
    assert.match(source, /function over\(a: string\): string;\nfunction over\(a: number\)/);
    assert.deepEqual(otherFiles, ['./numbers.js']);
  });

  it('does not count imports of types as other files', () => {
    const source = `import type { A } from './a';\nimport { type B } from './b';\nexport const f = (a: A, b: B) => [a, b];\n`;
    const slice = sliceFor(syntax, 'typescript', source, ['f']);
    assert.deepEqual([slice.source, slice.otherFiles], [source, []]);
  });

  it('counts require as an import', () => {
    const source = `const path = require('node:path');\nfunction f() { return path.sep }\n`;
    assert.deepEqual(sliceFor(syntax, 'javascript', source, ['f']).otherFiles, ['node:path']);
  });

  for (const names of [['mergeSpans'], ['label'], ['Base'], ['over', 'label']]) {
    it(`gives a source that parses for ${names.join(' and ')}`, () => {
      const { source } = sliceFor(syntax, 'typescript', typescriptProgram, names);
      assert.equal(syntaxProblem(syntax, 'typescript', source), null);
    });
  }
});
