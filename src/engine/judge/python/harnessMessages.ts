import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { maxTraceEvents } from '../../domain/ports';
import { outcomes } from '../../domain/verdict';

const id = z.string();
const text = z.string().max(4000);
const plain = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
]);

const value = z.string().max(400);
const event = z.object({
  line: z.number().int().positive(),
  function: z.string().max(400).nullable(),
  changed: z.record(z.string().max(400), value),
  returned: value.optional(),
  raised: value.optional(),
});

/** What is told of one program and its tests. */
const aboutOne = [
  z.object({ kind: z.literal('notCompiled'), message: text, line: z.number().nullable() }),
  z.object({ kind: z.literal('crashed'), message: text, line: z.number().nullable() }),
  z.object({ kind: z.literal('unusable'), message: text }),
  z.object({ kind: z.literal('tampered'), message: text }),
  z.object({ kind: z.literal('outOfMemory') }),
  z.object({ kind: z.literal('loaded') }),
  z.object({ kind: z.literal('begin'), id }),
  z.object({
    kind: z.literal('end'),
    id,
    outcome: z.enum([...outcomes, 'unusable']),
    message: text.optional(),
    statement: text.optional(),
    expected: text.optional(),
    actual: text.optional(),
  }),
  z.object({ kind: z.literal('done') }),
] as const;

/** What the Python harness tells. The program shares its process and may write here too. */
const messageSchema = z.discriminatedUnion('kind', [
  ...aboutOne,
  z.object({
    kind: z.literal('screened'),
    index: z.number().int().nonnegative(),
    end: z.enum(['finished', 'timedOut', 'outOfMemory']),
    durationMs: z.number().nonnegative(),
    told: z.array(z.discriminatedUnion('kind', aboutOne)),
  }),
  z.object({ kind: z.literal('lines'), id, lines: z.array(z.number().int().positive()) }),
  z.object({
    kind: z.literal('trace'),
    id,
    events: z.array(event).max(maxTraceEvents),
    omitted: z.number().int().nonnegative(),
  }),
  z.object({
    kind: z.literal('calls'),
    calls: z.array(z.object({ args: plain, kwargs: plain })),
  }),
  z.object({
    kind: z.literal('output'),
    index: z.number().int().nonnegative(),
    value: plain.optional(),
    after: plain.optional(),
    raised: z.string().optional(),
    opaque: z.boolean().optional(),
  }),
]);

export type HarnessMessage = z.infer<typeof messageSchema>;

/** The messages that carry the nonce and have a known form; anything else is dropped. */
export function readHarnessMessages(messages: readonly unknown[], nonce: string): HarnessMessage[] {
  return messages.flatMap((message) => {
    const isOurs =
      typeof message === 'object' &&
      message !== null &&
      'nonce' in message &&
      message.nonce === nonce;
    const parsed = isOurs ? messageSchema.safeParse(message) : null;
    return parsed?.success ? [parsed.data] : [];
  });
}

/**
 * Proof that the program wrote where only the harness writes: a whole message with no nonce or
 * another one. The harness writes each message whole, from one process, with the nonce of its job.
 */
export function strayWrites(messages: readonly unknown[], nonce: string): string | undefined {
  const stray = messages.filter(
    (message) =>
      typeof message !== 'object' ||
      message === null ||
      !('nonce' in message) ||
      message.nonce !== nonce,
  ).length;
  if (stray === 0) return undefined;
  return `the program wrote into the channel of the harness (${String(stray)} messages)`;
}

/** A secret of one job, so that stray writes into the pipe are not taken for results. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}
