import path from 'node:path';
import { sha256, taskHash } from '../domain/hash';
import type { AssertTest, Task } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import { importedTask } from './formats/format';
import { findSources } from './source/findSources';
import { testedFunctions, type TestedFunction } from './source/testedFunctions';
import { withoutBody } from './source/withoutBody';

export const folderRoles = {
  name: 'folder',
  roles: 'half of the tests of each function visible, by a hash, the others hidden',
};

const limits = { timeoutMs: 5000, memoryMb: 512 };

/**
 * A folder of programs and their tests as tasks, one for each function that tests call: to write
 * the function again. Its program is the reference; half of its tests (rounded up) are visible, in
 * the order of a hash that nobody chooses.
 */
export async function folderTasks(
  folder: string,
  syntax: Syntax,
): Promise<{
  readonly tasks: readonly Task[];
  readonly rejected: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}> {
  const sources = await findSources(folder);
  const { functions, leftOut } = testedFunctions(syntax, sources);
  const name = path.basename(path.resolve(folder));
  const rejected: Record<string, number> = { ...leftOut };
  const tasks = functions.flatMap((from) => {
    const starter = withoutBody(syntax, from);
    if (starter !== null) return [taskOf(from, starter, name)];
    rejected['noBody'] = (rejected['noBody'] ?? 0) + 1;
    return [];
  });
  return { tasks, rejected, notes: sources.notes };
}

function taskOf(from: TestedFunction, starter: string, name: string): Task {
  const about = from.documentation ? `\n\n${from.documentation.trim()}` : '';
  const unsplit = {
    language: from.language,
    prompt: `Write the function \`${from.name}\`.\n\n${from.signature.trim()}${about}`,
    promptKind: 'text' as const,
    entryPoint: from.name,
    starter,
    reference: from.program,
    ...(from.support === '' ? {} : { support: from.support }),
    tests: from.tests.map(({ id, source }): AssertTest => {
      return { kind: 'assert', id, role: 'hidden', source };
    }),
    limits,
  };
  const hash = taskHash(unsplit);
  const ranked = unsplit.tests.map(({ id }) => id).sort((a, b) => compare(hash, a, b));
  const visible = new Set(ranked.slice(0, Math.ceil(ranked.length / 2)));
  return importedTask(
    {
      ...unsplit,
      tests: unsplit.tests.map((test) => ({
        ...test,
        role: visible.has(test.id) ? 'visible' : 'hidden',
      })),
    },
    { id: `${from.module}/${from.name}`, name, license: null, maker: 'import-folder@1' },
  );
}

function compare(hash: string, a: string, b: string): number {
  return sha256(hash + a) < sha256(hash + b) ? -1 : 1;
}
