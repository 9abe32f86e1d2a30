import { isDeepStrictEqual } from 'node:util';
import type { RoundsStory } from '../engine/domain/roundsStory';
import type { LiveText, RunSummary, TaskRow, TaskStory } from '../engine/domain/view';
import { Announcer } from './announcer';
import type { CallName, InputOf, OutputOf } from './engineCalls';

/** What changed: one run with the rows that changed in it, or everything. */
export type RunChange =
  | { readonly kind: 'run'; readonly run: RunSummary; readonly rows: readonly TaskRow[] }
  | { readonly kind: 'all' };

export interface RunSource {
  call<Name extends CallName>(call: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
}

/**
 * The runs as the views show them: read from the engine when first asked for, then kept true by
 * what running work reports. Several views share it, and none of them asks the engine twice.
 */
export class RunStore {
  private runsRead: Promise<void> | undefined;
  private readonly summaries = new Map<string, RunSummary>();
  /** Reported while the list is read, and so newer than the list. */
  private readonly newer = new Map<string, RunSummary>();
  private readonly rowsByRun = new Map<string, Promise<Map<string, TaskRow>>>();
  private readonly changes = new Announcer<RunChange>();
  readonly onChanged = this.changes.listen;
  private readonly reads = new Announcer<void>();
  /** The list was read anew, by whoever asked first. */
  readonly onRead = this.reads.listen;

  private readonly written = new Announcer<{
    readonly run: string;
    readonly texts: readonly LiveText[];
  }>();
  /** What models write now in a run that this window drives. Nothing of it is kept. */
  readonly onWriting = this.written.listen;

  /** `hasJournal` keeps a workspace that never saw a run from getting an empty journal. */
  constructor(
    private readonly source: RunSource,
    private readonly hasJournal: () => Promise<boolean>,
  ) {}

  /** Newest first. */
  async runs(): Promise<RunSummary[]> {
    await (this.runsRead ??= this.readRuns());
    return this.known();
  }

  /** The runs as they are now, newest first: a terminal may have made some since they were read. */
  async latest(isOurs: (run: string) => boolean): Promise<RunSummary[]> {
    if (this.wasRead && (await this.hasJournal())) await this.reconcile(isOurs);
    return this.runs();
  }

  /** What is known without asking the engine, newest first. */
  known(): RunSummary[] {
    return [...this.summaries.values()].sort((a, b) => b.startedAt - a.startedAt);
  }

  run(id: string): RunSummary | undefined {
    return this.summaries.get(id);
  }

  /**
   * A run that no list shows, because it holds the trajectories of one step of another; null where
   * `id` is none. Nobody reports it, so it is read each time, and its rows anew.
   */
  async part(id: string): Promise<RunSummary | null> {
    const isPart = this.known().some((run) => run.kind === 'rounds' && id.startsWith(`${run.id}/`));
    if (!isPart) return null;
    const part = await this.source.call('run', { run: id }).catch(() => null);
    if (part !== null) this.rowsByRun.delete(id);
    return part;
  }

  /** In the order of the run's tasks. */
  async rows(run: string): Promise<TaskRow[]> {
    return [...(await this.rowMap(run)).values()];
  }

  /** Of the best sample unless told. */
  story(run: string, task: string, sample?: number): Promise<TaskStory> {
    return this.source.call('story', { run, task, ...(sample === undefined ? {} : { sample }) });
  }

  rounds(run: string): Promise<RoundsStory> {
    return this.source.call('roundsStory', { run });
  }

  program(hash: string): Promise<string | null> {
    return this.source.call('program', { hash });
  }

  /** Takes what running work reports. */
  async take(run: RunSummary, rows: readonly TaskRow[]): Promise<void> {
    this.summaries.set(run.id, run);
    this.newer.set(run.id, run);
    const read = this.rowsByRun.get(run.id);
    if (read !== undefined) {
      const known = await read;
      for (const row of rows) known.set(row.hash, row);
    }
    this.changes.announce({ kind: 'run', run, rows });
  }

  /** Passes on what models write. */
  takeWriting(run: string, texts: readonly LiveText[]): void {
    this.written.announce({ run, texts });
  }

  /** Reads one run again, for work that ended without a last report. */
  async reread(run: string): Promise<void> {
    const summary = await this.source.call('run', { run });
    this.rowsByRun.delete(run);
    await this.take(summary, await this.rows(run));
  }

  get wasRead(): boolean {
    return this.runsRead !== undefined;
  }

  /**
   * Reads the runs again and tells what changed in those that others drive. One that is ours
   * reports by itself, newer than any reading.
   */
  async reconcile(isOurs: (run: string) => boolean): Promise<void> {
    const runs = await this.source.call('runs', null);
    const gone = [...this.summaries.keys()].some((id) => !runs.some((run) => run.id === id));
    if (gone) return this.refresh();
    for (const run of runs) {
      const known = this.summaries.get(run.id);
      if (known !== undefined && isDeepStrictEqual(known, run)) continue;
      const rows = await this.changedRows(run.id);
      if (!isOurs(run.id)) await this.take(run, rows);
    }
  }

  /** Forgets everything, so that the views ask again. */
  refresh(): void {
    this.runsRead = undefined;
    this.rowsByRun.clear();
    this.changes.announce({ kind: 'all' });
  }

  dispose(): void {
    this.changes.dispose();
    this.written.dispose();
    this.reads.dispose();
  }

  private async readRuns(): Promise<void> {
    try {
      this.newer.clear();
      const runs = (await this.hasJournal()) ? await this.source.call('runs', null) : [];
      this.summaries.clear();
      for (const run of runs) this.summaries.set(run.id, run);
      for (const [id, run] of this.newer) this.summaries.set(id, run);
      this.reads.announce();
    } catch (error) {
      this.runsRead = undefined;
      throw error;
    }
  }

  /** Of a run whose rows are shown, those that are no longer as they were shown. */
  private async changedRows(run: string): Promise<TaskRow[]> {
    const before = await this.rowsByRun.get(run);
    if (before === undefined) return [];
    const rows = await this.source.call('rows', { run });
    return rows.filter((row) => !isDeepStrictEqual(before.get(row.hash), row));
  }

  private rowMap(run: string): Promise<Map<string, TaskRow>> {
    const known = this.rowsByRun.get(run);
    if (known !== undefined) return known;
    const read = this.source
      .call('rows', { run })
      .then((rows) => new Map(rows.map((row) => [row.hash, row])));
    this.rowsByRun.set(run, read);
    read.catch(() => this.rowsByRun.delete(run));
    return read;
  }
}
