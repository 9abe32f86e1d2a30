import type { Journal } from '../journal/journal';
import { rowsOf, summaryOf } from '../journal/questions';
import type { RunListener } from './workbench';

/** Listeners are told at most this often; the last state is always told. */
const intervalMs = 100;

/** Gathers changes of a run and tells a listener its summary and the rows that changed. */
export class Notifier {
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private allRows = false;
  private ended = false;

  constructor(
    private readonly journal: Journal,
    private readonly run: string,
    private readonly listener: RunListener,
  ) {}

  /** Something of the run changed, and of the task where one is named. */
  readonly touch = (task?: string): void => {
    if (this.ended) return;
    if (task !== undefined) this.changed.add(task);
    this.timer ??= setTimeout(() => this.flushQuietly(), intervalMs);
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
    const rows = this.allRows
      ? rowsOf(this.journal, this.run)
      : [...this.changed].flatMap((task) => rowsOf(this.journal, this.run, task));
    this.allRows = false;
    this.changed.clear();
    this.listener(summaryOf(this.journal, this.journal.run(this.run)), rows);
  }
}
