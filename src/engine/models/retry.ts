import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

export interface RetrySettings {
  /** Tries in all where an endpoint is broken. */
  readonly triesWhenBroken: number;
  /** Tries in all where nothing answers at the address, and never did. */
  readonly triesWhenUnreached: number;
  /** Tries in all where it is at its limit: it will have room again. */
  readonly triesWhenBusy: number;
  readonly firstWaitMs: number;
  readonly mostWaitMs: number;
  /** An endpoint that asks for a longer wait is taken for unavailable. */
  readonly longestAskedMs: number;
}

export const usualRetry: RetrySettings = {
  triesWhenBroken: 5,
  triesWhenUnreached: 3,
  triesWhenBusy: 20,
  firstWaitMs: 500,
  mostWaitMs: 20_000,
  longestAskedMs: 10 * 60_000,
};

/** Another reply may be of use; a third is seldom of more. */
const triesWhenUnusable = 2;

/** Counts the tries of one call. This is the one place that decides on trying again. */
export class Tries {
  private broken = 0;
  private busy = 0;
  private unusable = 0;

  constructor(private readonly settings: RetrySettings) {}

  /**
   * Milliseconds to wait before the next try (exponential, full jitter), or null: give up.
   * `wasReached`: some call of this sitting was answered at the address; `never`: others gave up.
   */
  waitMsAfter(fault: Fault, wasReached: boolean | 'never' = true): number | null {
    if (fault.kind === 'broken' && fault.isUnreached === true && wasReached !== true) {
      if (wasReached === 'never') return null;
      return this.next(++this.broken, this.settings.triesWhenUnreached, null);
    }
    switch (fault.kind) {
      case 'busy':
        return this.next(++this.busy, this.settings.triesWhenBusy, fault.waitMs);
      case 'broken':
        return this.next(++this.broken, this.settings.triesWhenBroken, fault.waitMs);
      case 'unusable':
        return this.next(++this.unusable, triesWhenUnusable, null);
      case 'final':
      case 'refused':
        return null;
    }
  }

  private next(tried: number, most: number, askedMs: number | null): number | null {
    if (tried >= most || (askedMs ?? 0) > this.settings.longestAskedMs) return null;
    const { firstWaitMs, mostWaitMs } = this.settings;
    const window = Math.min(mostWaitMs, firstWaitMs * 2 ** (tried - 1));
    return Math.max(askedMs ?? 0, window / 2 + (Math.random() * window) / 2);
  }
}

/** Waits; false when the signal is aborted first. */
export async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
