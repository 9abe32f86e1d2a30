import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../domain/errors';
import { canonicalJson } from '../domain/json';
import { hashOf } from '../domain/hash';
import {
  paidCallKinds,
  effectKinds,
  type DecisionRecord,
  type RunFacts,
  type RunRecord,
} from '../domain/records';
import type { Task } from '../domain/task';
import type { RunState } from '../domain/view';
import { isLeased, takeLease } from './lease';
import { RunJournal } from './runJournal';
import { journalProblem, openDatabase } from './sqlite';
import { Texts } from './texts';

export interface NewRun {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly solver: string;
  /** All that changes a result. Frozen: the same id with other settings is refused. */
  readonly settings: unknown;
}

export interface EffectRow {
  readonly task: string;
  readonly sample: number;
  readonly turn: number;
  readonly kind: string;
  readonly ordinal: number;
  readonly value: unknown;
}

const maxKnownTasks = 2000;

/** The store of all that was done: runs, their tasks, every proposal and every verdict. */
export class Journal {
  private readonly texts: Texts;
  /** Tasks never change under their hash. */
  private readonly tasks = new Map<string, Task>();

  private constructor(
    readonly file: string,
    private readonly database: DatabaseSync,
  ) {
    this.texts = new Texts(database);
  }

  static open(file: string): Journal {
    return new Journal(file, openDatabase(file));
  }

  /** Begins a run, or goes on with the one of that id. Throws `runHeld`, `otherSettings`. */
  drive(run: NewRun): RunJournal {
    return this.guard(() => {
      const settings = canonicalJson(run.settings);
      this.database
        .prepare(
          'INSERT OR IGNORE INTO runs (id, kind, title, solver, settings, started_at) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(run.id, run.kind, run.title, run.solver, settings, Date.now());
      const row = this.database.prepare('SELECT kind, settings FROM runs WHERE id = ?').get(run.id);
      if (row?.['settings'] !== settings || row['kind'] !== run.kind) throw otherSettings(run.id);
      const token = takeLease(this.database, run.id, Date.now());
      this.database
        .prepare("UPDATE runs SET state = 'open', message = NULL WHERE id = ?")
        .run(run.id);
      return new RunJournal(run.id, this.file, this.database, this.texts, token);
    });
  }

  /** Newest first. */
  runs(): RunRecord[] {
    return this.guard(() =>
      this.database
        .prepare('SELECT * FROM runs ORDER BY started_at DESC, id DESC')
        .all()
        .map((row) => this.record(row)),
    );
  }

  run(id: string): RunRecord {
    return this.guard(() => {
      const row = this.database.prepare('SELECT * FROM runs WHERE id = ?').get(id);
      if (!row) throw noSuchRun(id);
      return this.record(row);
    });
  }

  tasksOf(run: string): Task[] {
    return this.guard(() =>
      this.database
        .prepare('SELECT task FROM run_tasks WHERE run = ? ORDER BY position')
        .all(run)
        .flatMap((row) => this.task(String(row['task'])) ?? []),
    );
  }

  /** Tasks of runs, of other kinds than those named, each with the newest run that it is in. */
  newestRunOfTasks(
    otherThan: readonly string[],
  ): { readonly task: string; readonly id: string; readonly run: string }[] {
    return this.guard(() => {
      const marks = otherThan.map(() => '?').join(', ');
      // SQLite takes the other columns from the row that holds the maximum.
      return this.database
        .prepare(
          `SELECT t.task, t.id, t.run, max(r.started_at) AS newest FROM run_tasks t
           JOIN runs r ON r.id = t.run WHERE r.kind NOT IN (${marks})
           GROUP BY t.task ORDER BY newest DESC`,
        )
        .all(...otherThan)
        .map((row) => ({
          task: String(row['task']),
          id: String(row['id']),
          run: String(row['run']),
        }));
    });
  }

  /** A task by its hash; null where the journal has none. */
  task(hash: string): Task | null {
    const known = this.tasks.get(hash);
    if (known) return known;
    return this.guard(() => {
      const row = this.database.prepare('SELECT body FROM tasks WHERE hash = ?').get(hash);
      if (!row) return null;
      const task = this.texts.decode(String(row['body'])) as Task;
      if (this.tasks.size >= maxKnownTasks) this.tasks.clear();
      this.tasks.set(hash, task);
      return task;
    });
  }

  /** Effects of the kinds asked for, ordered by task, sample, turn and ordinal. */
  effects(run: string, kinds: readonly string[], task?: string): EffectRow[] {
    return this.guard(() => {
      const marks = kinds.map(() => '?').join(', ');
      const of = task === undefined ? '' : ' AND task = ?';
      return this.database
        .prepare(
          `SELECT task, sample, turn, kind, ordinal, value FROM effects
           WHERE run = ? AND kind IN (${marks})${of} ORDER BY task, sample, turn, ordinal`,
        )
        .all(run, ...kinds, ...(task === undefined ? [] : [task]))
        .map((row) => ({
          task: String(row['task']),
          sample: Number(row['sample']),
          turn: Number(row['turn']),
          kind: String(row['kind']),
          ordinal: Number(row['ordinal']),
          value: this.texts.decode(String(row['value'])),
        }));
    });
  }

  /**
   * Records what a person decided on the outcome of a task. It may be decided anew: the last word
   * counts. No lease is needed, because nothing that a run does depends on it.
   */
  decide(run: string, task: string, decision: DecisionRecord): void {
    this.guard(() => {
      this.database
        .prepare('INSERT OR REPLACE INTO effects VALUES (?, ?, 0, 0, ?, 0, ?, ?, ?)')
        .run(
          run,
          task,
          effectKinds.decision,
          hashOf(decision),
          this.texts.encode(decision),
          Date.now(),
        );
    });
  }

  countTasks(run: string): number {
    return this.guard(() => {
      const row = this.database
        .prepare('SELECT count(*) AS n FROM run_tasks WHERE run = ?')
        .get(run);
      return Number(row?.['n'] ?? 0);
    });
  }

  /** Candidates that turns judged, over the whole run. */
  candidatesOf(run: string): number {
    return this.guard(() => {
      const row = this.database
        .prepare(
          "SELECT sum(json_extract(value, '$.screened')) AS n FROM effects WHERE run = ? AND kind = 'turn'",
        )
        .get(run);
      return Number(row?.['n'] ?? 0);
    });
  }

  /** What the model calls of a run took: tokens in and out; null for a cost that is not known. */
  usageOf(run: string): {
    readonly tokens: number;
    readonly usd: number | null;
    readonly calls: number;
  } {
    return this.guard(() => {
      const row = this.database
        .prepare(
          `SELECT sum(json_extract(value, '$.usage.promptTokens')
                  + json_extract(value, '$.usage.completionTokens')) AS tokens,
                  sum(json_extract(value, '$.costUsd')) AS usd,
                  sum(json_extract(value, '$.costUsd') IS NULL) AS unknown,
                  count(*) AS calls
           FROM effects WHERE run = ? AND kind IN (${paidCallKinds.map(() => '?').join(', ')})`,
        )
        .get(run, ...paidCallKinds);
      const isKnown = Number(row?.['unknown'] ?? 0) === 0;
      return {
        tokens: Number(row?.['tokens'] ?? 0),
        usd: isKnown ? Number(row?.['usd'] ?? 0) : null,
        calls: Number(row?.['calls'] ?? 0),
      };
    });
  }

  /**
   * How many effects a run has, from when to when, and a hash over their keys and inputs. What is
   * recorded beside the work is left out: it differs where the work is the same.
   */
  rangeOf(run: string): { effects: number; first: number; last: number; sha256: string } {
    return this.guard(() => {
      const hash = createHash('sha256');
      let [effects, first, last] = [0, Infinity, 0];
      const rows = this.database
        .prepare(
          `SELECT task, sample, turn, kind, ordinal, input, recorded_at FROM effects
           WHERE run = ? AND kind <> ? ORDER BY task, sample, turn, kind, ordinal`,
        )
        .iterate(run, effectKinds.attempt);
      for (const row of rows) {
        const { recorded_at: at, ...key } = row;
        hash.update(canonicalJson(key));
        effects++;
        first = Math.min(first, Number(at));
        last = Math.max(last, Number(at));
      }
      return { effects, first: effects === 0 ? 0 : first, last, sha256: hash.digest('hex') };
    });
  }

  /** The samples of a task that a run has begun. */
  samplesOf(run: string, task: string): number[] {
    return this.guard(() =>
      this.database
        .prepare(
          `SELECT DISTINCT sample FROM effects
           WHERE run = ? AND task = ? AND kind <> ? ORDER BY sample`,
        )
        .all(run, task, effectKinds.attempt)
        .map((row) => Number(row['sample'])),
    );
  }

  text(hash: string): string | null {
    return this.guard(() => this.texts.get(hash));
  }

  /** Reads all of the file; the problems found, in SQLite's words. */
  check(): string[] {
    return this.guard(() =>
      this.database
        .prepare('PRAGMA quick_check(5)')
        .all()
        .map((row) => String(row['quick_check']))
        .filter((word) => word !== 'ok'),
    );
  }

  close(): void {
    this.database.close();
  }

  private record(row: Record<string, unknown>): RunRecord {
    const id = String(row['id']);
    const state = String(row['state']);
    return {
      id,
      kind: String(row['kind']),
      title: String(row['title']),
      solver: String(row['solver']),
      state: state === 'open' ? this.openState(id) : (state as RunState),
      message: typeof row['message'] === 'string' ? row['message'] : null,
      startedAt: Number(row['started_at']),
      workedMs: Number(row['worked_ms']),
      settings: JSON.parse(String(row['settings'])),
      facts: JSON.parse(String(row['facts'])) as RunFacts,
    };
  }

  private openState(id: string): RunState {
    return isLeased(this.database, id, Date.now()) ? 'running' : 'interrupted';
  }

  private guard<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      throw error instanceof UserError ? error : journalProblem(this.file, error);
    }
  }
}

export function noSuchRun(id: string): UserError {
  return new UserError({
    code: 'noSuchRun',
    message: `The journal has no run ${id}`,
    mend: 'npx flywheel runs lists those there are.',
  });
}

function otherSettings(id: string): UserError {
  return new UserError({
    code: 'otherSettings',
    message: `The run ${id} exists with other settings or tasks`,
    mend: 'Settings of a run are frozen. Use another run id.',
  });
}
