import { maxLiveChars, type LiveText } from '../domain/view';
import type { Journal } from '../journal/journal';
import { rowsOf, summaryOf, type SpentBy } from '../journal/questions';
import type { RunListener } from './workbench';

/** Listeners are told at most this often; the last state is always told. */
const intervalMs = 100;
/** And so seldom that reading the state, which grows with the run, takes this share of the time. */
const mostShare = 0.05;
/** What models write is told less often: it is read by eye, and nothing is lost. */
const writingIntervalMs = 250;

/** Gathers changes of a run and tells a listener its summary and the rows that changed. */
export class Notifier {
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  /** What telling took the last time. */
  private tookMs = 0;
  private allRows = false;
  private ended = false;
  /** The last of each trajectory: as many as are under way at a time. */
  private readonly written = new Map<string, LiveText>();
  private writingTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly journal: Journal,
    private readonly run: string,
    private readonly listener: RunListener,
    private readonly spentBy?: SpentBy,
  ) {}

  /** Something of the run changed, and of the task where one is named. */
  readonly touch = (task?: string): void => {
    if (this.ended) return;
    if (task !== undefined) this.changed.add(task);
    this.timer ??= setTimeout(
      () => this.flushQuietly(),
      Math.max(intervalMs, this.tookMs / mostShare),
    );
  };

  /** A model wrote something, of which the end is told. */
  readonly writing = (live: LiveText): void => {
    if (this.ended || !this.listener.writing) return;
    const text = live.text.slice(-maxLiveChars).toWellFormed();
    this.written.set(`${live.task}/${String(live.sample)}`, { ...live, text });
    this.writingTimer ??= setTimeout(() => this.tellWritten(), writingIntervalMs);
  };

  /** The tasks of the run are there, or were not seen by this listener before. */
  touchAll(): void {
    this.allRows = true;
    this.touch();
  }

  /** Tells the last state, and nothing after it. */
  end(): void {
    if (this.ended) return;
    this.allRows = true;
    this.flushQuietly();
    this.ended = true;
    if (this.writingTimer) clearTimeout(this.writingTimer);
    this.written.clear();
  }

  private tellWritten(): void {
    this.writingTimer = null;
    const texts = [...this.written.values()];
    this.written.clear();
    this.listener.writing?.(texts);
  }

  /** A journal that cannot be read is told by the work itself, which reads and writes it too. */
  private flushQuietly(): void {
    try {
      this.flush();
    } catch {
      this.ended = true;
    }
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const began = performance.now();
    const rows = this.allRows
      ? rowsOf(this.journal, this.run)
      : [...this.changed].flatMap((task) => rowsOf(this.journal, this.run, task));
    this.allRows = false;
    this.changed.clear();
    this.listener(summaryOf(this.journal, this.journal.run(this.run), this.spentBy), rows);
    this.tookMs = performance.now() - began;
  }
}
