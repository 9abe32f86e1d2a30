import type { RunStore } from './runStore';

/** How often runs that somebody else drives are looked at. */
const lookEveryMs = 5000;

export interface WatchSurroundings {
  /** The run that this window drives, which reports by itself; undefined where there is none. */
  ours(): string | null | undefined;
  /** When the journal was last written to; null where there is none. */
  journalWrittenAt(): Promise<number | null>;
  /** Called where the journal was written to since the last look. */
  onWritten?(): void;
}

/**
 * Keeps runs of other windows and terminals true while somebody looks: nobody reports them here,
 * and one whose process dies says nothing at all.
 */
export class RunWatch {
  private timer: NodeJS.Timeout | undefined;
  private writtenAt: number | null | undefined;
  private looking = false;

  constructor(
    private readonly runs: RunStore,
    private readonly around: WatchSurroundings,
    private readonly everyMs = lookEveryMs,
  ) {}

  /** Called with whether any view of the runs can be seen, whenever that may have changed. */
  show(visible: boolean): void {
    if (visible === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.timer = undefined;
    if (!visible) return;
    this.timer = setInterval(() => void this.look(), this.everyMs);
    void this.look();
  }

  dispose(): void {
    this.show(false);
  }

  /** Reads the runs again where there may be news: never fails, for the next look tries again. */
  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      if (await this.mayHaveNews()) await this.runs.reconcile((run) => run === this.around.ours());
    } catch {
      this.writtenAt = undefined;
    } finally {
      this.looking = false;
    }
  }

  private async mayHaveNews(): Promise<boolean> {
    const before = this.writtenAt;
    this.writtenAt = await this.around.journalWrittenAt();
    if (before !== undefined && before !== this.writtenAt) this.around.onWritten?.();
    if (this.writtenAt === null || !this.runs.wasRead) return false;
    const ours = this.around.ours();
    // A process that died writes nothing, so those shown as running are asked for each time.
    if (this.runs.known().some(({ id, state }) => state === 'running' && id !== ours)) return true;
    return ours === undefined && before !== this.writtenAt;
  }
}
