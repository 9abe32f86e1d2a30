import { z } from 'zod';
import type { Test, TestRole } from '../../domain/task';
import { jsonOf, schemaProblem } from '../../files/json';
import { importedTask, type TaskFormat } from './format';
import { pythonExpression } from './rawMembers';

const schema = z.looseObject({
  question_title: z.string().default(''),
  question_content: z.string(),
  platform: z.string().default('unknown'),
  question_id: z.union([z.string().min(1), z.number()]),
  contest_date: z.string().optional(),
  starter_code: z.string().default(''),
  difficulty: z.string().optional(),
  public_test_cases: z.union([z.string(), z.array(z.unknown())]),
  private_test_cases: z.union([z.string(), z.array(z.unknown())]).default([]),
  metadata: z.union([z.string(), z.looseObject({})]).default('{}'),
});
const casesSchema = z.array(
  z.object({
    input: z.string(),
    output: z.string(),
    testtype: z.enum(['stdin', 'functional']).default('stdin'),
  }),
);
const metadataSchema = z.looseObject({
  func_name: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .optional(),
});

/** Of one test in LiveCodeBench's own harness, and the most for all tests of a task. */
const testMs = 6000;
const maxMs = 60_000;

/**
 * LiveCodeBench (Jain et al. 2024, 2403.07974). Its private tests are mostly a Python pickle in
 * base64: to read one is to run what it says, so they are refused and the public tests are taken.
 */
export const liveCodeBench: TaskFormat = {
  name: 'livecodebench',
  roles: 'public tests visible; private ones hidden where they are JSON, refused where pickled',
  matches: (line) => 'question_content' in line && 'public_test_cases' in line,
  read(line) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const metadata = metadataSchema.safeParse(unpacked(data.metadata) ?? {});
    if (!metadata.success) return { problem: 'metadata: is not what LiveCodeBench writes' };
    const method = metadata.data.func_name;
    const shown = testsOf(data.public_test_cases, 'visible', method);
    if ('problem' in shown) return { problem: `public_test_cases: ${shown.problem}` };
    const isPickled =
      typeof data.private_test_cases === 'string' && jsonOf(data.private_test_cases) === undefined;
    const kept = isPickled ? { tests: [] } : testsOf(data.private_test_cases, 'hidden', method);
    if ('problem' in kept) return { problem: `private_test_cases: ${kept.problem}` };
    const tests = [...shown.tests, ...kept.tests];
    if (tests.length === 0) {
      return { rejected: 'noTests', problem: 'public_test_cases: holds no test' };
    }
    const { question_title: title, question_content: content, starter_code: starter } = data;
    const task = importedTask(
      {
        language: 'python',
        prompt: title === '' ? content : `${title}\n\n${content}`,
        promptKind: 'text',
        entryPoint: method === undefined ? 'main' : 'Solution',
        tests,
        limits: { timeoutMs: Math.min(maxMs, testMs * tests.length), memoryMb: 1024 },
        ...(starter.trim() === '' ? {} : { starter }),
      },
      {
        id: String(data.question_id),
        name: 'LiveCodeBench',
        // Its card says no more than "cc"; the problems belong to the platforms.
        license: 'cc',
        maker: 'import-livecodebench@1',
        source: {
          platform: data.platform,
          ...(data.contest_date === undefined ? {} : { contest_date: data.contest_date }),
        },
        ...(data.difficulty === undefined ? {} : { extra: { difficulty: data.difficulty } }),
      },
    );
    return isPickled ? { task, leftOut: ['pickledTests'] } : { task };
  },
};

/** A text as the JSON in it, anything else as it is. */
function unpacked(value: unknown): unknown {
  return typeof value === 'string' ? jsonOf(value) : value;
}

function testsOf(
  written: unknown,
  role: TestRole,
  method: string | undefined,
): { readonly tests: Test[] } | { readonly problem: string } {
  const cases = casesSchema.safeParse(unpacked(written));
  if (!cases.success) return { problem: schemaProblem(cases.error) };
  const tests: Test[] = [];
  for (const [at, { input, output, testtype }] of cases.data.entries()) {
    const id = `${role === 'visible' ? 'public' : 'private'}-${String(at + 1)}`;
    if (testtype === 'stdin') {
      tests.push({ kind: 'io', id, role, stdin: input, stdout: output });
      continue;
    }
    if (method === undefined) return { problem: `[${String(at)}]: metadata names no func_name` };
    try {
      const given = input.split('\n').filter((line) => line.trim() !== '');
      const call = `Solution().${method}(${given.map(pythonExpression).join(', ')})`;
      const source = `assert ${call} == ${pythonExpression(output)}`;
      tests.push({ kind: 'assert', id, role, source });
    } catch {
      return { problem: `[${String(at)}]: is not JSON, as functional tests are` };
    }
  }
  return { tests };
}
