import assert from 'node:assert/strict';
import type { Language } from '../../../../src/engine/domain/task';
import { outsideUses } from '../../../../src/engine/syntax/outsideWorld';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';

describe('what a program asks of the world outside', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const found = (language: Language, source: string): string[] =>
    outsideUses(syntax, language, source).map(({ of, name }) => `${of} ${name}`);

  for (const [source, expected] of [
    ['import time as t\nx = t.time()', 'time time.time'],
    ['from datetime import date\nx = date.today()', 'time datetime.date.today'],
    ['import datetime\nx = datetime.datetime.now()', 'time datetime.datetime.now'],
    ['import random\nx = random.choice([1, 2])', 'randomness random.choice'],
    ['from random import Random\nx = Random()', 'randomness random.Random'],
    ['from uuid import uuid4\nx = uuid4()', 'randomness uuid.uuid4'],
    ['x = open("a")', 'files open'],
    ['from pathlib import Path\nx = Path("a").read_text()', 'files read_text'],
    ['import os\nx = os.environ["A"]', 'environment os.environ'],
    ['import urllib.request\nx = urllib.request.urlopen("u")', 'network urllib.request.urlopen'],
  ] as const) {
    it(`Python: ${expected}`, () => assert.deepEqual(found('python', source), [expected]));
  }

  for (const source of [
    'import random\nrandom.seed(3)\nx = random.choice([1, 2])',
    'from random import Random\nx = Random(3).choice([1, 2])',
    'from datetime import date\nx = date(2020, 1, 1)',
    'import os\nx = os.path.join("a", "b")',
    'def open(x):\n    return x\ny = open(1)',
    'def f(time):\n    return time.total',
  ]) {
    it(`Python: nothing in ${JSON.stringify(source)}`, () =>
      assert.deepEqual(found('python', source), []));
  }

  for (const [source, expected] of [
    ['const x = Date.now();', 'time Date.now'],
    ['const x = new Date();', 'time new Date()'],
    ['const x = Math.random();', 'randomness Math.random'],
    ["const x = require('node:fs').readFileSync('a');", 'files node:fs'],
    ["import { get } from 'node:http';", 'network node:http'],
    ['const x = process.env.HOME;', 'environment process.env'],
  ] as const) {
    it(`JavaScript: ${expected}`, () => assert.deepEqual(found('javascript', source), [expected]));
  }

  it('JavaScript: nothing in a date of given parts', () => {
    assert.deepEqual(found('typescript', 'const x: Date = new Date(2020, 1, 1);'), []);
  });
});
