import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { formats } from '../../../../src/engine/datasets/formats/formats';
import { huggingFace } from '../../../../src/engine/datasets/formats/huggingFace';
import { writeParquet } from '../../../../src/engine/files/parquet';
import { goldenFacts as facts, sourceFor, textOf } from '../../../support/golden';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;
const golden = path.resolve('test/unit/engine/datasets/golden');

describe('dataset formats', () => {
  const folder = temporaryFolder();

  for (const format of formats) {
    it(`${format.name} are written as their golden file has them`, async () => {
      const source = await sourceFor(format);
      const files = format.files(source, facts).map((file) => `== ${file.file}\n${textOf(file)}`);
      const recipes = format
        .recipes(source)
        .map(({ file, text, command }) => `== ${file}: ${command}\n${text}`);
      const text = `${[...files, ...recipes].join('\n')}\n`;
      const place = path.join(golden, `${format.name}.txt`);
      if (process.env['FLYWHEEL_WRITE_GOLDEN'] === '1') writeFileSync(place, text);
      assert.ok(existsSync(place), `${place} is missing`);
      assert.equal(text, readFileSync(place, 'utf8'));
    });

    it(`${format.name} have the same keys of the same types in all rows of a kind`, async () => {
      const files = format.files(await sourceFor(format), facts);
      const byFolder = Map.groupBy(
        files.filter((file) => file.kind === 'lines' && file.file.endsWith('.jsonl')),
        ({ file }) => file.replace(/(?:train|validation|test)\.jsonl$/, ''),
      );
      for (const [name, some] of byFolder) {
        const rows = some.flatMap((file) => textOf(file).split('\n').filter(Boolean));
        const keys = rows.map((row) =>
          JSON.stringify(
            Object.entries(JSON.parse(row) as object).map(([key, value]) => [key, typeof value]),
          ),
        );
        assert.ok(rows.length > 0 && new Set(keys).size === 1, name);
      }
    });

    it(`${format.name} hold no hidden test in what a model is shown or taught`, async () => {
      const source = await sourceFor(format);
      for (const shape of format.shapes) {
        for (const split of ['train', 'validation', 'test'] as const) {
          for (const row of source.rows(shape, split)) {
            const { prompt } = row;
            const answers = 'completion' in row ? row.completion : '';
            assert.doesNotMatch(JSON.stringify([prompt, answers]), /double\(5\)|double\(-3\)/);
          }
        }
      }
    });
  }

  it('write Parquet that another reader reads back as it was, in small row groups', async () => {
    const source = await sourceFor(huggingFace);
    for (const file of huggingFace.files(source, facts)) {
      if (file.kind !== 'parquet') continue;
      const place = folder.file('x.parquet');
      await writeParquet(place, file.table, never);
      const read = await parquetReadObjects({ file: await asyncBufferFromFile(place) });
      assert.deepEqual(JSON.parse(JSON.stringify(read)), [...file.table.rows()], file.file);
      assert.equal(read.length, file.rows);
    }
  });

  it('write the same Parquet bytes twice, and no row group of more than 500 rows', async () => {
    const table = {
      columns: [
        { name: 'messages', type: 'messages' },
        { name: 'weight', type: 'double' },
        { name: 'label', type: 'boolean' },
        { name: 'count', type: 'int32' },
      ],
      *rows() {
        for (let at = 0; at < 1201; at++) {
          const messages = [{ role: 'user', content: `é ${String(at)}` }];
          yield { messages, weight: at / 3, label: at % 2 === 0, count: at };
        }
      },
    } as const;
    const places = ['a', 'b'].map((name) => folder.file(name));
    for (const place of places) await writeParquet(place, table, never);
    const [first, second] = places.map((place) => readFileSync(place));
    assert.ok(first && second && first.equals(second));
    const file = await asyncBufferFromFile(folder.file('a'));
    const groups = (await parquetMetadataAsync(file)).row_groups.map(({ num_rows }) => num_rows);
    assert.deepEqual(groups.map(Number), [500, 500, 201]);
    const read = await parquetReadObjects({ file });
    assert.deepEqual(read.at(-1), [...table.rows()].at(-1));
  });

  it('leave nothing of a Parquet file that was aborted', async () => {
    const controller = new AbortController();
    const table = {
      columns: [{ name: 'a', type: 'int32' }],
      *rows() {
        for (let at = 0; at < 5000; at++) {
          if (at === 900) controller.abort();
          yield { a: at };
        }
      },
    } as const;
    await assert.rejects(writeParquet(folder.file('x'), table, controller.signal));
    assert.ok(!existsSync(folder.file('x')));
  });
});
