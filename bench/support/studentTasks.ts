import { readFile } from 'node:fs/promises';
import { taskHash } from '../../src/engine/domain/hash';
import type { Language, Task, Test } from '../../src/engine/domain/task';

/** Bounded by processor time: the wall clock says more of a busy machine than of a program. */
const limits = { timeoutMs: 10_000, memoryMb: 256, cpuMs: 1000 };

/**
 * Small programs with the faults that beginners make, as tasks. A file has entries of the form
 * `=== name`, a line of prompt, the program as a difference (`-` stands in the faulty program
 * only, `+` in the mended one), `visible`, one test a line, `hidden`, one test a line.
 */
export async function studentTasks(file: string, language: Language): Promise<Task[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split(/^=== (?=\w+$)/m)
    .slice(1)
    .map((entry) => studentTask(entry, language));
}

function studentTask(entry: string, language: Language): Task {
  const [name = '', prompt = '', ...rest] = entry.trimEnd().split('\n');
  const visibleAt = rest.indexOf('visible');
  const hiddenAt = rest.indexOf('hidden');
  if (visibleAt < 0 || hiddenAt < 0) throw new Error(`${name} has no tests`);
  const lines = rest.slice(0, visibleAt);
  const side = (mark: string): string =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const tests = (role: 'visible' | 'hidden', sources: readonly string[]): Test[] =>
    sources.map((source, at) => ({
      id: `${role[0] ?? ''}${String(at + 1)}`,
      role,
      kind: 'assert',
      source,
    }));
  const defining = {
    ...{ language, prompt, promptKind: 'text' as const, entryPoint: name, limits },
    starter: side('-'),
    reference: side('+'),
    tests: [
      ...tests('visible', rest.slice(visibleAt + 1, hiddenAt)),
      ...tests('hidden', rest.slice(hiddenAt + 1)),
    ],
  };
  const source = { name: 'student', license: 'MIT', maker: 'by hand', parent: null };
  return { ...defining, id: `student/${name}`, hash: taskHash(defining), family: name, source };
}
