import type { ToldWait } from '../domain/chat';

/** Shorter waits are not told. */
const leastToldMs = 3_000;
/** Calls in flight wait together: one that ends not much later than what was told is not told. */
const sameMs = 2_000;

/** A first answer that takes longer is told. */
const firstAnswerMs = 1_500;

/** Tells a listener what calls wait for, once for all calls that wait. */
export class WaitTeller {
  private toldUntil = 0;
  private isUnreachedTold = false;
  private first: NodeJS.Timeout | null | undefined;

  constructor(private readonly onWait: ((wait: ToldWait) => void) | undefined) {}

  waits(reason: string, waitMs: number): void {
    const until = Date.now() + waitMs;
    if (waitMs <= leastToldMs || until < this.toldUntil + sameMs) return;
    this.toldUntil = until;
    this.onWait?.({ kind: 'busy', reason, waitMs, until });
  }

  /** Nothing answers at the address: told at once, and once until something does. */
  unreached(reason: string, waitMs: number): void {
    if (this.isUnreachedTold) return;
    this.isUnreachedTold = true;
    this.onWait?.({ kind: 'unreached', reason, waitMs, until: Date.now() + waitMs });
  }

  /** A call was sent: where it is the first, that its answer is waited for is told after a while. */
  sent(reason: string): void {
    if (this.first !== undefined) return;
    this.first = setTimeout(() => {
      this.onWait?.({ kind: 'first', reason, waitMs: null, until: null });
    }, firstAnswerMs);
    this.first.unref();
  }

  /** Something came, or nothing more is waited for. */
  heard(): void {
    clearTimeout(this.first ?? undefined);
    this.first = null;
    this.isUnreachedTold = false;
  }
}
