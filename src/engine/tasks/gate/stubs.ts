import { concurrently } from '../../domain/concurrently';
import type { Judge } from '../../domain/ports';
import { programFor } from '../../domain/ports';
import { isOurs, type Language, type Task } from '../../domain/task';
import type { RejectReason } from './gateReport';

interface Stub {
  readonly name: string;
  readonly source: string;
  readonly reason: RejectReason;
}

/**
 * Programs that solve nothing, of which every one must fail: the starter, no program at all, and
 * functions that give one value whatever they are called with, or their first argument.
 */
export async function passingStub(
  task: Task,
  judge: Judge,
  concurrency: number,
  signal: AbortSignal,
): Promise<{
  readonly passing: Stub | null;
  readonly tried: number;
  readonly unjudged: string | null;
}> {
  const stubs = stubsOf(task);
  const verdicts = await concurrently(stubs, concurrency, signal, ({ source }) =>
    judge.judge(programFor(task, source), task.tests, task.limits, signal),
  );
  signal.throwIfAborted();
  for (const [place, stub] of stubs.entries()) {
    const verdict = verdicts[place];
    if (!verdict) continue;
    if (verdict.status === 'infrastructure') {
      return { passing: null, tried: stubs.length, unjudged: verdict.message ?? stub.name };
    }
    if (verdict.status === 'passed') return { passing: stub, tried: stubs.length, unjudged: null };
  }
  return { passing: null, tried: stubs.length, unjudged: null };
}

function stubsOf(task: Task): Stub[] {
  const { starter, reference, language } = task;
  // A starter that is the reference leaves nothing to do, and is told as what it is.
  const given: Stub[] =
    starter === undefined
      ? []
      : [{ name: 'the starter', source: starter, reason: 'starterPasses' }];
  const empty: Stub = { name: 'an empty program', source: '\n', reason: 'emptyPasses' };
  if (!isOurs(language) || reference === undefined) return [empty, ...given];
  return [empty, ...given, ...constants(task, language)];
}

const values: Readonly<Record<Language, readonly string[]>> = {
  python: ['None', '0', '1', 'True', 'False', "''", '[]', '{}', 'args[0]'],
  javascript: ['undefined', 'null', '0', '1', 'true', 'false', "''", '[]', '({})', 'args[0]'],
  typescript: ['undefined', 'null', '0', '1', 'true', 'false', "''", '[]', '({})', 'args[0]'],
};

function constants({ tests, entryPoint }: Task, language: Language): Stub[] {
  const reason = 'constantPasses';
  const [first] = tests;
  if (tests.every(({ kind }) => kind === 'io') && first?.kind === 'io') {
    const text = JSON.stringify(first.stdout);
    const source =
      language === 'python'
        ? `import sys\nsys.stdout.write(${text})\n`
        : `process.stdout.write(${text});\n`;
    return [{ name: 'a program that prints what the first test wants', source, reason }];
  }
  return values[language].map((value) => ({
    name: `a function that gives ${value}`,
    source:
      language === 'python'
        ? `def ${entryPoint}(*args, **kwargs):\n    return ${value}\n`
        : `function ${entryPoint}(...args) { return ${value}; }\n`,
    reason,
  }));
}
