import { taskHash } from '../../domain/hash';
import type { Task, Test } from '../../domain/task';
import { functionsOf } from '../../syntax/functions';
import { missedByTests } from '../testing/missed';
import { judgedTest } from '../testing/newTest';
import type { TestedFunction } from '../source/testedFunctions';
import { minFailingTests } from '../splitTests';
import { removeBody } from './bodyRemoval';
import type { FromMaker, MakerOptions } from './maker';

export const mutatedInputs = 'mutated-inputs@1';

const none: FromMaker = { tasks: [], refused: [], notes: [] };

/**
 * The task to write again a documented function that hardly any test calls: calls of its one test, or
 * of the examples in its documentation, are mutated by type, and what the function gives for them is
 * what is expected (EvalPlus, 2305.01210). Each such test kills a mutant that those before it miss.
 */
export async function mutateInputs(
  from: TestedFunction,
  options: MakerOptions & { readonly concurrency: number },
): Promise<FromMaker> {
  const { syntax } = options;
  const place = functionsOf(syntax, from.language, from.program).find(
    ({ name }) => name === from.name,
  );
  if (!place || from.tests.length === 0) return none;
  const propose = { datetime: (kind: string) => `datetime.${kind}` };
  const found = await missedByTests(from, place, { ...options, propose });
  if (typeof found === 'string') return none;
  const made = found.tests.map((test, at) => {
    const { id, source } = judgedTest(test, `made-${String(at + 1)}`, from.language);
    return { id, source };
  });
  const tests = [...from.tests, ...made];
  if (tests.length < minFailingTests) return none;
  const removed = await removeBody({ ...from, tests }, options, mutatedInputs);
  return { ...removed, tasks: removed.tasks.map(withExamplesShown) };
}

/** The text of the task shows the examples of the documentation: as hidden tests they would hide nothing. */
function withExamplesShown(task: Task): Task {
  const tests = task.tests.map((test): Test =>
    test.kind === 'assert' && test.id.startsWith('example-') ? { ...test, role: 'visible' } : test,
  );
  const defining = { ...task, tests };
  const hash = taskHash(defining);
  return { ...defining, hash, id: task.id.replace(task.hash.slice(0, 6), hash.slice(0, 6)) };
}
