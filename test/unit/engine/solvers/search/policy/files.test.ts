import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { UserError } from '../../../../../../src/engine/domain/errors';
import { loadSyntax } from '../../../../../../src/engine/syntax/parser';
import {
  policyLines,
  strongestWeights,
} from '../../../../../../src/engine/solvers/search/policy/describe';
import {
  untaughtPolicy,
  type EditPolicy,
} from '../../../../../../src/engine/solvers/search/policy/editPolicy';
import {
  readExamples,
  type PolicyExample,
} from '../../../../../../src/engine/solvers/search/policy/example';
import {
  readPolicy,
  writePolicy,
} from '../../../../../../src/engine/solvers/search/policy/policyFile';
import { assetsFolder } from '../../../../../support/assets';
import { comparisonExamples } from '../../../../../support/policyExamples';
import { temporaryFolder } from '../../../../../support/temporary';

const taught: EditPolicy = {
  ...untaughtPolicy,
  name: 'taught',
  generation: 2,
  parent: 'a'.repeat(64),
  weights: { 'operator=comparison': Math.log(3), 'operator=donor': Math.log(0.25) },
  counts: { comparison: { tries: 40, wins: 4 } },
};

describe('files of policies', () => {
  const folder = temporaryFolder();
  it('are written whole, read back as they were, and the same policy gives the same bytes', async () => {
    const file = path.join(folder.path, 'policies', 'one.json');
    await writePolicy(file, taught);
    const bytes = await readFile(file, 'utf8');
    const read = await readPolicy(file);
    assert.deepEqual(read, taught);
    const { weights, ...rest } = read;
    await writePolicy(file, { weights, ...rest });
    assert.equal(await readFile(file, 'utf8'), bytes);
    assert.deepEqual(await readdir(path.dirname(file)), ['one.json']);
  });

  const hostile: readonly (readonly [string, unknown, string, RegExp])[] = [
    ['another kind', { ...taught, kind: 'code-flywheel-goals' }, 'badPolicy', /kind/],
    ['a later version', { ...taught, version: 2 }, 'newerPolicy', /version 2/],
    ['a weight beyond its bound', { ...taught, weights: { hand: 1e9 } }, 'badPolicy', /weights/],
    ['a weight that is no number', { ...taught, weights: { hand: 'a' } }, 'badPolicy', /weights/],
    [
      'more weights than there may be',
      {
        ...taught,
        weights: Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [String(at), 1])),
      },
      'badPolicy',
      /too many weights/,
    ],
    ['a key that nobody knows', { ...taught, run: 'rm -rf' }, 'badPolicy', /run/],
    [
      'other features',
      { ...taught, settings: { ...taught.settings, features: 'edit-features@9' } },
      'otherFeatures',
      /edit-features@9/,
    ],
  ];
  for (const [what, content, code, message] of hostile) {
    it(`are refused with words: ${what}`, async () => {
      const file = folder.file('policy.json');
      await writeFile(file, JSON.stringify(content));
      await assert.rejects(readPolicy(file), (error: UserError) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.ok(error.message.includes(file) && error.mend !== undefined);
        return true;
      });
    });
  }

  it('are refused where they are no JSON, too large, or not there', async () => {
    const file = folder.file('policy.json');
    await writeFile(file, '{"kind": "code-flywheel-policy", "weights": {"hand": NaN}}');
    await assert.rejects(readPolicy(file), { code: 'badPolicy' });
    await writeFile(file, ' '.repeat(9 * 1024 * 1024));
    await assert.rejects(readPolicy(file), { code: 'badPolicy' });
    await assert.rejects(readPolicy(folder.file('none.json')), { code: 'noPolicy' });
    await mkdir(folder.file('folder'));
    await assert.rejects(readPolicy(folder.file('folder')), { code: 'noPolicy' });
  });

  it('are told in words, the strongest weights first', () => {
    assert.deepEqual(
      strongestWeights(taught).map(({ feature }) => feature),
      ['operator=donor', 'operator=comparison'],
    );
    const text = policyLines(taught).join('\n');
    assert.match(text, /operator=donor: 1\/4\.00 as likely/);
    assert.match(text, /operator=comparison: 3\.00 times as likely/);
    assert.match(text, /comparison 4 of 40/);
    assert.match(policyLines(untaughtPolicy).join('\n'), /hand priority/);
  });
});

describe('files of examples', () => {
  const folder = temporaryFolder();
  let examples: readonly PolicyExample[];
  before(async () => {
    examples = await comparisonExamples(await loadSyntax(assetsFolder));
  });

  const fileWith = async (lines: readonly unknown[]): Promise<string> => {
    const file = folder.file('examples.jsonl');
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return file;
  };

  it('are read as they were made, each once', async () => {
    const file = await fileWith([...examples, ...examples]);
    assert.deepEqual(await readExamples(file), examples);
  });

  const poison: readonly (readonly [string, Partial<Record<keyof PolicyExample, unknown>>])[] = [
    ['not verified', { verified: false }],
    ['rewarded beyond 1', { reward: 50 }],
    ['rewarded below 0', { reward: -1 }],
    ['of a program without end', { program: 'x'.repeat(300_000) }],
    ['of no task', { task: 'mine' }],
    ['suspicious beyond 1', { suspicion: [[1, 7]] }],
    ['of another version', { version: 2 }],
    ['of a language that is not ours', { language: 'sql' }],
  ];
  for (const [what, parts] of poison) {
    it(`are refused where one is poisoned: ${what}`, async () => {
      const [first, second] = examples;
      const file = await fileWith([first, { ...second, ...parts }]);
      await assert.rejects(readExamples(file), (error: UserError) => {
        assert.equal(error.code, 'badExample');
        assert.match(error.message, /line 2/);
        return true;
      });
    });
  }

  it('are refused where an example changes nothing', async () => {
    const [first] = examples;
    const file = await fileWith([{ ...first, becomes: first?.program }]);
    await assert.rejects(readExamples(file), { code: 'badExample' });
  });
});
