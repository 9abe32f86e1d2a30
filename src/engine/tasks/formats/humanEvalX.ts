import { z } from 'zod';
import type { Test } from '../../domain/task';
import { schemaProblem } from '../../files/json';
import { importedTask, type TaskFormat } from './format';

const schema = z.looseObject({
  task_id: z.string().min(1),
  prompt: z.string(),
  declaration: z.string(),
  canonical_solution: z.string().optional(),
  test: z.string(),
  example_test: z.string().default(''),
});

/**
 * HumanEval-X (Zheng et al. 2023, 2303.17568) in JavaScript, and sets of its form in TypeScript.
 * Its tests say `console.assert`, which does not throw in Node; here a false one fails its test.
 */
export const humanEvalX: TaskFormat = {
  name: 'humaneval-x',
  roles: 'example_test visible, test hidden',
  matches: (line) => 'declaration' in line && 'test' in line && 'task_id' in line,
  read(line) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const [written = ''] = data.task_id.split('/');
    const language = { javascript: 'javascript', typescript: 'typescript' }[written.toLowerCase()];
    if (language === undefined) {
      return {
        rejected: 'otherLanguage',
        problem: `task_id: ${written} of HumanEval-X is not read, JavaScript and TypeScript are`,
      };
    }
    const entryPoint = lastDeclared(data.declaration);
    if (entryPoint === null) return { problem: 'declaration: declares no function' };
    const { canonical_solution: solution } = data;
    const tests: Test[] = [
      ...(data.example_test.trim() === ''
        ? []
        : [{ ...asAssert, id: 'example', role: 'visible' as const, source: data.example_test }]),
      { ...asAssert, id: 'test', role: 'hidden', source: data.test },
    ];
    const task = importedTask(
      {
        language,
        prompt: data.prompt,
        promptKind: 'code',
        entryPoint,
        tests,
        ...(solution === undefined ? {} : { reference: data.prompt + solution }),
      },
      {
        id: data.task_id,
        name: 'HumanEval-X',
        license: 'Apache-2.0',
        maker: 'import-humaneval-x@1',
      },
    );
    return { task };
  },
};

const asAssert = { kind: 'assert' } as const;

function lastDeclared(declaration: string): string | null {
  const found = [
    ...declaration.matchAll(/\b(?:const|let|var|function\s*\*?)\s+([\w$]+)\s*(?=[=(:<])/g),
  ];
  return found.at(-1)?.[1] ?? null;
}
