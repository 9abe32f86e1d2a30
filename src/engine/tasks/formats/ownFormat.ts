import { z } from 'zod';
import { taskHash } from '../../domain/hash';
import type { Json, JsonObject } from '../../domain/json';
import { defaultLimits, languages, type Task, type Test } from '../../domain/task';
import type { TaskFormat } from './format';

const testSchema = z.looseObject({
  id: z.string().min(1),
  role: z.enum(['visible', 'hidden']).optional(),
  kind: z.string(),
  source: z.string().optional(),
});

const taskSchema = z.looseObject({
  id: z.string().min(1),
  language: z.string(),
  prompt: z.string(),
  promptKind: z.enum(['text', 'code']).default('text'),
  entryPoint: z
    .string()
    .regex(/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u, 'must be the name of a function'),
  starter: z.string().optional(),
  support: z.string().optional(),
  reference: z.string().optional(),
  judging: z.enum(['apart', 'together']).optional(),
  tests: z.array(testSchema),
  limits: z
    .object({
      timeoutMs: z.number().int().min(10).max(3_600_000).default(defaultLimits.timeoutMs),
      memoryMb: z.number().int().min(16).max(1_048_576).default(defaultLimits.memoryMb),
      cpuMs: z.number().int().min(10).max(3_600_000).optional(),
    })
    .default(defaultLimits),
  family: z.string().min(1).optional(),
  source: z
    .looseObject({
      name: z.string().default('unknown'),
      license: z.string().nullable().default(null),
      maker: z.string().default('unknown'),
      parent: z.string().nullable().default(null),
    })
    .optional(),
});

const known = new Set(Object.keys(taskSchema.shape));
const judged = ['assert', 'check'];

/** Our own `*.tasks.jsonl`, one task a line. */
export const ownFormat: TaskFormat = {
  name: 'flywheel',
  matches: (line) => 'tests' in line && 'entryPoint' in line,
  read(line) {
    const parsed = taskSchema.safeParse(line);
    if (!parsed.success) return { problem: problemOf(parsed.error) };
    const { data } = parsed;
    const language = languages.find((name) => name === data.language);
    if (!language) {
      return { problem: `language: ${data.language} is not judged by this version` };
    }
    const tests: Test[] = [];
    const ids = new Set<string>();
    for (const [index, test] of data.tests.entries()) {
      const place = `tests[${String(index)}]`;
      if (!judged.includes(test.kind)) {
        return { problem: `${place}.kind: ${test.kind} is not judged by this version` };
      }
      if (test.source === undefined) return { problem: `${place}.source: is missing` };
      if (ids.has(test.id)) return { problem: `${place}.id: ${test.id} stands twice` };
      ids.add(test.id);
      const { id, source, role = 'hidden' } = test;
      tests.push({ id, source, role, kind: test.kind === 'check' ? 'check' : 'assert' });
    }
    const { id, family, source, ...rest } = data;
    const extra: JsonObject = Object.fromEntries<Json | undefined>(
      Object.entries(line).filter(([key]) => !known.has(key)),
    );
    const defining = {
      language,
      prompt: rest.prompt,
      promptKind: rest.promptKind,
      entryPoint: rest.entryPoint,
      tests,
      limits: {
        timeoutMs: rest.limits.timeoutMs,
        memoryMb: rest.limits.memoryMb,
        ...(rest.limits.cpuMs === undefined ? {} : { cpuMs: rest.limits.cpuMs }),
      },
      ...(rest.starter === undefined ? {} : { starter: rest.starter }),
      ...(rest.support === undefined ? {} : { support: rest.support }),
      ...(rest.reference === undefined ? {} : { reference: rest.reference }),
      ...(rest.judging === undefined ? {} : { judging: rest.judging }),
    };
    const task: Task = {
      ...defining,
      id,
      hash: taskHash(defining),
      family: family ?? id,
      source: source
        ? ({ ...source } as unknown as Task['source'])
        : { name: 'unknown', license: null, maker: 'unknown', parent: null },
      ...(Object.keys(extra).length > 0 ? { extra } : {}),
    };
    return { task };
  },
};

/** A task as one line of our format. */
export function writeTask(task: Task): string {
  const { hash: _, extra, ...rest } = task;
  return JSON.stringify({ ...rest, ...extra });
}

export function problemOf(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return 'is not a task';
  const place = first.path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return place === '' ? first.message : `${place}: ${first.message}`;
}
