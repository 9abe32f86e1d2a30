import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { UserError } from '../domain/errors';
import { canonicalJson } from '../domain/json';
import { hashOf } from '../domain/hash';
import { maxBeside, type EffectKey, type Effects } from '../domain/ports';
import type { RunFacts } from '../domain/records';
import type { Task } from '../domain/task';
import { heartbeatMs } from './lease';
import { inTransaction, journalProblem } from './sqlite';
import type { Texts } from './texts';

/** One run being driven: its effects, its tasks and facts, and the lease that makes it ours. */
export class RunJournal implements Effects {
  private readonly select: StatementSync;
  private readonly insert: StatementSync;
  private readonly last: StatementSync;
  private readonly beat: StatementSync;
  private readonly timer: NodeJS.Timeout;
  private lastBeat = Date.now();
  private isOpen = true;
  private isGone = false;
  private readonly inode: number | null;

  constructor(
    readonly id: string,
    private readonly file: string,
    private readonly database: DatabaseSync,
    private readonly texts: Texts,
    private readonly token: string,
  ) {
    this.inode = inodeOf(file);
    const key = 'run = ? AND task = ? AND sample = ? AND turn = ? AND kind = ? AND ordinal = ?';
    this.select = database.prepare(`SELECT input, value FROM effects WHERE ${key}`);
    this.last = database.prepare(
      `SELECT max(ordinal) AS last FROM effects
       WHERE run = ? AND task = ? AND sample = ? AND turn = ? AND kind = ?`,
    );
    this.insert = database.prepare(
      `INSERT INTO effects SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
       WHERE EXISTS (SELECT 1 FROM leases WHERE run = ? AND token = ?)`,
    );
    this.beat = database.prepare('UPDATE leases SET heartbeat_at = ? WHERE run = ? AND token = ?');
    this.timer = setInterval(() => this.heartbeat(), heartbeatMs);
    this.timer.unref();
  }

  async once<T>(
    key: EffectKey,
    input: unknown,
    produce: () => Promise<T>,
    isKept: (value: T) => boolean = always,
  ): Promise<T> {
    const place = [this.id, key.task, key.sample, key.turn, key.kind, key.ordinal] as const;
    const inputHash = hashOf(input);
    const recorded = this.guard(() => this.select.get(...place));
    if (recorded) {
      if (recorded['input'] !== inputHash) throw changedInput(this.id, key);
      return this.guard(() => this.texts.decode(String(recorded['value'])) as T);
    }
    const value = await produce();
    if (!isKept(value)) return value;
    this.write(() => {
      // One transaction for the effect and its texts: whole or not at all, and many times faster.
      this.texts.together(() => {
        const text = this.texts.encode(value);
        const done = this.insert.run(...place, inputHash, text, Date.now(), this.id, this.token);
        if (done.changes === 0) throw lostLease(this.id);
      });
    });
    return value;
  }

  beside(key: Omit<EffectKey, 'ordinal'>, value: unknown): void {
    const { task, sample, turn, kind } = key;
    this.write(() => {
      this.texts.together(() => {
        const row = this.last.get(this.id, task, sample, turn, kind);
        const ordinal = Number(row?.['last'] ?? -1) + 1;
        if (ordinal >= maxBeside) return;
        const place = [this.id, task, sample, turn, kind, ordinal] as const;
        const [input, text] = [hashOf(null), this.texts.encode(value)];
        const done = this.insert.run(...place, input, text, Date.now(), this.id, this.token);
        if (done.changes === 0) throw lostLease(this.id);
      });
    });
  }

  /** The tasks of the run, in order. Set once; the same tasks again are no change. */
  setTasks(tasks: readonly Task[]): void {
    this.write(() => {
      inTransaction(this.database, () => {
        const task = this.database.prepare('INSERT OR IGNORE INTO tasks VALUES (?, ?)');
        const place = this.database.prepare('INSERT OR IGNORE INTO run_tasks VALUES (?, ?, ?, ?)');
        tasks.forEach((item, position) => {
          task.run(item.hash, this.texts.encode(item));
          place.run(this.id, position, item.hash, item.id);
        });
      });
    });
  }

  /** Adds to what is known of the run; a key given again replaces the value. */
  note(facts: RunFacts): void {
    this.write(() => {
      this.database
        .prepare('UPDATE runs SET facts = json_patch(facts, ?) WHERE id = ?')
        .run(canonicalJson(facts), this.id);
    });
  }

  /** Ends the run, or with `open` lets go of it so that it can be gone on with. */
  release(state: 'open' | 'finished' | 'cancelled' | 'failed', message?: string): void {
    if (!this.isOpen) return;
    this.heartbeat();
    this.isOpen = false;
    clearInterval(this.timer);
    this.write(() => {
      this.database
        .prepare(
          `UPDATE runs SET state = ?, message = ? WHERE id = ?
           AND EXISTS (SELECT 1 FROM leases WHERE run = runs.id AND token = ?)`,
        )
        .run(state, message ?? null, this.id, this.token);
      this.database
        .prepare('DELETE FROM leases WHERE run = ? AND token = ?')
        .run(this.id, this.token);
    });
  }

  private heartbeat(): void {
    const now = Date.now();
    this.isGone = inodeOf(this.file) !== this.inode;
    try {
      this.beat.run(now, this.id, this.token);
      this.database
        .prepare('UPDATE runs SET worked_ms = worked_ms + ? WHERE id = ?')
        .run(now - this.lastBeat, this.id);
      this.lastBeat = now;
    } catch {
      // A full disk or a busy journal is told by the next effect; a missed beat is made up for.
    }
  }

  private write(statements: () => void): void {
    if (this.isGone) throw journalGone(this.file);
    this.guard(statements);
  }

  private guard<T>(statements: () => T): T {
    try {
      return statements();
    } catch (error) {
      throw error instanceof UserError ? error : journalProblem(this.file, error);
    }
  }
}

function always(): boolean {
  return true;
}

/** Tells one file from another that took its name; null where there is none. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}

function journalGone(file: string): UserError {
  return new UserError({
    code: 'journalGone',
    message: `${file}: the journal was deleted or replaced while it was written to`,
    mend: 'What was recorded in it is lost. Run the same command again to start anew.',
    exitCode: 3,
  });
}

function changedInput(run: string, key: EffectKey): UserError {
  return new UserError({
    code: 'changedInput',
    message: `The run ${run} recorded ${key.kind} of turn ${String(key.turn)} with another input (task ${key.task.slice(0, 12)})`,
    mend: 'Its settings or its code changed since it began. Start a run under a new id.',
  });
}

function lostLease(run: string): UserError {
  return new UserError({
    code: 'leaseLost',
    message: `Another process has taken over the run ${run}`,
    mend: 'This one stopped. Watch the run there.',
    exitCode: 3,
  });
}
