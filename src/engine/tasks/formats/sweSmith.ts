import { z } from 'zod';
import { defaultLimits } from '../../domain/task';
import { jsonOf, schemaProblem } from '../../files/json';
import { importedTask, type TaskFormat } from './format';

const names = z.union([
  z.array(z.string()),
  z.string().transform((text, context) => {
    const list = z.array(z.string()).safeParse(jsonOf(text));
    if (list.success) return list.data;
    context.addIssue({ code: 'custom', message: 'must be a list of names, or one as a JSON text' });
    return z.NEVER;
  }),
]);
const schema = z.looseObject({
  instance_id: z.string().min(1),
  repo: z.string().min(1),
  patch: z.string(),
  FAIL_TO_PASS: names,
  PASS_TO_PASS: names.default([]),
  image_name: z.string().min(1),
  problem_statement: z.string().default(''),
});

/** Keys of an instance that its task keeps as they are. */
const kept = [
  'repo',
  'image_name',
  'patch',
  'FAIL_TO_PASS',
  'PASS_TO_PASS',
  'base_commit',
  'created_at',
] as const;

/** What SWE-smith runs for a repository that says nothing else. */
const command = ['pytest', '--disable-warnings', '--color=no', '--tb=no', '--verbose'];

/**
 * SWE-smith (Yang et al. 2025, 2504.21798): a bug (`patch`) put into a repository, of which an image
 * is published. Kept whole as `command` tasks; they are not judged by this version. The patch tells
 * where the bug is: it stands beside the task, where no solver sees it.
 */
export const sweSmith: TaskFormat = {
  name: 'swe-smith',
  roles: 'FAIL_TO_PASS and PASS_TO_PASS hidden; kept, not judged by this version',
  matches: (line) => 'instance_id' in line && 'FAIL_TO_PASS' in line,
  read(line) {
    if ('test_patch' in line && !('image_name' in line)) {
      return {
        rejected: 'sweBench',
        problem:
          'image_name: is missing; instances of SWE-bench are not read, those of SWE-smith are',
      };
    }
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const test = { kind: 'command', role: 'hidden', command } as const;
    const { instance_id: id, problem_statement: prompt, FAIL_TO_PASS: failing } = data;
    if (failing.length === 0) return { problem: 'FAIL_TO_PASS: names no test' };
    const { PASS_TO_PASS: passing } = data;
    const task = importedTask(
      {
        language: 'python',
        prompt,
        promptKind: 'text',
        entryPoint: 'main',
        tests: [
          { ...test, id: 'FAIL_TO_PASS', mustPass: failing },
          ...(passing.length === 0 ? [] : [{ ...test, id: 'PASS_TO_PASS', mustPass: passing }]),
        ],
        limits: { ...defaultLimits, timeoutMs: 600_000, memoryMb: 4096 },
      },
      {
        id,
        name: 'SWE-smith',
        license: 'MIT',
        maker: 'import-swe-smith@1',
        source: { repo: data.repo, image: data.image_name },
        extra: Object.fromEntries(
          kept.flatMap((key) => (line[key] === undefined ? [] : [[key, line[key]]])),
        ),
      },
    );
    return { task };
  },
};
