import * as z from 'zod/mini';
import { viewerCommands, type FromViewer } from '../viewer/messages';

const run = z.string().check(z.minLength(1), z.maxLength(400));
const task = z.string().check(z.minLength(1), z.maxLength(400));
const sample = z.number().check(z.int(), z.gte(0), z.lte(10_000));
const turn = z.number().check(z.int(), z.gte(1), z.lte(10_000));

const fromViewer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    run: z.nullable(run),
    task: z.nullable(task),
    sample: z.exactOptional(sample),
  }),
  z.strictObject({ kind: z.literal('resync') }),
  z.strictObject({ kind: z.literal('selectRun'), run }),
  z.strictObject({ kind: z.literal('selectTask'), run, task: z.nullable(task) }),
  z.strictObject({ kind: z.literal('selectSample'), run, task, sample }),
  z.strictObject({
    kind: z.literal('openChanges'),
    run,
    task,
    turn,
    sample: z.exactOptional(sample),
  }),
  z.strictObject({
    kind: z.literal('copyProgram'),
    run,
    task,
    turn,
    sample: z.exactOptional(sample),
  }),
  z.strictObject({ kind: z.literal('openCard'), run }),
  z.strictObject({
    kind: z.literal('command'),
    command: z.enum(viewerCommands),
    run: z.nullable(run),
  }),
]);

/** A message of the viewer, or null where it is none of those we know, in every part. */
export function readFromViewer(message: unknown): FromViewer | null {
  const parsed = fromViewer.safeParse(message);
  return parsed.success ? parsed.data : null;
}
