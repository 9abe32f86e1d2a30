import { z } from 'zod';
import type { Json } from '../../domain/json';
import { isOurs, type LanguageName, type Test } from '../../domain/task';
import { schemaProblem } from '../../files/json';

const maxInputs = 1000;
const maxExampleDepth = 200;

const head = {
  id: z.string().min(1),
  role: z.enum(['visible', 'hidden']).default('hidden'),
};
const codeSchema = z.looseObject({
  ...head,
  kind: z.enum(['assert', 'check']),
  source: z.string({ error: 'is missing' }),
});
const ioSchema = z.looseObject({
  ...head,
  kind: z.literal('io'),
  stdin: z.string({ error: 'must be a text' }).default(''),
  stdout: z.string({ error: 'is missing, or no text' }),
  compare: z
    .union(
      [
        z.enum(['exact', 'tokens']),
        z.strictObject({ tolerance: z.number().min(0).max(Number.MAX_VALUE) }),
      ],
      { error: 'must be "exact", "tokens" or {"tolerance": a number from 0 up}' },
    )
    .optional(),
});
const encoded = z.custom<Json>(isEncoded, {
  error: 'must be data with types named, as {"$": "tuple", "v": […]}',
});
const differentialSchema = z.looseObject({
  ...head,
  kind: z.literal('differential'),
  seed: z.number().int().default(1),
  inputs: z.number().int().min(1).max(maxInputs),
  examples: z
    .array(
      z.strictObject({
        args: z.array(encoded),
        // No names: a task may write none of the ways in which that is said.
        kwargs: encoded.or(z.strictObject({})).default(null),
      }),
    )
    .min(1, 'needs at least one call to start from'),
});
const commandSchema = z.looseObject({
  ...head,
  kind: z.literal('command'),
  command: z.array(z.string().min(1)).min(1, 'names no command'),
  mustPass: z.array(z.string().min(1)).default([]),
});
/** The keys of a test, by its kind. */
export const testSchemas = {
  assert: codeSchema,
  check: codeSchema,
  io: ioSchema,
  differential: differentialSchema,
  command: commandSchema,
};
const kindSchema = z.looseObject({ kind: z.string() });

/** One test of a task's line; a problem names the key and what is wrong with it. */
export function readTest(
  line: unknown,
  task: { readonly language: LanguageName; readonly hasReference: boolean },
): { readonly test: Test } | { readonly problem: string } {
  const kind = kindSchema.safeParse(line);
  if (!kind.success) return { problem: schemaProblem(kind.error) };
  if (calling.has(kind.data.kind) && !isOurs(task.language)) {
    return { problem: `kind: programs in ${task.language} are judged by io tests alone` };
  }
  switch (kind.data.kind) {
    case 'assert':
    case 'check':
      return readWith(codeSchema, line, ({ id, role, source, kind: which }) => ({
        ...{ id, source, role },
        kind: which,
      }));
    case 'io':
      return readWith(ioSchema, line, ({ id, role, stdin, stdout, compare }) => ({
        ...{ kind: 'io', id, role, stdin, stdout },
        ...(compare === undefined ? {} : { compare }),
      }));
    case 'differential':
      return readWith(differentialSchema, line, (data) => {
        const { id, role, seed, inputs, examples } = data;
        if (role === 'visible') return 'role: differential tests are hidden';
        if (!task.hasReference) return 'kind: differential needs the reference of the task';
        return { kind: 'differential', id, role, seed, inputs, examples: examples.map(asCall) };
      });
    case 'command':
      return readWith(commandSchema, line, ({ id, role, command, mustPass }) =>
        role === 'visible'
          ? 'role: command tests are hidden'
          : { kind: 'command', id, role, command, mustPass },
      );
    default:
      return { problem: `kind: ${kind.data.kind} is not judged by this version` };
  }
}

/** Kinds that call the program, which only languages of ours can. */
const calling: ReadonlySet<string> = new Set<Test['kind']>(['assert', 'check', 'differential']);

function readWith<S extends z.ZodType>(
  schema: S,
  line: unknown,
  make: (data: z.infer<S>) => Test | string,
): { readonly test: Test } | { readonly problem: string } {
  const parsed = schema.safeParse(line);
  if (!parsed.success) return { problem: schemaProblem(parsed.error) };
  const made = make(parsed.data);
  return typeof made === 'string' ? { problem: made } : { test: made };
}

function asCall({ args, kwargs }: { readonly args: Json[]; readonly kwargs: Json }): {
  readonly args: Json;
  readonly kwargs: Json;
} {
  return { args, kwargs };
}

/** What the judge's codecs write: JSON in which every object names its type. */
function isEncoded(value: unknown, depth = 0): boolean {
  if (depth > maxExampleDepth) return false;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((item) => isEncoded(item, depth + 1));
  if (typeof value !== 'object' || !('$' in value) || typeof value.$ !== 'string') return false;
  return !('v' in value) || isEncoded(value.v, depth + 1);
}
