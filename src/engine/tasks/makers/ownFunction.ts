import { taskHash } from '../../domain/hash';
import type { Task } from '../../domain/task';
import type { TestedFunction } from '../source/testedFunctions';

export const ownFunction = 'own-function@1';

const limits = { timeoutMs: 5000, memoryMb: 512 };

/**
 * The task to make a function of the user's pass its own tests. All of them are visible: the
 * person looks at the result, and nothing is measured or trained on by it.
 */
export function ownFunctionTask(
  from: TestedFunction,
  origin: { readonly name: string; readonly license: string | null },
): Task {
  const about = from.documentation ? `\n\n${from.documentation.trim()}` : '';
  const defining = {
    language: from.language,
    prompt: `Make the function \`${from.name}\` pass its tests.\n\n${from.signature.trim()}${about}`,
    promptKind: 'text' as const,
    entryPoint: from.name,
    starter: from.program,
    support: from.support,
    tests: from.tests.map(({ id, source }) => ({
      id,
      source,
      kind: 'assert' as const,
      role: 'visible' as const,
    })),
    limits,
  };
  return {
    ...defining,
    hash: taskHash(defining),
    id: `${from.module}/${from.name}`,
    family: `${origin.name}/${from.module}/${from.name}`,
    source: { ...origin, maker: ownFunction, parent: null },
  };
}
