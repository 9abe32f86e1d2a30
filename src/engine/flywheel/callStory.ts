import type { AttemptRecord } from '../domain/records';
import type { AttemptStory, CallStory } from '../domain/view';
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

const maxPartShown = 2_000;

/** A request that brought no usable reply, as people read it. */
export function attemptStory(record: AttemptRecord): AttemptStory {
  const { call, end, status, reason, body, partial, durationMs, usage, costUsd } = record;
  return {
    kind: call,
    ...{ end, status, reason, durationMs, costUsd, decision: record.decision },
    ...(record.waitMs === undefined ? {} : { waitMs: record.waitMs }),
    ...(body === undefined ? {} : { body: body.slice(0, maxPartShown) }),
    ...(partial === undefined ? {} : { partial: partial.slice(0, maxPartShown) }),
    tokens: usage === null ? null : usage.promptTokens + usage.completionTokens,
  };
}
