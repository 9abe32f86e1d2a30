import type { ToldWait } from '../domain/chat';

/** Shorter waits are not told. */
const leastToldMs = 3_000;
/** Calls in flight wait together: one that ends not much later than what was told is not told. */
const sameMs = 2_000;

/** Tells a listener of long waits for an endpoint at its limit, once for all calls that wait. */
export class WaitTeller {
  private toldUntil = 0;

  constructor(private readonly onWait: ((wait: ToldWait) => void) | undefined) {}

  waits(reason: string, waitMs: number): void {
    const until = Date.now() + waitMs;
    if (waitMs <= leastToldMs || until < this.toldUntil + sameMs) return;
    this.toldUntil = until;
    this.onWait?.({ reason, waitMs, until });
  }
}
