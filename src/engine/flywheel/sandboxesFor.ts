import { isOurs, type Language, type Task } from '../domain/task';

export type SandboxName = 'python' | 'quickjs' | 'node' | 'commands';

/** Where programs of a language are called; Node is beside that for those that need it. */
export const usualSandbox: Readonly<Record<Language, SandboxName>> = {
  python: 'python',
  javascript: 'quickjs',
  typescript: 'quickjs',
};

/**
 * The sandboxes without which the tests of a task cannot be judged: tests that are code in that of
 * its language; input and output where the program is started, which for Python is the same.
 */
export function sandboxesFor({
  language,
  run,
  tests,
}: Pick<Task, 'language' | 'run' | 'tests'>): SandboxName[] {
  // Kept and not judged: nothing of such a task is run.
  if (tests.some(({ kind }) => kind === 'command')) return [];
  const isCommand = run !== undefined || language !== 'python';
  const commands = tests.some(({ kind }) => kind === 'io') && isCommand;
  const calls = !commands || tests.some(({ kind }) => kind !== 'io');
  return [
    ...(isOurs(language) && calls ? [usualSandbox[language]] : []),
    ...(commands ? (['commands'] as const) : []),
  ];
}
