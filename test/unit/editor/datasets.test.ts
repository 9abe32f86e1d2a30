import assert from 'node:assert/strict';
import { datasetFormats } from '../../../src/editor/datasetFormats';
import { rowsAsMarkdown } from '../../../src/editor/rowPreview';
import {
  datasetTarget,
  partsOf,
  reasonsOf,
  refusedCount,
} from '../../../src/editor/views/datasetNodes';
import { formats } from '../../../src/engine/datasets/formats/formats';
import type { DatasetSummary } from '../../../src/engine/flywheel/workbench';

const dataset: DatasetSummary = {
  ...{ folder: '/w/datasets/d', name: 'D', version: '1.1.0', parent: '1.0.0', format: 'trl' },
  ...{ runs: ['r'], writtenAt: 0, pairs: 3, bySplit: { train: 3, validation: 0, test: 0 } },
  dropped: { secret: 1, notSolved: 4, flaky: 0, email: 1 },
  files: [{ file: 'prompt-completion/train.jsonl', rows: 3 }],
};

describe('datasets in the editor', () => {
  it('are offered in every format of the engine, the usual one first', () => {
    assert.deepEqual(
      [...datasetFormats],
      formats.map(({ name }) => name),
    );
  });

  it('have their card, their files, and what was refused by reason, most first', () => {
    assert.deepEqual(
      partsOf(dataset).map(({ kind }) => kind),
      ['card', 'file', 'refused'],
    );
    assert.equal(refusedCount(dataset), 6);
    assert.deepEqual(
      reasonsOf(dataset).map((node) => node.kind === 'reason' && [node.reason, node.count]),
      [
        ['notSolved', 4],
        ['email', 1],
        ['secret', 1],
      ],
    );
    assert.deepEqual(
      partsOf({ ...dataset, dropped: {} }).map(({ kind }) => kind),
      ['card', 'file'],
    );
  });

  it('are meant by a node, and by nothing else that a command may be given', () => {
    const [, file] = partsOf(dataset);
    assert.deepEqual(datasetTarget(file), {
      folder: dataset.folder,
      file: 'prompt-completion/train.jsonl',
    });
    for (const other of [undefined, null, 'x', { folder: 1 }])
      assert.deepEqual(datasetTarget(other), {});
  });
});

describe('rows as Markdown', () => {
  const row = {
    prompt: [{ role: 'user', content: 'Mend\n```python\nx\n```' }],
    conversations: [{ from: 'gpt', value: 'one' }],
    messages: [{ role: 'assistant', content: 'y', train: true }],
    chosen: { role: 'assistant', content: 'z' },
    label: false,
    weight: 12.5,
    reward_model: { style: 'rule' },
    support: '',
  };
  const text = rowsAsMarkdown([JSON.stringify(row)]);

  it('show conversations turn by turn, with fences longer than those inside', () => {
    assert.match(text, /\*\*prompt · user\*\*\n\n````\nMend\n```python\nx\n```\n````/);
    assert.match(text, /\*\*conversations · gpt\*\*\n\n```\none\n```/);
    assert.match(text, /\*\*messages · assistant · train: true\*\*\n\n```\ny\n```/);
    assert.match(text, /\*\*chosen · assistant\*\*\n\n```\nz\n```/);
  });

  it('show the rest by name, false and empty values too', () => {
    assert.match(text, /\*\*label\*\*: `false`/);
    assert.match(text, /\*\*weight\*\*: `12.5`/);
    assert.match(text, /\*\*reward_model\.style\*\*: `rule`/);
    assert.match(text, /\*\*support\*\*: –/);
  });

  it('let nothing out of its fence, and show a row that was cut as it is', () => {
    const evil = rowsAsMarkdown([JSON.stringify({ a: 'x`\u001b[31m[click](command:evil)' })]);
    assert.match(evil, /\*\*a\*\*: ``x`.*\[click\]\(command:evil\)``/);
    assert.ok(!evil.includes('\u001b'));
    assert.match(rowsAsMarkdown(['{"a": "b …']), /```\n\{"a": "b …\n```/);
  });
});
