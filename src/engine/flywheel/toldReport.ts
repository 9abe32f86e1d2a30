import { z } from 'zod';

const maxSteps = 50;
const maxSurvivors = 500;
const text = z.string().max(10_000);
const count = z.number().int().min(0);

/** A report of the gate as a line tells it: written by anybody, so nothing of it is taken unread. */
const schema = z.object({
  state: z.enum(['admitted', 'trainingOnly', 'rejected']),
  reason: text.optional(),
  steps: z
    .array(z.object({ step: text, outcome: z.enum(['passed', 'failed', 'skipped']), saw: text }))
    .max(maxSteps)
    .default([]),
  mutation: z
    .object({
      score: z.number().min(0).max(1),
      survivors: z
        .array(
          z.object({
            line: count,
            operator: text,
            note: text,
            told: z.object({ call: text, expected: text, actual: text }).optional(),
          }),
        )
        .max(maxSurvivors)
        .default([]),
    })
    .optional(),
  droppedTests: z.array(text).default([]),
  difficulty: z.object({ solver: text, solved: count, samples: count }).optional(),
});

/** What the `gate` key of a line says; null where it says nothing that can be read. */
export function toldReport(value: unknown): z.infer<typeof schema> | null {
  const read = schema.safeParse(value);
  return read.success ? read.data : null;
}
