import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../../../src/engine/domain/errors';
import { writeWhole } from '../../../../src/engine/files/atomicWrite';
import { readLines } from '../../../../src/engine/files/lines';
import { temporaryFolder } from '../../../support/temporary';

describe('reading lines', () => {
  const folder = temporaryFolder();
  const read = async (file: string) => Array.fromAsync(readLines(file));

  it('numbers lines from 1, drops blank ones and a byte order mark', async () => {
    writeFileSync(folder.file('a'), '\uFEFFone\r\n\n  \ntwo');
    assert.deepEqual(await read(folder.file('a')), [
      { number: 1, text: 'one' },
      { number: 4, text: 'two' },
    ]);
  });

  it('tells gzip by content, whatever the name', async () => {
    writeFileSync(folder.file('a.jsonl'), gzipSync('one\ntwo\n'));
    assert.deepEqual(await read(folder.file('a.jsonl')), [
      { number: 1, text: 'one' },
      { number: 2, text: 'two' },
    ]);
  });

  it('names the file and the reason where it cannot be read', async () => {
    await assert.rejects(read(folder.file('none')), /none: there is no such file/);
    await assert.rejects(read(folder.path), /it is a folder/);
    writeFileSync(folder.file('cut.gz'), gzipSync('x'.repeat(99)).subarray(0, 20));
    await assert.rejects(read(folder.file('cut.gz')), /its gzip data ends too early/);
  });
});

describe('writing a whole file', () => {
  const folder = temporaryFolder();

  it('makes folders and leaves nothing else behind', async () => {
    await writeWhole(folder.file('a/b/c.txt'), 'text');
    assert.equal(readFileSync(folder.file('a/b/c.txt'), 'utf8'), 'text');
    assert.deepEqual(readdirSync(folder.file('a/b')), ['c.txt']);
  });

  it('leaves what was there, and says why, where it cannot be written', async () => {
    mkdirSync(folder.file('taken'));
    await assert.rejects(writeWhole(folder.file('taken'), 'text'), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /taken could not be written: a folder stands there/);
      return true;
    });
    assert.deepEqual(readdirSync(folder.path), ['taken']);
  });
});
