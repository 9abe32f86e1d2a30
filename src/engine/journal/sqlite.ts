import type { DatabaseSync } from 'node:sqlite';
import { mkdirSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError, messageOf } from '../domain/errors';
import { writeProblem } from '../files/atomicWrite';
import { schemaVersion, schema } from './schema';

/**
 * Opens the journal's database, making it where there is none. One that is damaged, or that a
 * newer version wrote, is refused and left as it was.
 */
export function openDatabase(file: string): DatabaseSync {
  const isNew = !existsSync(file);
  if (isNew) makeFolder(file);
  const database = connect(file);
  try {
    const version = versionOf(database);
    if (version > schemaVersion) throw newer(file, version);
    database.exec('PRAGMA busy_timeout = 5000');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL');
    if (version === 0) {
      if (!isNew && hasTables(database) && versionOf(database) === 0) throw notOurs(file);
      makeTables(database);
    }
    return database;
  } catch (error) {
    database.close();
    throw error instanceof UserError ? error : journalProblem(file, error);
  }
}

/** Another process may be making the same tables: whoever comes second finds them. */
function makeTables(database: DatabaseSync): void {
  inTransaction(database, () => {
    if (versionOf(database) === 0) {
      database.exec(`${schema} PRAGMA user_version = ${String(schemaVersion)};`);
    }
  });
}

/** All of it or nothing. The first error is thrown, also where SQLite has rolled back by itself. */
export function inTransaction(database: DatabaseSync, statements: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    statements();
    database.exec('COMMIT');
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // There is nothing left to roll back.
    }
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** What a failed statement means to the person, with the place and the mend. */
export function journalProblem(file: string, error: unknown): UserError {
  const text = messageOf(error);
  if (/disk is full|disk I\/O error|database or disk is full/.test(text)) {
    return new UserError({
      code: 'diskFull',
      message: `${file}: the disk is full or cannot be written`,
      mend: 'Free some space and run the same command again: it goes on from what was recorded.',
      exitCode: 3,
      cause: error,
    });
  }
  if (
    error instanceof SyntaxError ||
    /not a database|malformed|corrupt|encrypted|lacks the text/.test(text)
  ) {
    return new UserError({
      code: 'journalDamaged',
      message: `${file}: this is no journal, or it is damaged (${text})`,
      mend: 'Nothing was changed. Move the file away (keep it) and run the same command again: a new journal is made.',
      cause: error,
    });
  }
  if (/readonly|unable to open/.test(text)) {
    return new UserError({
      code: 'journalUnreachable',
      message: `${file}: the journal cannot be opened for writing (${text})`,
      mend: 'Check the folder and its permissions, or name another file with --journal.',
      cause: error,
    });
  }
  if (/locked|busy/.test(text)) {
    return new UserError({
      code: 'journalBusy',
      message: `${file}: another process is writing to the journal and does not end`,
      mend: 'Wait for it or stop it, then run the same command again.',
      exitCode: 3,
      cause: error,
    });
  }
  throw error;
}

function connect(file: string): DatabaseSync {
  try {
    return new (sqlite().DatabaseSync)(file);
  } catch (error) {
    throw journalProblem(file, error);
  }
}

/** Only the notice that node:sqlite is experimental is kept quiet. */
function sqlite(): typeof import('node:sqlite') {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emit;
  }
}

function makeFolder(file: string): void {
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    const ignore = path.join(folder, '.gitignore');
    if (path.basename(folder) === '.flywheel' && !existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    throw writeProblem(file, error);
  }
}

function hasTables(database: DatabaseSync): boolean {
  return (
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1").get() !== undefined
  );
}

function newer(file: string, version: number): UserError {
  return new UserError({
    code: 'journalNewer',
    message: `${file}: written by a newer version (format ${String(version)}, this one knows ${String(schemaVersion)})`,
    mend: 'Update Code Flywheel, or name another journal with --journal. Nothing was changed.',
  });
}

function notOurs(file: string): UserError {
  return new UserError({
    code: 'journalDamaged',
    message: `${file}: a database, but no journal`,
    mend: 'Name another file with --journal. Nothing was changed.',
  });
}
