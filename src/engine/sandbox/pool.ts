/** A worker that takes one job at a time. */
export interface PoolWorker {
  readonly alive: boolean;
  kill(reason: string): void;
}

/**
 * Lends at most `size` workers, each to one borrower at a time, started on first need. A worker
 * that came back dead is replaced at the next loan. Waiting borrowers are served in order.
 */
export class WorkerPool<W extends PoolWorker> {
  private readonly idle: W[] = [];
  private readonly all = new Set<W>();
  private readonly waiting: ((free: void) => void)[] = [];
  private lent = 0;
  private closed = false;

  constructor(
    private readonly size: number,
    private readonly start: (index: number) => W,
  ) {}

  async lend<T>(use: (worker: W) => Promise<T>, signal: AbortSignal): Promise<T | 'cancelled'> {
    while (this.lent >= this.size && !signal.aborted && !this.closed) {
      await this.turn(signal);
    }
    if (signal.aborted || this.closed) {
      // The place this borrower was woken for goes to the next in line.
      this.waiting.shift()?.();
      return 'cancelled';
    }
    this.lent++;
    const worker = this.idle.pop() ?? this.create();
    try {
      return await use(worker);
    } finally {
      this.lent--;
      if (worker.alive && !this.closed) this.idle.push(worker);
      else this.all.delete(worker);
      this.waiting.shift()?.();
    }
  }

  close(): void {
    this.closed = true;
    for (const worker of this.all) worker.kill('closed');
    this.all.clear();
    this.idle.length = 0;
    for (const wake of this.waiting.splice(0)) wake();
  }

  private create(): W {
    const worker = this.start(this.all.size);
    this.all.add(worker);
    return worker;
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        const place = this.waiting.indexOf(wake);
        if (place >= 0) this.waiting.splice(place, 1);
        resolve();
      };
      this.waiting.push(wake);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
