import { z } from 'zod';
import type { Test } from '../../domain/task';
import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import { schemaProblem } from '../../files/json';
import { docExamples } from './docExamples';
import { importedTask, type TaskFormat } from './format';

export const pythonName = z
  .string()
  .regex(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u, 'must be a Python name');

const schema = z.looseObject({
  task_id: z.string().min(1),
  prompt: z.string(),
  entry_point: pythonName,
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
  roles: 'examples of the docstring (>>>) visible, check hidden',
  matches: (line) => 'task_id' in line && 'entry_point' in line && 'test' in line,
  read(line, { syntax }) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { task_id: id, prompt, entry_point: entryPoint, test } = parsed.data;
    if (!/^def\s+check\s*\(/m.test(test)) {
      return {
        rejected: 'noCheck',
        problem: 'test: defines no check(candidate), which HumanEval does',
      };
    }
    const { canonical_solution: solution } = parsed.data;
    const support = supportOf(syntax, prompt, entryPoint);
    const tests: readonly Test[] = [
      ...rightExamples(syntax, id, prompt, entryPoint),
      { id: 'check', role: 'hidden', kind: 'check', source: test },
    ];
    const task = importedTask(
      {
        language: 'python',
        prompt,
        promptKind: 'code',
        entryPoint,
        tests,
        ...(support === '' ? {} : { support }),
        ...(solution === undefined ? {} : { reference: prompt + solution }),
      },
      { id, name: 'HumanEval', license: 'MIT', maker: 'import-humaneval@2' },
    );
    return { task };
  },
};

/** A prompt without its entry point: what is left are imports and helpers. */
export function supportOf(syntax: Syntax, prompt: string, entryPoint: string): string {
  const entry = functionsOf(syntax, 'python', prompt).find(({ name }) => name === entryPoint);
  if (!entry) return '';
  return (prompt.slice(0, entry.start) + prompt.slice(entry.end)).trim();
}

/** Examples of published docstrings that the published solution itself contradicts. */
const wrongExamples: ReadonlySet<string> = new Set([
  'HumanEval/47 assert median([-10, 4, 6, 1000, 10, 20]) == 15.0',
]);

/** The examples of a prompt of HumanEval, without those that are known to be wrong. */
export function rightExamples(
  syntax: Syntax,
  id: string,
  prompt: string,
  entryPoint: string,
): Test[] {
  return docExamples(syntax, 'python', prompt, entryPoint).filter(
    ({ source }) => !wrongExamples.has(`${id} ${source}`),
  );
}
