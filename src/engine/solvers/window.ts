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

/** The first of the sizes that leaves room for a reply in the model's context; null where none does. */
export function fitted(
  sizes: readonly Conversation[],
  window: {
    readonly contextTokens: number | null;
    readonly maxReplyTokens: number;
    readonly countTokens: CountTokens;
  },
): Fitted | null {
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

function tokensOf(messages: readonly ChatMessage[], countTokens: CountTokens): number {
  return messages.reduce((sum, { content }) => sum + countTokens(content) + tokensPerMessage, 0);
}

/** On the safe side for code in common tokenizers, where none is loaded. */
export function roughTokens(text: string): number {
  return Math.ceil(text.length / 3);
}
