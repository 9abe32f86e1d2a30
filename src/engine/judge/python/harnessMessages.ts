import { randomBytes } from 'node:crypto';
import { z } from 'zod';
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

/** What the Python harness tells. The program shares its process and may write here too. */
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('notCompiled'), message: text, line: z.number().nullable() }),
  z.object({ kind: z.literal('crashed'), message: text, line: z.number().nullable() }),
  z.object({ kind: z.literal('unusable'), message: text }),
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
  z.object({ kind: z.literal('lines'), id, lines: z.array(z.number().int().positive()) }),
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
  z.object({ kind: z.literal('done') }),
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

/** A secret of one job, so that stray writes into the pipe are not taken for results. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}
