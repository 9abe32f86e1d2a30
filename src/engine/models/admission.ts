/** What a person bounds at an endpoint. What is left out is found out by trying. */
export interface RateLimits {
  /** Calls in flight at most. */
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  /** Of prompts and replies together, as reserved. */
  readonly tokensPerMinute?: number;
}

export interface Permit {
  /** Gives the place back, once, and says how the call went. */
  leave(how: CallEnd): void;
}

export type CallEnd =
  | { readonly kind: 'answered' }
  /** The endpoint is at its limit: fewer calls from now on, none for a while where it said so. */
  | { readonly kind: 'busy'; readonly waitMs: number }
  | { readonly kind: 'other' };

interface Waiting {
  readonly tokens: number;
  readonly enter: (permit: Permit) => void;
  isGone: boolean;
}

/** A burst of as much as this many seconds of a rate allow is let through at once. */
const burstSeconds = 5;
/** One pause at most: what asks for longer is tried again after it. */
export const longestPauseMs = 60_000;

/**
 * Lets calls to one endpoint in, first come first served. The bound on calls in flight adapts as
 * TCP's does (AIMD with slow start, RFC 5681): it doubles while all goes well, is halved when the
 * endpoint is busy, once for all calls that were then in flight, and grows by one from then on.
 */
export class Admission {
  private limit: number;
  private isSlowStart = true;
  private inFlight = 0;
  private pausedUntil = 0;
  private halvedAt = 0;
  private queue: Waiting[] = [];
  private served = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly most: number;
  private readonly requests: Bucket;
  private readonly tokens: Bucket;

  constructor(
    concurrency: { readonly start: number; readonly most: number },
    limits: RateLimits = {},
    private readonly now: () => number = () => performance.now(),
  ) {
    this.most = limits.concurrency ?? concurrency.most;
    this.limit = Math.min(concurrency.start, this.most);
    this.requests = new Bucket(limits.requestsPerMinute, now());
    this.tokens = new Bucket(limits.tokensPerMinute, now());
  }

  /** Calls that may be in flight at present. */
  get width(): number {
    return Math.max(1, Math.floor(this.limit));
  }

  /** Waits for a place; null when the signal is aborted first. */
  enter(tokens: number, signal: AbortSignal): Promise<Permit | null> {
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        tokens,
        isGone: false,
        enter: (permit) => {
          signal.removeEventListener('abort', leave);
          resolve(permit);
        },
      };
      const leave = (): void => {
        waiting.isGone = true;
        resolve(null);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.queue.push(waiting);
      this.serve();
    });
  }

  /** The endpoint said that nothing is left for so long. */
  pause(waitMs: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + Math.min(waitMs, longestPauseMs));
  }

  private serve(): void {
    const now = this.now();
    while (this.served < this.queue.length && this.inFlight < this.width) {
      const next = this.queue[this.served];
      if (next === undefined || next.isGone) {
        this.served++;
        continue;
      }
      const waitMs = Math.max(
        this.pausedUntil - now,
        this.requests.waitMs(1, now),
        this.tokens.waitMs(next.tokens, now),
      );
      if (waitMs > 0) return this.serveAfter(waitMs);
      this.served++;
      this.requests.take(1);
      this.tokens.take(next.tokens);
      this.inFlight++;
      next.enter(this.permit(now));
    }
    if (this.served > 1_000 || this.served === this.queue.length) {
      this.queue = this.queue.slice(this.served);
      this.served = 0;
    }
  }

  private permit(enteredAt: number): Permit {
    let isLeft = false;
    return {
      leave: (how) => {
        if (isLeft) return;
        isLeft = true;
        this.inFlight--;
        this.adapt(how, enteredAt);
        this.serve();
      },
    };
  }

  private adapt(how: CallEnd, enteredAt: number): void {
    switch (how.kind) {
      case 'answered':
        this.limit = Math.min(this.most, this.limit + (this.isSlowStart ? 1 : 1 / this.limit));
        return;
      case 'busy':
        this.isSlowStart = false;
        this.pause(how.waitMs);
        if (enteredAt < this.halvedAt) return;
        this.limit = Math.max(1, this.limit / 2);
        this.halvedAt = this.now();
        return;
      case 'other':
        return;
    }
  }

  private serveAfter(waitMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.serve(), Math.ceil(waitMs));
  }
}

/** A token bucket: a rate per minute, with a burst. A single larger amount waits for a full one. */
class Bucket {
  private readonly perMs: number;
  private readonly size: number;
  private level: number;

  constructor(
    perMinute: number | undefined,
    private at: number,
  ) {
    this.perMs = (perMinute ?? Infinity) / 60_000;
    this.size = Math.max(1, this.perMs * burstSeconds * 1000);
    this.level = this.size;
  }

  /** Milliseconds until the amount is there. */
  waitMs(amount: number, now: number): number {
    if (this.perMs === Infinity) return 0;
    this.level = Math.min(this.size, this.level + (now - this.at) * this.perMs);
    this.at = now;
    return Math.max(0, (Math.min(amount, this.size) - this.level) / this.perMs);
  }

  take(amount: number): void {
    if (this.perMs !== Infinity) this.level -= amount;
  }
}
