import { z } from 'zod';
import type { AssertTest } from '../../domain/task';
import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import { schemaProblem } from '../../files/json';
import { importedTask, type TaskFormat } from './format';

const code = z.string().transform((text) => text.replace(/\r\n?/g, '\n'));
const asserts = z.array(code);
const schema = z.looseObject({
  task_id: z.union([z.number().int().min(0), z.string().min(1)]),
  text: z.string().optional(),
  prompt: z.string().optional(),
  code: code.optional(),
  test_list: asserts.min(1, 'holds no test'),
  test_setup_code: code.default(''),
  test_imports: asserts.default([]),
  challenge_test_list: asserts.default([]),
});

/** MBPP (Austin et al. 2021, 2108.07732), its full form (`text`) and its sanitized one (`prompt`). */
export const mbpp: TaskFormat = {
  name: 'mbpp',
  roles: 'the first assert visible, the others and the challenge tests hidden',
  matches: (line) => 'test_list' in line,
  read(line, { syntax }) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const prompt = data.prompt ?? data.text;
    if (prompt === undefined) return { problem: 'text: is missing, and so is prompt' };
    const entryPoint = calledIn(syntax, data.test_list, data.code);
    if (entryPoint === null) return { problem: 'test_list: calls no function of the code' };
    const support = [...data.test_imports, data.test_setup_code].join('\n').trim();
    const test = (id: string, source: string, isVisible = false): AssertTest => ({
      ...{ id, source, kind: 'assert' },
      role: isVisible ? 'visible' : 'hidden',
    });
    const task = importedTask(
      {
        language: 'python',
        prompt: prompt.trim(),
        promptKind: 'text',
        entryPoint,
        tests: [
          ...data.test_list.map((one, at) => test(`test-${String(at + 1)}`, one, at === 0)),
          ...data.challenge_test_list.map((one, at) => test(`challenge-${String(at + 1)}`, one)),
        ],
        ...(support === '' ? {} : { support }),
        ...(data.code === undefined ? {} : { reference: data.code }),
      },
      {
        id: /^\d+$/.test(String(data.task_id)) ? mbppId(data.task_id) : String(data.task_id),
        name: data.prompt === undefined ? 'MBPP' : 'MBPP sanitized',
        license: 'CC-BY-4.0',
        maker: 'import-mbpp@1',
      },
    );
    // MBPP+ as it is published in Parquet brings a script that needs numpy.
    return typeof line['test'] === 'string' ? { task, leftOut: ['plusScript'] } : { task };
  },
};

/** As EvalPlus names its tasks; samples may give the number alone. */
export function mbppId(number: number | string): string {
  return `Mbpp/${String(number)}`;
}

/** Builtins that asserts of MBPP put around what they call. */
const around =
  /^(?:set|sorted|len|tuple|list|dict|str|abs|round|not|all|any|int|float|assert|isclose)$/;

/** The function that tests call: one of the code where there is one, else the first that is called. */
function calledIn(syntax: Syntax, tests: readonly string[], program?: string): string | null {
  const called = [
    ...tests.join('\n').matchAll(/(?<![\w.])([\p{ID_Start}_][\p{ID_Continue}]*)\s*\(/gu),
  ]
    .map(([, name = '']) => name)
    .filter((name) => !around.test(name));
  if (program === undefined) return called[0] ?? null;
  const defined = new Set(functionsOf(syntax, 'python', program).map(({ name }) => name));
  return called.find((name) => defined.has(name)) ?? null;
}
