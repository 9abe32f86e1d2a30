/**
 * Keeps programs from piling up before the judge: while more than `limit` wait for it, no new
 * model call is begun. Calls under way are not held back, so thousands may be.
 */
export class Backlog {
  private unjudged = 0;
  private waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** Resolves when there is room; rejects on abort. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.unjudged >= this.limit) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const go = (): void => {
          signal.removeEventListener('abort', go);
          resolve();
        };
        signal.addEventListener('abort', go, { once: true });
        this.waiting.push(go);
      });
    }
    signal.throwIfAborted();
  }

  /**
   * Programs that wait while `work` judges them. After `room` it is always called, with 0 where
   * nothing came of the call, so that the next one in line is let through.
   */
  async holding<T>(programs: number, work: () => Promise<T>): Promise<T> {
    this.unjudged += programs;
    try {
      return await work();
    } finally {
      this.unjudged -= programs;
      // No more than there is room for, or all that wait would call at once.
      for (const go of this.waiting.splice(0, Math.max(0, this.limit - this.unjudged))) go();
    }
  }

  get size(): number {
    return this.unjudged;
  }
}
