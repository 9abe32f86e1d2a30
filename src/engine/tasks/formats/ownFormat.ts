import { z } from 'zod';
import { taskHash } from '../../domain/hash';
import type { Json, JsonObject } from '../../domain/json';
import { defaultLimits, isOurs, type RunCommand, type Task, type Test } from '../../domain/task';
import { usualCommand } from '../../judge/io/usualCommands';
import { schemaProblem } from '../../files/json';
import type { TaskFormat } from './format';
import { readTest } from './ownTests';

/** The name of a program that nothing calls. */
const defaultEntryPoint = 'main';

const words = z.array(z.string().min(1)).min(1, 'names no command');
const fileName = z
  .string()
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u, 'must be the name of a file, in no folder');
const runSchema = z.union(
  [
    z.strictObject({ file: fileName, compile: words.optional(), command: words }),
    words,
    z.string().regex(/\S/, 'names no command'),
  ],
  { error: 'must be {"file", "compile"?, "command"}, a list of words or a text of them' },
);

/** The keys of a task's line. */
export const taskSchema = z.looseObject({
  id: z.string().min(1),
  language: z.string().min(1),
  prompt: z.string(),
  promptKind: z.enum(['text', 'code']).default('text'),
  entryPoint: z
    .string()
    .regex(/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u, 'must be the name of a function')
    .optional(),
  starter: z.string().optional(),
  support: z.string().optional(),
  reference: z.string().optional(),
  judging: z.enum(['apart', 'together']).optional(),
  run: runSchema.optional(),
  tests: z.array(z.unknown()),
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

/** Our own `*.tasks.jsonl`, one task a line. */
export const ownFormat: TaskFormat = {
  name: 'flywheel',
  roles: 'as each test says, hidden where it says nothing',
  // MultiPL-E has both keys too, with a text for its tests.
  matches: (line) => 'tests' in line && 'language' in line && typeof line['tests'] !== 'string',
  read(line) {
    const parsed = taskSchema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const { language } = data;
    const tests: Test[] = [];
    const ids = new Set<string>();
    const hasReference = data.reference !== undefined;
    for (const [index, line] of data.tests.entries()) {
      const place = `tests[${String(index)}]`;
      const read = readTest(line, { language, hasReference });
      if ('problem' in read) return { problem: `${place}.${read.problem}` };
      const { test } = read;
      if (ids.has(test.id)) return { problem: `${place}.id: ${test.id} stands twice` };
      ids.add(test.id);
      tests.push(test);
    }
    const isCalled = tests.some(({ kind }) => kind !== 'io' && kind !== 'command');
    const entryPoint = data.entryPoint ?? (isCalled ? undefined : defaultEntryPoint);
    if (entryPoint === undefined) return { problem: 'entryPoint: is missing' };
    if (!isOurs(language) && tests.length === 0) {
      return { problem: `language: ${language} is not judged by this version without io tests` };
    }
    const { id, family, source, ...rest } = data;
    const extra: JsonObject = Object.fromEntries<Json | undefined>(
      Object.entries(line).filter(([key]) => !known.has(key)),
    );
    const defining = {
      language,
      prompt: rest.prompt,
      promptKind: rest.promptKind,
      entryPoint,
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
      ...(rest.run === undefined ? {} : { run: runOf(rest.run, language) }),
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

/** Words alone start the file that is usual for the language; it stands among them or not. */
function runOf(run: z.infer<typeof runSchema>, language: string): RunCommand {
  if (typeof run === 'object' && !Array.isArray(run)) {
    const { file, compile, command } = run;
    return { file, command, ...(compile === undefined ? {} : { compile }) };
  }
  const command = typeof run === 'string' ? run.trim().split(/\s+/) : run;
  return { file: usualFile(language), command };
}

const ourFiles: Readonly<Record<string, string>> = {
  python: 'main.py',
  javascript: 'main.js',
  typescript: 'main.ts',
};

function usualFile(language: string): string {
  return ourFiles[language] ?? usualCommand(language)?.file ?? 'main.txt';
}

/** A task as one line of our format. */
export function writeTask(task: Task): string {
  const { hash: _, extra, ...rest } = task;
  return JSON.stringify({ ...rest, ...extra });
}
