import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';
import { huggingFace } from '../../../../src/engine/datasets/formats/huggingFace';
import { verl } from '../../../../src/engine/datasets/formats/verl';
import { writeParquet } from '../../../../src/engine/files/parquet';
import { goldenFacts, sourceFor } from '../../../support/golden';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;

describe('Parquet files by DuckDB, which shares nothing with what wrote them', () => {
  const folder = temporaryFolder();

  /** What DuckDB reads of files together, as it would read the shards of one configuration. */
  const read = async (files: readonly string[]) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const names = files.map((file) => `'${file.replaceAll("'", "''")}'`).join();
      const result = await connection.runAndReadAll(`select * from read_parquet([${names}])`);
      return { rows: result.getRowObjectsJson(), types: result.columnTypes().map(String) };
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };

  for (const format of [huggingFace, verl]) {
    it(`${format.name}: all rows of every configuration are read back as they were`, async () => {
      const files = format.files(await sourceFor(format), goldenFacts);
      const tables = files.flatMap((file) => (file.kind === 'parquet' ? [file] : []));
      const byFolder = Map.groupBy(tables, ({ file }) => file.split('/')[0] ?? '');
      assert.ok(byFolder.size > 1);
      for (const [name, some] of byFolder) {
        const places = some.map(({ file }) =>
          folder.file(`${format.name}-${file.replace('/', '-')}`),
        );
        for (const [at, { table }] of some.entries()) {
          await writeParquet(places[at] ?? '', table, never);
        }
        const { rows, types } = await read(places);
        const written = some.flatMap(({ table }) => [...table.rows()]);
        assert.deepEqual(rows, written, name);
        assert.equal(types.length, some[0]?.table.columns.length);
      }
    });
  }

  it('reads text of every script, empty lists and numbers as they were, over many row groups', async () => {
    const row = (at: number) => ({
      messages: at % 7 === 0 ? [] : [{ role: 'user', content: `é 世界 🎉 "\n\u0000${String(at)}` }],
      ...{ weight: at / 3, label: at % 2 === 0, count: at - 700 },
      group: { style: 'rule', deep: at + 0.5 },
    });
    const table = {
      columns: [
        { name: 'messages', type: 'messages' },
        { name: 'weight', type: 'double' },
        { name: 'label', type: 'boolean' },
        { name: 'count', type: 'int32' },
        {
          name: 'group',
          type: [
            { name: 'style', type: 'string' },
            { name: 'deep', type: 'double' },
          ],
        },
      ],
      *rows() {
        for (let at = 0; at < 1201; at++) yield row(at);
      },
    } as const;
    await writeParquet(folder.file('x.parquet'), table, never);
    const { rows, types } = await read([folder.file('x.parquet')]);
    assert.deepEqual(rows, [...table.rows()]);
    assert.deepEqual(types.slice(1, 4), ['DOUBLE', 'BOOLEAN', 'INTEGER']);
  });
});
