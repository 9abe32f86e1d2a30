import type { CallStory } from '../domain/view';
import type { callsOf } from '../journal/questions';

const maxReplyShown = 20_000;

/** A model call as people read it, its texts cut for show. */
export function callStory({ kind, record }: ReturnType<typeof callsOf>[number]): CallStory {
  const { model, prompt, choices, refused, usage, costUsd } = record;
  return {
    kind,
    model,
    prompt,
    replies: choices.map(({ text, reasoning }) => ({
      text: text.slice(0, maxReplyShown),
      ...(reasoning === undefined ? {} : { reasoning: reasoning.slice(0, maxReplyShown) }),
    })),
    ...(refused === undefined ? {} : { refused }),
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    costUsd,
  };
}
