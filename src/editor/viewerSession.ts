import { UserError, messageOf } from '../engine/domain/errors';
import type { LiveText, RunSummary, TaskRow, TaskStory } from '../engine/domain/view';
import type { HostProblem, Selection, ToViewer } from '../viewer/messages';
import { coalesce } from './coalesce';
import { fitStory, pagesOf } from './messageSize';
import { shownLive, shownProblem, shownRows, shownRun, shownStory } from './shown';
import type { RunChange, RunStore } from './runStore';

/** What the session needs of its surroundings. */
export interface ViewerSurroundings {
  readonly language: string;
  trusted(): boolean;
  post(message: ToViewer): void;
}

type Body = ToViewer extends infer Message
  ? Message extends ToViewer
    ? Omit<Message, 'seq'>
    : never
  : never;

const sendEveryMs = 100;
const liveEveryMs = 250;
/** How often a part of rounds under way is read again. */
const rereadEveryMs = 2000;
/** Most runs in the picker. */
const maxRuns = 200;

/**
 * What one viewer is looking at, and the messages that keep it true: a snapshot when it is ready
 * or chose another run, then deltas, at most one burst each 100 ms.
 */
export class ViewerSession {
  /** What was chosen; its run may not have reported anything yet. */
  private selection: Selection = { run: null, task: null };
  /** The run that the viewer has on screen, which is another one until the chosen one is there. */
  private shown: string | null = null;
  private snapshotsAsked = 0;
  /** Number of the last snapshot sent: until the one last asked for is, changes wait for it. */
  private snapshotSent = 0;
  private seq = 0;
  private ready = false;
  private readonly changedRuns = new Map<string, RunSummary>();
  private readonly changedRows = new Map<string, TaskRow>();
  private readonly sending = coalesce(sendEveryMs, () => void this.sendChanges());
  private readonly rereading = coalesce(rereadEveryMs, () => void this.sendSnapshot());
  /** The last that was written for what is on screen, until it is sent. */
  private live: LiveText | null = null;
  private readonly sendingLive = coalesce(liveEveryMs, () => this.sendLive());
  private readonly listening: { dispose(): void }[];

  constructor(
    private readonly store: RunStore,
    private readonly surroundings: ViewerSurroundings,
  ) {
    this.listening = [
      store.onChanged((change) => this.take(change)),
      store.onWriting(({ run, texts }) => this.takeWriting(run, texts)),
    ];
  }

  get selected(): Selection {
    return this.selection;
  }

  /** The viewer was (re)loaded and remembers where the person was, unless we were told since. */
  async start(remembered: Selection): Promise<void> {
    this.ready = true;
    if (this.selection.run === null) this.selection = selectionOf(remembered);
    await this.sendSnapshot();
  }

  /** Shows a run, and a task of it where one is given; `opens` where the viewer did not ask. */
  async select(
    run: string | null,
    task: string | null,
    opens: boolean,
    sample?: number,
  ): Promise<void> {
    const onScreen = run === this.shown && this.snapshotSent === this.snapshotsAsked;
    this.selection = selectionOf({ run, task, ...(sample === undefined ? {} : { sample }) });
    this.live = null;
    if (!this.ready) return;
    await (onScreen ? this.sendStory(opens) : this.sendSnapshot());
  }

  /** A closed viewer is not written to until it says `ready` again. */
  pause(): void {
    this.ready = false;
  }

  async sendSnapshot(): Promise<void> {
    const number = ++this.snapshotsAsked;
    this.changedRuns.clear();
    this.changedRows.clear();
    const { problem, runs, run, rows, story } = await this.read();
    if (!this.ready || number !== this.snapshotsAsked) return;
    this.snapshotSent = number;
    const [first = [], ...rest] = pagesOf(shownRows(rows));
    this.post({
      kind: 'snapshot',
      language: this.surroundings.language,
      trusted: this.surroundings.trusted(),
      runs: runs.slice(0, maxRuns).map(shownRun),
      run: run === null ? null : shownRun(run),
      rows: first,
      task: story === null ? null : this.selection.task,
      story: null,
      problem,
    });
    if (run !== null) {
      const shown = shownRun(run);
      for (const page of rest) this.post({ kind: 'delta', run: shown, rows: page });
    }
    if (story !== null) {
      this.post({ kind: 'story', opens: false, task: story.row.hash, story });
    }
    if (this.changedRuns.size > 0) this.sending.request();
  }

  dispose(): void {
    this.ready = false;
    for (const one of this.listening) one.dispose();
    this.sending.dispose();
    this.sendingLive.dispose();
    this.rereading.dispose();
  }

  private async read() {
    const nothing = { problem: null, runs: [], run: null, rows: [], story: null };
    try {
      const runs = await this.store.runs();
      const find = (wanted: string | null) => runs.find(({ id }) => id === wanted);
      const listed = find(this.selection.run);
      const part =
        listed || this.selection.run === null ? null : await this.store.part(this.selection.run);
      const run = listed ?? part ?? find(this.shown) ?? runs[0] ?? null;
      this.putOnScreen(run?.id ?? null);
      if (run === null) return nothing;
      if (this.selection.run === null) this.selection = { run: run.id, task: null };
      const rows = await this.store.rows(run.id);
      const story = run.id === this.selection.run ? await this.readStory() : null;
      return { problem: null, runs: part ? [part, ...runs] : runs, run, rows, story };
    } catch (error) {
      this.putOnScreen(null);
      return { ...nothing, problem: problemOf(error) };
    }
  }

  private putOnScreen(run: string | null): void {
    if (run === this.shown) return;
    this.shown = run;
    this.changedRows.clear();
  }

  private async readStory(): Promise<TaskStory | null> {
    const asked = this.selection;
    const { run, task, sample } = asked;
    if (run === null || task === null) return null;
    try {
      const story = await this.store.story(run, task, sample);
      // Another sample that gets ahead does not take the place of the one that is read.
      if (this.selection === asked) this.selection = { run, task, sample: story.sample };
      return fitStory(shownStory(story));
    } catch {
      return null;
    }
  }

  private takeWriting(run: string, texts: readonly LiveText[]): void {
    const { task, sample = 0 } = this.selection;
    if (!this.ready || run !== this.shown || run !== this.selection.run) return;
    const mine = texts.findLast((text) => text.task === task && text.sample === sample);
    if (mine === undefined) return;
    this.live = mine;
    this.sendingLive.request();
  }

  private sendLive(): void {
    const { live, shown } = this;
    this.live = null;
    if (live === null || shown === null) return;
    if (!this.ready || this.snapshotSent !== this.snapshotsAsked) return;
    this.post({ kind: 'live', run: shown, live: shownLive(live) });
  }

  private take(change: RunChange): void {
    if (!this.ready) return;
    if (change.kind === 'all') return void this.sendSnapshot();
    const { id } = change.run;
    const appears = id === this.selection.run && id !== this.shown;
    if (this.shown === null || appears) return void this.sendSnapshot();
    // Parts of rounds report nothing themselves: they move when their rounds do.
    if (this.shown.startsWith(`${id}/`)) this.rereading.request();
    this.changedRuns.set(id, change.run);
    if (id === this.shown) {
      for (const row of change.rows) this.changedRows.set(row.hash, row);
    }
    this.sending.request();
  }

  private async sendChanges(): Promise<void> {
    if (!this.ready || this.snapshotSent !== this.snapshotsAsked) return;
    const runs = [...this.changedRuns.values()];
    const rows = shownRows([...this.changedRows.values()]);
    this.changedRuns.clear();
    this.changedRows.clear();
    for (const run of runs) {
      const mine = run.id === this.shown ? rows : [];
      for (const page of pagesOf(mine)) {
        this.post({ kind: 'delta', run: shownRun(run), rows: page });
      }
    }
    const { run, task } = this.selection;
    if (run === this.shown && rows.some(({ hash }) => hash === task)) await this.sendStory(false);
  }

  private async sendStory(opens: boolean): Promise<void> {
    const { run, task, sample } = this.selection;
    const story = await this.readStory();
    const isSample = sample === undefined || sample === this.selection.sample;
    if (this.ready && run === this.selection.run && task === this.selection.task && isSample) {
      this.post({ kind: 'story', opens, task, story });
    }
  }

  private post(body: Body): void {
    this.surroundings.post({ ...body, seq: ++this.seq });
  }
}

function selectionOf({ run, task, sample }: Selection): Selection {
  return { run, task, ...(sample === undefined ? {} : { sample }) };
}

function problemOf(error: unknown): HostProblem {
  const mend = error instanceof UserError ? error.mend : undefined;
  return shownProblem({ message: messageOf(error), mend: mend ?? null });
}
