import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { huggingFace } from '../../../../src/engine/datasets/formats/huggingFace';
import type { DatasetFormat } from '../../../../src/engine/datasets/formats/format';
import { trl } from '../../../../src/engine/datasets/formats/trl';
import type { Refusal, SplitRecord } from '../../../../src/engine/datasets/pair';
import { rowKinds } from '../../../../src/engine/datasets/row';
import { RowSource } from '../../../../src/engine/datasets/rowSource';
import { usualRows } from '../../../../src/engine/datasets/rows';
import { writeDataset } from '../../../../src/engine/datasets/writeDataset';
import { compareDatasets, listDatasets } from '../../../../src/engine/flywheel/datasetLibrary';
import { datasetRefused, datasetRows } from '../../../../src/engine/flywheel/datasetRows';
import { aTask } from '../../../support/builders';
import { aRecord, inSplit } from '../../../support/records';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;

describe('datasets that were written', () => {
  const folder = temporaryFolder();
  const journalFile = (): string => folder.file('.flywheel/journal.db');
  const place = (name: string): string => folder.file(`datasets/${name}`);
  const refused = ['notSolved', 'secret', 'notSolved'].map((reason, at): Refusal => ({
    reason: reason as Refusal['reason'],
    ...{ run: 'r', task: `t${String(at)}`, sample: 0, detail: `detail ${String(at)}` },
  }));

  const write = async (name: string, records: readonly SplitRecord[], format: DatasetFormat) => {
    const settings = { ...usualRows, kinds: rowKinds };
    const source = await RowSource.of(records, settings, {
      ...{ countTokens: (text) => text.length, signal: never, told: () => undefined },
    });
    const ranges = [{ run: 'r', effects: 1, first: 1, last: 1, sha256: '' }];
    await writeDataset({
      ...{ folder: place(name), format, source, signal: never },
      facts: {
        ...{ name: `Of ${name}`, format: format.name, version: '1.0.0', tool: '0', settings: {} },
        ...{ ranges, records, refused, steps: [], census: source.census, heldOut: [] },
        parent: null,
      },
    });
  };
  const one = inSplit(aRecord());
  const two = inSplit(aRecord({ task: aTask({ prompt: 'Another.', family: 'other' }), sample: 1 }));

  it('are listed with what their manifests tell, and nothing else is', async () => {
    assert.deepEqual(await listDatasets(journalFile(), null), []);
    await write('a', [one, two], trl);
    mkdirSync(place('none'), { recursive: true });
    writeFileSync(path.join(place('none'), 'manifest.json'), '{"format": "flywheel-dataset-2"}');
    const [dataset, ...more] = await listDatasets(journalFile(), null);
    assert.deepEqual(more, []);
    assert.equal(dataset?.folder, place('a'));
    assert.deepEqual([dataset.pairs, dataset.runs, dataset.format], [2, ['r'], 'trl']);
    assert.deepEqual(dataset.dropped, { notSolved: 2, secret: 1 });
    const rows = readFileSync(path.join(place('a'), 'prompt-completion/train.jsonl'), 'utf8');
    const told = dataset.files.find(({ file }) => file === 'prompt-completion/train.jsonl');
    assert.equal(told?.rows, rows.trimEnd().split('\n').length);
  });

  it('show the first rows of their files, as written', async () => {
    await write('a', [one, two], trl);
    await write('b', [one, two], huggingFace);
    const file = 'prompt-completion/train.jsonl';
    const [row, ...more] = await datasetRows({ folder: place('a'), file, most: 1 });
    assert.deepEqual(more, []);
    assert.equal(row, readFileSync(path.join(place('a'), file), 'utf8').split('\n')[0]);
    const parquet = 'prompt-completion/train-00000-of-00001.parquet';
    const read = await datasetRows({ folder: place('b'), file: parquet, most: 100 });
    const [first, lines] = [JSON.parse(read[0] ?? ''), JSON.parse(row ?? '')] as [object, object];
    assert.deepEqual(first, lines);
    for (const other of ['../a/manifest.json', 'manifest.json', '/etc/passwd']) {
      await assert.rejects(datasetRows({ folder: place('a'), file: other, most: 1 }), {
        code: 'notADataset',
      });
    }
  });

  it('tell what was refused, by reason, and a file that was spoilt is an error', async () => {
    await write('a', [one], trl);
    const all = await datasetRefused({ folder: place('a'), most: 100 });
    assert.deepEqual(all, refused);
    const some = await datasetRefused({ folder: place('a'), reason: 'notSolved', most: 1 });
    assert.deepEqual(some, refused.slice(0, 1));
    appendFileSync(path.join(place('a'), 'refused.jsonl'), '[]\n');
    await assert.rejects(datasetRefused({ folder: place('a'), most: 100 }), /refused.jsonl:4/);
  });

  it('are compared by their records and the splits of their families', async () => {
    await write('a', [one, two], trl);
    await write('b', [{ ...one, split: 'test' }], trl);
    const found = await compareDatasets(place('a'), place('b'));
    const { added, removed, moved, same, families } = found;
    assert.deepEqual([added, removed, moved, same], [0, 1, 1, 0]);
    assert.deepEqual(families, [{ family: one.task.family, from: 'train', to: 'test' }]);
    await assert.rejects(compareDatasets(place('a'), place('a')), { code: 'badUsage' });
    await assert.rejects(compareDatasets(place('a'), folder.path), { code: 'notADataset' });
  });
});
