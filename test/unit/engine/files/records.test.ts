import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { linesOf } from '../../../../src/engine/files/lines';
import { readRecords } from '../../../../src/engine/files/records';
import { temporaryFolder } from '../../../support/temporary';

describe('records of a file', () => {
  const folder = temporaryFolder();
  const read = async (data: string | Uint8Array) => {
    writeFileSync(folder.file('a'), data);
    const found = [];
    for await (const record of readRecords(folder.file('a'))) found.push(record);
    return found;
  };
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), {
    minLength: 1,
    maxLength: 5,
  });

  it('are the same as lines, as an array of any layout, and gzipped', async () => {
    await fc.assert(
      fc.asyncProperty(objects, fc.constantFrom(0, 2), async (all, indent) => {
        const lines = all.map((one) => JSON.stringify(one)).join('\n');
        const layouts = [lines, JSON.stringify(all, null, indent), gzipSync(lines)];
        for (const data of layouts) {
          const values = (await read(data)).map(({ text }) => JSON.parse(text) as unknown);
          assert.deepEqual(values, JSON.parse(JSON.stringify(all)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('begin at the line that is told, also where each takes several', async () => {
    assert.deepEqual(await read('{\n"a": 1\n}\n\n{\n"a": "}"\n}'), [
      { number: 1, text: '{\n"a": 1\n}' },
      { number: 5, text: '{\n"a": "}"\n}' },
    ]);
    assert.deepEqual(
      (await read('\uFEFF[\n {"a": 1},\n {"a": 2}\n]\n')).map(({ number }) => number),
      [2, 3],
    );
  });

  it('of an array that ends too early are told as they are', async () => {
    assert.deepEqual(
      (await read('[{"a": 1}, {"a"')).map(({ text }) => text),
      ['{"a": 1}', '{"a"'],
    );
    assert.deepEqual(await read(''), []);
    assert.deepEqual(await read('[]'), []);
  });

  it('of Parquet are its rows, over all row groups', async () => {
    const ids = Array.from({ length: 25 }, (_, at) => at);
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ids, type: 'INT32' },
        { name: 'text', data: ids.map(String), type: 'STRING' },
      ],
      rowGroupSize: 10,
    });
    const rows = await read(new Uint8Array(buffer));
    assert.deepEqual(
      rows.map(({ number, text }) => [number, JSON.parse(text) as unknown]),
      ids.map((id) => [id + 1, { id, text: String(id) }]),
    );
    const damaged = new Uint8Array(buffer).slice(0, 200);
    await assert.rejects(read(damaged), /a: /);
  });

  it('as lines keep the separators of Unicode, and may come in any pieces', async () => {
    const text = '"a\u2028b"\r\n\n"c"\n"d"';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: text.length })), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        async function* pieces() {
          for (const [at, from] of places.entries()) yield text.slice(from, places[at + 1]);
        }
        const lines = [];
        for await (const line of linesOf('a', pieces())) lines.push(line);
        assert.deepEqual(lines, [
          { number: 1, text: '"a\u2028b"' },
          { number: 3, text: '"c"' },
          { number: 4, text: '"d"' },
        ]);
      }),
    );
  });
});
