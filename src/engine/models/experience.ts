import { costNanoUsd } from './prices';
import type { Call, Settlement } from './settlement';

/**
 * By how much calls passed what was expected of them: factors of 1 or more, without a bound above.
 * The prompt against its count here, the reply against `maxTokens`, the money against the price.
 */
export interface Excess {
  readonly prompt: number;
  readonly reply: number;
  readonly money: number;
}

/** More that fail one after the other say that the endpoint fails, not the requests. */
const mostFailuresInRow = 3;

export const noExcess: Excess = { prompt: 1, reply: 1, money: 1 };

/** Ends a turn, once. `isSettled`: the call was whole, or the endpoint told what it used. */
export type EndTurn = (isSettled: boolean) => void;

/** What the calls of one opened model have shown of its endpoint. It only ever grows. */
export class Experience {
  private answers = 0;
  /** Requests given up since the last answer. */
  private failuresInRow = 0;
  private excess_ = noExcess;
  private isGivenUp = false;
  /** The one call in flight, while nothing is known of what calls use. */
  private probe: Promise<void> | null = null;

  /** `isBounded`: a budget in tokens or money stands, so the first call goes alone. */
  constructor(private isBounded: boolean) {}

  /** Whether any call was answered as a whole. */
  get hasAnswered(): boolean {
    return this.answers > 0;
  }

  /** How many calls were answered by now. */
  get answered(): number {
    return this.answers;
  }

  /** Whether anything ever answered at the address; `never` once a call has given it up. */
  get wasReached(): boolean | 'never' {
    if (this.answers > 0) return true;
    return this.isGivenUp ? 'never' : false;
  }

  /** Nothing answered in all the tries of a call. */
  gaveUp(): void {
    this.isGivenUp = true;
  }

  /** Something answered, be it a refusal. */
  reached(): void {
    this.isGivenUp = false;
  }

  gaveAnswer(): void {
    this.answers++;
    this.failuresInRow = 0;
  }

  /**
   * Whether a request that failed in all its tries did so while the endpoint works for others:
   * some were answered meanwhile, or before and only a few have failed since.
   */
  worksForOthers(answeredBefore: number): boolean {
    this.failuresInRow++;
    if (this.answers > answeredBefore) return true;
    return this.answers > 0 && this.failuresInRow <= mostFailuresInRow;
  }

  get excess(): Excess {
    return this.excess_;
  }

  /** Waits while another call is the probe; null when the signal is aborted first. */
  async turn(signal: AbortSignal): Promise<EndTurn | null> {
    while (this.isBounded && this.probe !== null && !signal.aborted) {
      await endOf(this.probe, signal);
    }
    if (signal.aborted) return null;
    if (!this.isBounded) return () => undefined;
    let free: () => void = () => undefined;
    this.probe = new Promise((resolve) => (free = resolve));
    return (isSettled) => {
      if (isSettled) this.isBounded = false;
      this.probe = null;
      free();
    };
  }

  /** Later calls reserve by the worst that was seen. */
  learn(call: Call, { usage, spend }: Settlement): void {
    const { prompt, reply, money } = this.excess_;
    const expected = costNanoUsd(call.price, usage);
    this.excess_ = {
      prompt: Math.max(prompt, usage.promptTokens / call.countedTokens),
      reply: Math.max(reply, usage.completionTokens / (call.maxTokens * call.choices)),
      // Without a price, or with a price of nothing, there is nothing to compare with.
      money:
        expected === null || expected === 0 ? money : Math.max(money, spend.nanoUsd / expected),
    };
  }
}

async function endOf(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = (): void => {
      signal.removeEventListener('abort', go);
      resolve();
    };
    signal.addEventListener('abort', go, { once: true });
    void turn.then(go);
  });
}
