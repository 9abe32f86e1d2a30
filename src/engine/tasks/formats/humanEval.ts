import { z } from 'zod';
import { taskHash } from '../../domain/hash';
import { defaultLimits, type Task } from '../../domain/task';
import type { TaskFormat } from './format';
import { problemOf } from './ownFormat';

const schema = z.looseObject({
  task_id: z.string().min(1),
  prompt: z.string(),
  entry_point: z.string().regex(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u, 'must be a Python name'),
  canonical_solution: z.string().optional(),
  test: z.string(),
});

/**
 * HumanEval (Chen et al. 2021, 2107.03374): the prompt is the beginning of the program, and
 * `test` defines `check(candidate)`. The other definitions of the prompt become support code,
 * because some tests call them, and they must not come from the candidate.
 */
export const humanEval: TaskFormat = {
  name: 'humaneval',
  matches: (line) => 'task_id' in line && 'entry_point' in line && 'test' in line,
  read(line, syntax) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: problemOf(parsed.error) };
    const { data } = parsed;
    const support = syntax.supportOf(data.prompt, data.entry_point);
    const defining = {
      language: 'python' as const,
      prompt: data.prompt,
      promptKind: 'code' as const,
      entryPoint: data.entry_point,
      tests: [{ id: 'check', role: 'hidden' as const, kind: 'check' as const, source: data.test }],
      limits: defaultLimits,
      ...(support === '' ? {} : { support }),
      ...(data.canonical_solution === undefined
        ? {}
        : { reference: data.prompt + data.canonical_solution }),
    };
    const task: Task = {
      ...defining,
      id: data.task_id,
      hash: taskHash(defining),
      family: data.task_id,
      source: { name: 'HumanEval', license: 'MIT', maker: 'import-humaneval@1', parent: null },
    };
    return { task };
  },
};
