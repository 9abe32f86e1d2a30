import * as z from 'zod/mini';
import { maxLessonChars } from '../engine/domain/roundsStory';
import type { FromRounds } from '../viewer/rounds/messages';

const name = z.string().check(z.minLength(1), z.maxLength(600));

const fromRounds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('openTask'), run: name, task: name }),
  z.strictObject({ kind: z.literal('openPart'), run: name }),
  z.strictObject({
    kind: z.literal('answer'),
    question: z.number().check(z.int(), z.gte(1)),
    isYes: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('switchLesson'), lesson: name, isOn: z.boolean() }),
  z.strictObject({
    kind: z.literal('editLesson'),
    lesson: name,
    text: z.string().check(z.minLength(1), z.maxLength(maxLessonChars)),
  }),
  z.strictObject({
    kind: z.literal('command'),
    command: z.enum(['cancel', 'resume', 'more', 'openGoals', 'openNextGoals', 'runNextGoals']),
  }),
]);

/** A message of the page of rounds, or null where it is none of those we know, in every part. */
export function readFromRounds(message: unknown): FromRounds | null {
  const parsed = fromRounds.safeParse(message);
  return parsed.success ? parsed.data : null;
}
