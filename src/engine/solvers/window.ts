import type { ChatMessage } from '../domain/chat';
import type { Conversation } from './conversation';

export type CountTokens = (text: string) => number;

/** Tokens that the form of a message takes beside its text. */
const tokensPerMessage = 6;
/** What counting here and counting there may differ by. */
const spare = 1.1;

/** What a model can be sent, and how long its reply may be. */
export interface Fitted {
  readonly conversation: Conversation;
  readonly maxTokens: number;
}

export interface Window {
  /** Tokens of prompt and reply together; null where it is not known. */
  readonly contextTokens: number | null;
  readonly maxReplyTokens: number;
  readonly countTokens: CountTokens;
}

/** Conversations from the whole down to what cannot be left out, and what they are fitted to. */
export interface Sized {
  readonly sizes: readonly Conversation[];
  readonly window: Window;
}

/** Replies are not asked for shorter than this: no program of a task fits. */
const leastReplyTokens = 256;

/** The first of the sizes that leaves room for a reply in the model's context; null where none does. */
export function fitted(sizes: readonly Conversation[], window: Window): Fitted | null {
  const { contextTokens } = window;
  const [whole] = sizes;
  if (contextTokens === null) {
    return whole ? { conversation: whole, maxTokens: window.maxReplyTokens } : null;
  }
  const maxTokens = Math.min(window.maxReplyTokens, Math.floor(contextTokens / 2));
  const room = contextTokens - maxTokens;
  const conversation = sizes.find(
    ({ messages }) => tokensOf(messages, window.countTokens) * spare <= room,
  );
  return conversation ? { conversation, maxTokens } : null;
}

/**
 * What to ask with after an endpoint said that this was too long: fitted to the length that it
 * told, else with less said and a shorter reply. Null where nothing shorter is left.
 */
export function smaller(
  { sizes, window }: Sized,
  sent: Fitted,
  toldTokens: number | null,
): Sized | null {
  if (toldTokens !== null && toldTokens < (window.contextTokens ?? Infinity)) {
    const told = { sizes, window: { ...window, contextTokens: toldTokens } };
    const fit = fitted(sizes, told.window);
    const isShorter =
      fit !== null && (fit.conversation !== sent.conversation || fit.maxTokens < sent.maxTokens);
    if (fit === null || isShorter) return told;
  }
  const rest = sizes.slice(sizes.indexOf(sent.conversation) + 1);
  const maxReplyTokens = Math.max(leastReplyTokens, Math.floor(sent.maxTokens / 2));
  if (rest.length === 0 && maxReplyTokens >= sent.maxTokens) return null;
  const left = rest.length > 0 ? rest : [sent.conversation];
  // What is known of the length was wrong: it is found out by trying.
  return { sizes: left, window: { ...window, contextTokens: null, maxReplyTokens } };
}

function tokensOf(messages: readonly ChatMessage[], countTokens: CountTokens): number {
  return messages.reduce((sum, { content }) => sum + countTokens(content) + tokensPerMessage, 0);
}

/** On the safe side for code in common tokenizers, where none is loaded. */
export function roughTokens(text: string): number {
  return Math.ceil(text.length / 3);
}
