import { createRequire } from 'node:module';
import path from 'node:path';
import type { ChatMessage } from '../domain/chat';

/** Texts longer than this are not read by the tokenizer; they are estimated. */
const mostCharsRead = 200_000;
/** Longer runs of one kind, letters or spaces, take the tokenizer time with their square. */
const mostCharsInRun = 400;
/** What a chat template puts around a message, and before the reply. */
const tokensPerMessage = 4;
const tokensBeforeReply = 3;
/** A count is never corrected by more: what an endpoint tells may be wrong. */
const mostCorrection = 2;

export interface TokenCounter {
  /** Tokens of a text by o200k_base, whatever the model; an estimate for models of others. */
  text(text: string): number;
  /** Tokens of a prompt, corrected by what the endpoint told of earlier ones. */
  prompt(messages: readonly ChatMessage[]): number;
  /** Fewer tokens than this no tokenizer makes of a text: half of the count. */
  least(text: string): number;
  /** The same counts of a prompt, all at once: of long prompts they take time. */
  countPrompt(messages: readonly ChatMessage[]): PromptCount;
  /** Learns from what an endpoint told: other tokenizers make more of the same text. */
  told(counted: number, promptTokens: number): void;
}

export interface PromptCount {
  /** By the tokenizer here, uncorrected. */
  readonly counted: number;
  /** Corrected by what the endpoint told of earlier prompts. */
  readonly corrected: number;
  readonly least: number;
}

type CountTokens = (text: string) => number;

/** Loads the tokenizer that stands beside the assets, once per process. */
export function loadTokenCounter(assetsFolder: string): TokenCounter {
  loaded ??= (
    createRequire(path.resolve(assetsFolder, '..', 'tokenizer.js'))(
      path.resolve(assetsFolder, '..', 'tokenizer.js'),
    ) as { countTokens: CountTokens }
  ).countTokens;
  return new CorrectedCounter(loaded);
}

let loaded: CountTokens | undefined;

class CorrectedCounter implements TokenCounter {
  private correction = 1;

  constructor(private readonly count: CountTokens) {}

  text(text: string): number {
    return isRead(text) ? this.count(text) : estimate(text);
  }

  prompt(messages: readonly ChatMessage[]): number {
    return this.countPrompt(messages).corrected;
  }

  least(text: string): number {
    return leastOf(text, this.text(text));
  }

  countPrompt(messages: readonly ChatMessage[]): PromptCount {
    let counted = tokensBeforeReply;
    let least = 0;
    for (const { content } of messages) {
      const ofText = this.text(content);
      counted += ofText + tokensPerMessage;
      least += leastOf(content, ofText);
    }
    return { counted, corrected: Math.ceil(counted * this.correction), least };
  }

  told(counted: number, promptTokens: number): void {
    const ratio = promptTokens / counted;
    this.correction = Math.min(mostCorrection, Math.max(this.correction, ratio));
  }
}

/** Half of a count; of an estimate a quarter, with runs of one character taken as short. */
function leastOf(text: string, counted: number): number {
  if (isRead(text)) return Math.floor(counted / 2);
  return Math.floor(estimate(text.replace(repeated, '$1')) / 4);
}

const repeated = /(.)\1{15,}/gsu;

/** More than is likely: one token for each three bytes. */
function estimate(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 3);
}

/** By hand: an expression would go over each run once for each of its characters. */
function hasLongRun(text: string): boolean {
  if (text.length <= mostCharsInRun) return false;
  let length = 0;
  let wasSpace = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isSpace = code <= 32 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a);
    length = isSpace === wasSpace ? length + 1 : 1;
    if (length >= mostCharsInRun) return true;
    wasSpace = isSpace;
  }
  return false;
}

function isRead(text: string): boolean {
  return text.length <= mostCharsRead && !hasLongRun(text);
}
