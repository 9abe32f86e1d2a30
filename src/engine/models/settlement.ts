import type { ChatUsage } from '../domain/chat';
import type { AttemptEnd } from './attempt';
import type { Excess } from './experience';
import { costNanoUsd, nanoPerUsd, type Price } from './prices';
import { nothing, type Spend } from './spend';
import type { TokenCounter } from './tokens';

/** What decides what a request costs. */
export interface Call {
  /** Of the prompt, as counted here. */
  readonly countedTokens: number;
  /** The same, corrected by what the endpoint told of earlier prompts. */
  readonly promptTokens: number;
  /** An endpoint that tells fewer for this prompt is not believed. */
  readonly leastPromptTokens: number;
  readonly maxTokens: number;
  readonly choices: number;
  readonly price: Price | null;
  /** What earlier calls passed their bounds by. */
  readonly excess: Excess;
}

export interface Settlement {
  readonly spend: Spend;
  readonly usage: ChatUsage;
}

/** Counts are not exact for models of others. */
const spare = 1.1;

/**
 * What a request can use at most: the prompt and a tenth, and every token of every reply, each
 * times the most by which an earlier call passed it.
 */
export function mostSpend(call: Call): Spend {
  const usage = mostUsage(call);
  const nanoUsd = costNanoUsd(call.price, usage);
  return {
    ...nothing,
    nanoUsd: Math.ceil((nanoUsd ?? 0) * call.excess.money),
    tokens: usage.promptTokens + usage.completionTokens,
    calls: 1,
    unpricedCalls: nanoUsd === null ? 1 : 0,
  };
}

function mostUsage({ countedTokens, maxTokens, choices, excess }: Call) {
  return {
    promptTokens: Math.ceil(countedTokens * excess.prompt * spare),
    completionTokens: Math.ceil(maxTokens * choices * excess.reply),
  };
}

/**
 * What a request used: as the endpoint told; counted where it did not, or told what cannot be
 * (less than half of the count here); all that was reserved where nobody can know. The money is
 * the larger of what was told and what the price comes to.
 */
export function settlement(call: Call, end: AttemptEnd, tokens: TokenCounter): Settlement {
  if (end.kind === 'fault' && end.billed === 'nothing') return settled(call, 0, 0, null, false);
  const told = end.kind === 'stopped' ? null : end.usage;
  const isHidden = end.kind !== 'whole' && end.billed === 'unknown' && told === null;
  if (isHidden) {
    const { promptTokens, completionTokens } = mostUsage(call);
    return settled(call, promptTokens, completionTokens, null, true);
  }
  const isPromptTold =
    told !== null && told.promptTokens > 0 && told.promptTokens >= call.leastPromptTokens;
  const isReplyTold = told !== null && isBelieved(told.completionTokens, end.received, tokens);
  return settled(
    call,
    isPromptTold ? told.promptTokens : call.promptTokens,
    isReplyTold ? told.completionTokens : tokens.text(end.received),
    told?.costUsd ?? null,
    !isPromptTold || !isReplyTold,
  );
}

function isBelieved(toldTokens: number, received: string, tokens: TokenCounter): boolean {
  if (received === '') return true;
  // No text has more tokens than bytes: such a number needs no count.
  if (toldTokens * 2 >= Buffer.byteLength(received, 'utf8')) return true;
  return toldTokens > 0 && toldTokens >= tokens.least(received);
}

/** The sums over requests; the money is null where the price of any is not known. */
export function sumOf(all: readonly Settlement[]): { usage: ChatUsage; nanoUsd: number | null } {
  const sum = (of: (item: Settlement) => number): number =>
    all.reduce((total, item) => total + of(item), 0);
  const isUnpriced = all.some(({ spend }) => spend.unpricedCalls > 0);
  return {
    usage: {
      promptTokens: sum(({ usage }) => usage.promptTokens),
      completionTokens: sum(({ usage }) => usage.completionTokens),
      estimated: all.some(({ usage }) => usage.estimated),
    },
    nanoUsd: isUnpriced ? null : sum(({ spend }) => spend.nanoUsd),
  };
}

function settled(
  call: Call,
  promptTokens: number,
  completionTokens: number,
  toldUsd: number | null,
  estimated: boolean,
): Settlement {
  const usage = { promptTokens, completionTokens, estimated };
  const byPrice = costNanoUsd(call.price, usage);
  const byRouter = toldUsd === null ? null : Math.ceil(toldUsd * nanoPerUsd - 1e-3);
  const nanoUsd =
    byPrice === null || byRouter === null ? (byPrice ?? byRouter) : Math.max(byPrice, byRouter);
  const isFree = promptTokens + completionTokens === 0;
  return {
    usage,
    spend: {
      ...nothing,
      nanoUsd: nanoUsd ?? 0,
      tokens: promptTokens + completionTokens,
      calls: 1,
      unpricedCalls: nanoUsd === null && !isFree ? 1 : 0,
    },
  };
}
