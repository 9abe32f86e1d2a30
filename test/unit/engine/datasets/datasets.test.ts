import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Pair } from '../../../../src/engine/datasets/pair';
import { trlFiles } from '../../../../src/engine/datasets/formats/trl';
import { splitOf } from '../../../../src/engine/datasets/split';
import { writeDataset } from '../../../../src/engine/datasets/writeDataset';
import { aTask, aVerdict } from '../../../support/builders';
import { temporaryFolder } from '../../../support/temporary';

const task = aTask();
const pair: Pair = {
  task,
  program: 'def double(x):\n    return x * 2\n',
  failing: 'def double(x):\n    return x + 1\n',
  otherFailing: null,
  feedback: 'v1 fails',
  split: 'train',
  evidence: {
    run: 'r',
    verificationRun: 'r/verify',
    solver: 'search-repair@1',
    stop: 'solved',
    candidates: 3,
    verdict: aVerdict('passed'),
    testsHash: 'h',
  },
};

describe('TRL files', () => {
  it('hold the same keys of the same types in every row of a file', () => {
    for (const { file, rows } of trlFiles([pair, { ...pair, otherFailing: 'pass\n' }])) {
      const shapes = rows.map((row) => {
        const parsed = JSON.parse(row) as Record<string, unknown>;
        return JSON.stringify(Object.entries(parsed).map(([key, value]) => [key, typeof value]));
      });
      assert.ok(new Set(shapes).size <= 1, file);
    }
  });

  it('are conversational in every column, with the program as completion', () => {
    const [sft, preference] = trlFiles([pair]);
    const row = JSON.parse(sft?.rows[0] ?? '') as {
      prompt: { role: string }[];
      completion: { role: string; content: string }[];
    };
    assert.deepEqual(
      row.prompt.map(({ role }) => role),
      ['user'],
    );
    assert.equal(row.completion[0]?.content, '```python\ndef double(x):\n    return x * 2\n```');
    const chosen = JSON.parse(preference?.rows[0] ?? '') as { chosen: unknown; rejected: unknown };
    assert.notDeepEqual(chosen.chosen, chosen.rejected);
  });

  it('never hold a hidden test', () => {
    const text = JSON.stringify(trlFiles([pair]));
    for (const { role, source } of task.tests) {
      if (role === 'hidden') assert.ok(!text.includes(source));
    }
  });

  it('fence programs that hold fences', () => {
    const [sft] = trlFiles([{ ...pair, program: 'x = "````"\n' }]);
    assert.match(sft?.rows[0] ?? '', /`````python/);
  });
});

describe('splits', () => {
  it('keep a family on one side', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (family, seed) => {
        assert.equal(splitOf(family, seed), splitOf(family, seed));
      }),
    );
  });

  it('leave about a tenth for validation', () => {
    const families = Array.from({ length: 2000 }, (_, index) => `family ${String(index)}`);
    const validation = families.filter((family) => splitOf(family, 1) === 'validation').length;
    assert.ok(validation > 140 && validation < 260, String(validation));
  });
});

describe('a dataset', () => {
  const folder = temporaryFolder();

  it('comes with a card and a manifest that tell of every file and pair', async () => {
    const { files } = await writeDataset({
      folder: folder.path,
      name: 'Repairs',
      pairs: [pair],
      dropped: { failsHidden: 2 },
      version: '1',
      run: 'r',
    });
    assert.deepEqual(files, [
      'prompt-completion/train.jsonl',
      'preference/train.jsonl',
      'prompt-completion/validation.jsonl',
      'preference/validation.jsonl',
      'manifest.json',
      'README.md',
    ]);
    const card = readFileSync(folder.file('README.md'), 'utf8');
    assert.match(card, /^---\npretty_name: "Repairs"\nlicense: mit\n/);
    assert.match(card, /passed the visible tests and failed hidden ones: 2/);
    assert.match(card, /- \{split: train, path: prompt-completion\/train\.jsonl\}/);
    assert.doesNotMatch(card, /path: prompt-completion\/validation/);
    const manifest = JSON.parse(readFileSync(folder.file('manifest.json'), 'utf8')) as {
      pairs: { task: string }[];
    };
    assert.equal(manifest.pairs[0]?.task, task.hash);
  });
});
