import { z } from 'zod';
import type { AssertTest, Test } from '../../domain/task';
import { readTree } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { named, within } from '../../syntax/walk';
import { schemaProblem } from '../../files/json';
import { evalPlusCheck } from './evalPlusCheck';
import { importedTask, type TaskFormat } from './format';
import { pythonName, rightExamples, supportOf } from './humanEval';
import { rawMembers } from './rawMembers';

const schema = z.looseObject({
  task_id: z.string().min(1),
  prompt: z.string(),
  entry_point: pythonName,
  canonical_solution: z.string(),
  base_input: z.array(z.unknown()),
  plus_input: z.array(z.unknown()).default([]),
  atol: z.number().min(0).default(0),
  contract: z.string().default(''),
});

/** Both sides run on every input, and there are up to some thousand. */
const limits = { timeoutMs: 20_000, memoryMb: 1024 };

/** HumanEval+ and MBPP+ as EvalPlus publishes them: inputs, and a solution that says what is right. */
export const evalPlus: TaskFormat = {
  name: 'evalplus',
  roles: 'examples of the docstring (>>>, asserts) visible, base and plus inputs hidden',
  matches: (line) => 'base_input' in line && 'entry_point' in line,
  read(line, { syntax, text }) {
    const parsed = schema.safeParse(line);
    if (!parsed.success) return { problem: schemaProblem(parsed.error) };
    const { data } = parsed;
    const { task_id: id, prompt, entry_point: entryPoint } = data;
    const raw = rawMembers(text);
    const reference = prompt + data.canonical_solution;
    const check = (which: string, inputs: readonly unknown[], written?: string): Test[] =>
      inputs.length === 0
        ? []
        : [
            {
              ...{ id: which, role: 'hidden', kind: 'check' },
              source: evalPlusCheck({
                ...{ id, entryPoint, reference },
                inputs: written ?? JSON.stringify(inputs),
                tolerance: data.atol,
              }),
            },
          ];
    const tests = [
      ...rightExamples(syntax, id, prompt, entryPoint),
      ...assertsIn(syntax, prompt, entryPoint),
      ...check('base', data.base_input, raw.get('base_input')),
      ...check('plus', data.plus_input, raw.get('plus_input')),
    ];
    const support = supportOf(syntax, prompt, entryPoint);
    const isMbpp = id.startsWith('Mbpp/');
    const task = importedTask(
      {
        language: 'python',
        prompt,
        promptKind: 'code',
        entryPoint,
        tests,
        limits,
        ...(support === '' ? {} : { support }),
        reference,
      },
      {
        id,
        name: isMbpp ? 'MBPP+ (EvalPlus)' : 'HumanEval+ (EvalPlus)',
        license: 'Apache-2.0',
        maker: 'import-evalplus@1',
        extra: { contract: data.contract, atol: data.atol },
      },
    );
    return { task };
  },
};

/** The asserts that a prompt of MBPP+ shows. */
function assertsIn(syntax: Syntax, prompt: string, entryPoint: string): AssertTest[] {
  return prompt
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('assert ') && isAssertOn(syntax, line, entryPoint))
    .map((source, at) => ({
      ...{ kind: 'assert', id: `assert-${String(at + 1)}`, role: 'visible' },
      source,
    }));
}

function isAssertOn(syntax: Syntax, line: string, entryPoint: string): boolean {
  const root = readTree(syntax, 'python', line);
  const [statement, ...others] = named(root);
  if (statement?.type !== 'assert_statement' || others.length > 0) return false;
  const nodes = [...within(root)];
  return (
    !nodes.some(({ type, start, end }) => type === 'ERROR' || start === end) &&
    nodes.some(({ type, text }) => type === 'identifier' && text === entryPoint)
  );
}
