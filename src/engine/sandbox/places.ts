interface Waiting<F> {
  readonly wake: () => void;
  readonly suits: (freed: F) => boolean;
  /** How often one who came later went first. */
  passedOver: number;
}

/** Nobody waits longer than this many others whom what became free suits better. */
const maxPassedOver = 16;

/**
 * So many places, each held by one borrower at a time. Who waits for one is served in order, but
 * for those whom that which became free suits: they may go first.
 */
export class Places<F = undefined> {
  private readonly waiting: Waiting<F>[] = [];
  private held = 0;
  private closed = false;

  constructor(readonly size: number) {}

  get taken(): number {
    return this.held;
  }

  /** Whether a place was had; without one where the signal came first, or all is closed. */
  async take(signal: AbortSignal, suits: (freed: F) => boolean = () => false): Promise<boolean> {
    while (this.held >= this.size && !signal.aborted && !this.closed) {
      await this.turn(signal, suits);
    }
    if (signal.aborted || this.closed) {
      // The place this borrower was woken for goes to the next in line.
      this.wakeNext();
      return false;
    }
    this.held++;
    return true;
  }

  free(freed?: F): void {
    this.held--;
    this.wakeNext(freed);
  }

  /** Sends away all who wait, and whoever comes. */
  close(): void {
    this.closed = true;
    for (const { wake } of this.waiting.splice(0)) wake();
  }

  private wakeNext(freed?: F): void {
    const [first] = this.waiting;
    const isLate = first === undefined || first.passedOver >= maxPassedOver;
    const suited =
      freed === undefined || isLate ? 0 : this.waiting.findIndex(({ suits }) => suits(freed));
    const chosen = Math.max(suited, 0);
    for (const passed of this.waiting.slice(0, chosen)) passed.passedOver++;
    this.waiting.splice(chosen, 1)[0]?.wake();
  }

  private turn(signal: AbortSignal, suits: (freed: F) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { wake, suits, passedOver: 0 };
      const leave = (): void => {
        const place = this.waiting.indexOf(waiting);
        if (place >= 0) this.waiting.splice(place, 1);
        resolve();
      };
      this.waiting.push(waiting);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
