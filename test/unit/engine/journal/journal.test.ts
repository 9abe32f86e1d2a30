import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { Journal } from '../../../../src/engine/journal/journal';
import { maxBeside } from '../../../../src/engine/domain/ports';
import { Texts } from '../../../../src/engine/journal/texts';
import { openDatabase } from '../../../../src/engine/journal/sqlite';
import { sha256 } from '../../../../src/engine/domain/hash';
import { UserError } from '../../../../src/engine/domain/errors';
import { aTask } from '../../../support/builders';
import { temporaryFolder } from '../../../support/temporary';

const newRun = { id: 'r1', kind: 'solve', title: 't', solver: 's@1', settings: { seed: 1 } };
const key = { task: 'task', sample: 0, turn: 1, kind: 'verdict', ordinal: 0 };

describe('the journal', () => {
  const folder = temporaryFolder();
  const open = () => Journal.open(folder.file('.flywheel/journal.db'));

  it('answers a recorded effect and does not produce it again, also after reopening', async () => {
    const first = open();
    const run = first.drive(newRun);
    assert.deepEqual(await run.once(key, 'in', () => Promise.resolve({ a: 1 })), { a: 1 });
    run.release('open');
    first.close();
    const second = open();
    const again = second.drive(newRun);
    const value = await again.once(key, 'in', () => Promise.reject(new Error('produced again')));
    assert.deepEqual(value, { a: 1 });
    again.release('finished');
    second.close();
  });

  it('records beside the work what no run is answered with, and leaves it out of its range', async () => {
    const journal = open();
    const run = journal.drive(newRun);
    await run.once(key, 'in', () => Promise.resolve(1));
    const before = journal.rangeOf('r1');
    const place = { task: 'other', sample: 3, turn: 1, kind: 'attempt' };
    for (let count = 0; count < maxBeside + 5; count++) run.beside(place, { count });
    const kept = journal.effects('r1', ['attempt']);
    assert.deepEqual(
      kept.map(({ ordinal, value }) => [ordinal, value]),
      Array.from({ length: maxBeside }, (_, count) => [count, { count }]),
    );
    assert.deepEqual(journal.rangeOf('r1'), before);
    assert.deepEqual(journal.samplesOf('r1', 'other'), []);
    run.release('open');
    journal.close();
  });

  it('refuses a key met with another input', async () => {
    const journal = open();
    const run = journal.drive(newRun);
    await run.once(key, 'in', () => Promise.resolve(1));
    await assert.rejects(
      run.once(key, 'other', () => Promise.resolve(2)),
      (error) => error instanceof UserError && error.code === 'changedInput',
    );
    run.release('open');
    journal.close();
  });

  it('records nothing of an effect that failed', async () => {
    const journal = open();
    const run = journal.drive(newRun);
    await assert.rejects(run.once(key, 'in', () => Promise.reject(new Error('no'))));
    assert.equal(await run.once(key, 'in', () => Promise.resolve(2)), 2);
    run.release('open');
    journal.close();
  });

  it('lets one process at a time drive a run, and frees it on release', () => {
    const journal = open();
    const other = open();
    const run = journal.drive(newRun);
    assert.throws(() => other.drive(newRun), /is being driven by process/);
    assert.equal(other.run('r1').state, 'running');
    run.release('open');
    assert.equal(other.run('r1').state, 'interrupted');
    other.drive(newRun).release('finished');
    assert.equal(journal.run('r1').state, 'finished');
    journal.close();
    other.close();
  });

  it('takes over at once from a process of this machine that is gone', () => {
    const journal = open();
    journal.drive(newRun).release('open');
    const database = new DatabaseSync(folder.file('.flywheel/journal.db'));
    database
      .prepare('INSERT INTO leases SELECT ?, ?, ?, ?, ?')
      .run('r1', hostname(), 4_194_999, 'token', Date.now());
    database.close();
    assert.equal(journal.run('r1').state, 'interrupted');
    journal.drive(newRun).release('open');
    journal.close();
  });

  it('refuses other settings under the same id', () => {
    const journal = open();
    journal.drive(newRun).release('open');
    assert.throws(() => journal.drive({ ...newRun, settings: { seed: 2 } }), /other settings/);
    journal.close();
  });

  it('keeps tasks whole and in order', () => {
    const journal = open();
    const run = journal.drive(newRun);
    const tasks = [aTask({ id: 'b' }), aTask({ id: 'a', prompt: 'long '.repeat(100) })];
    run.setTasks(tasks);
    run.release('open');
    assert.deepEqual(
      journal.tasksOf('r1').map(({ prompt }) => prompt),
      tasks.map(({ prompt }) => prompt),
    );
    assert.deepEqual(journal.tasksOf('r1')[1], tasks[1]);
    journal.close();
  });

  it('keeps itself out of version control', () => {
    open().close();
    assert.equal(readFileSync(folder.file('.flywheel/.gitignore'), 'utf8'), '*\n');
  });

  it('refuses a journal of a newer version and leaves it as it was', () => {
    open().close();
    const file = folder.file('.flywheel/journal.db');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    assert.throws(open, (error) => error instanceof UserError && error.code === 'journalNewer');
    const after = new DatabaseSync(file);
    assert.equal(after.prepare('PRAGMA user_version').get()?.['user_version'], 99);
    after.close();
  });

  it('refuses a file that is no journal and leaves it as it was', () => {
    const file = folder.file('notes.db');
    writeFileSync(file, 'these are my notes, not a database '.repeat(50));
    assert.throws(
      () => Journal.open(file),
      (error) => error instanceof UserError && error.code === 'journalDamaged',
    );
    assert.match(readFileSync(file, 'utf8'), /^these are my notes/);
  });

  it('refuses a database of something else and leaves it as it was', () => {
    const file = folder.file('other.db');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE mine (a)');
    database.close();
    assert.throws(
      () => Journal.open(file),
      (error) => error instanceof UserError && error.code === 'journalDamaged',
    );
  });
});

describe('texts', () => {
  const folder = temporaryFolder();

  it('give back every text, stored whole or as a difference', () => {
    const database = openDatabase(folder.file('journal.db'));
    const texts = new Texts(database);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (base, text) => {
          const hash = texts.put(text, texts.put(base));
          assert.equal(texts.get(hash), text);
          assert.equal(texts.get(sha256(base)), base);
        },
      ),
    );
    database.close();
  });

  it('give back values with long strings anywhere in them', () => {
    const database = openDatabase(folder.file('journal.db'));
    const texts = new Texts(database);
    const program = 'def f():\n    return 1\n'.repeat(40);
    const parent = texts.put(program);
    const value = [{ parent, program: program.replace('1', '2'), note: 'n' }, null, 1, 'x'];
    assert.deepEqual(texts.decode(texts.encode(value)), value);
    database.close();
  });
});
