import type { Budgets } from './budgets';
import { costNanoUsd } from './prices';
import type { Call } from './settlement';
import { nothing } from './spend';
import type { TokenCounter } from './tokens';

/** More is reserved in steps of this part of what was asked for. */
const stepOfAsked = 0.1;
/** Text is counted again after so many characters at least, and this part of the tokens asked for. */
const leastStepChars = 32;
const leastStepOfAsked = 0.02;
/** No text has more tokens than bytes of UTF-8, and no UTF-16 unit more bytes. */
const bytesPerChar = 3;

/**
 * Counts a reply while it streams in. What it takes beyond its reservation is reserved in steps;
 * where the budgets have no room for a step, or where the text is more than `maxTokens` tokens by
 * any tokenizer, the reply has passed its bound and is to be cut.
 */
export class ReplyMeter {
  private readonly askedTokens: number;
  private reservedTokens: number;
  private countAgainAtChars: number;
  private readonly steps: { settle(): void }[] = [];

  constructor(
    private readonly call: Call,
    private readonly budgets: Budgets,
    private readonly tokens: TokenCounter,
  ) {
    this.askedTokens = call.maxTokens * call.choices;
    this.reservedTokens = Math.ceil(this.askedTokens * call.excess.reply);
    this.countAgainAtChars = this.askedTokens / bytesPerChar;
  }

  /** Something has come; `received` gives all of the text. True where it has passed its bound. */
  isPassed(receivedChars: number, received: () => string): boolean {
    if (receivedChars <= this.countAgainAtChars) return false;
    const text = received();
    const count = this.tokens.text(text);
    if (count > this.askedTokens && this.tokens.least(text) > this.askedTokens) return true;
    while (count > this.reservedTokens) {
      if (!this.reserveStep(count)) return true;
    }
    const leftChars = (this.reservedTokens - count) / bytesPerChar;
    const leastChars = Math.max(leastStepChars, this.askedTokens * leastStepOfAsked);
    this.countAgainAtChars = receivedChars + Math.max(leftChars, leastChars);
    return false;
  }

  /** Gives the steps back, after the call itself is settled. */
  close(): void {
    for (const step of this.steps.splice(0)) step.settle();
  }

  private reserveStep(count: number): boolean {
    const { call } = this;
    const completionTokens = Math.max(
      Math.ceil(this.askedTokens * stepOfAsked),
      count - this.reservedTokens,
    );
    const nanoUsd = costNanoUsd(call.price, { promptTokens: 0, completionTokens }) ?? 0;
    const need = {
      ...nothing,
      tokens: completionTokens,
      nanoUsd: Math.ceil(nanoUsd * call.excess.money),
    };
    const step = this.budgets.more(need);
    if (!step) return false;
    this.steps.push(step);
    this.reservedTokens += completionTokens;
    return true;
  }
}
