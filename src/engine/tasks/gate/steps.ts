import type { Language, Task } from '../../domain/task';
import { isCodeTest, isOurs } from '../../domain/task';
import { outsideUses } from '../../syntax/outsideWorld';
import type { Syntax } from '../../syntax/parser';
import { syntaxProblem } from '../../syntax/problem';
import type { GateOptions } from './gate';
import type { GateStep, RejectReason } from './gateReport';
import { passingStub } from './stubs';
import type { TaskPool } from './taskPool';
import { howMany } from '../../domain/howMany';

/** Ends the way through the gate. */
export class Rejected extends Error {
  constructor(
    readonly step: GateStep,
    readonly reason: RejectReason,
    readonly saw: string,
  ) {
    super(saw);
  }
}

export function parses({ language, reference, tests }: Task, syntax: Syntax): string {
  if (tests.some(({ kind }) => kind === 'command')) {
    throw new Rejected(
      'parses',
      'notJudged',
      'has command tests, which are not judged by this version',
    );
  }
  if (!isOurs(language)) {
    throw new Rejected(
      'parses',
      'notJudged',
      `programs in ${language} are run and not read, so the strength of tests cannot be shown`,
    );
  }
  if (reference === undefined) {
    throw new Rejected('parses', 'noReference', 'there is no reference to prove its tests with');
  }
  const problem = syntaxProblem(syntax, language, reference);
  if (problem === null) return `reference of ${String(reference.trim().split('\n').length)} lines`;
  const { line, message } = problem;
  throw new Rejected('parses', 'doesNotParse', `line ${String(line)}: ${message}`);
}

export async function stubs(
  task: Task,
  { judge, concurrency, signal }: GateOptions,
): Promise<string> {
  const { passing, tried, unjudged } = await passingStub(task, judge, concurrency, signal);
  if (unjudged !== null) throw new Rejected('stubs', 'infrastructure', unjudged);
  if (passing) throw new Rejected('stubs', passing.reason, `${passing.name} passes all tests`);
  return howMany(tried, 'program that solves nothing fails', {
    many: 'programs that solve nothing fail',
  });
}

export function testsText({ tests }: Task, dropped: readonly string[]): string {
  const kept = howMany(tests.length, 'test kills a mutant or runs lines of its own', {
    many: 'tests kill a mutant or run lines of their own',
  });
  return dropped.length === 0 ? kept : `${kept}; left out: ${dropped.join(', ')}`;
}

export function dependence(
  { language, reference = '', support = '', tests }: Task,
  syntax: Syntax,
): string {
  const sources = [reference, support, ...tests.filter(isCodeTest).map(({ source }) => source)];
  for (const source of sources) {
    const [use] = outsideUses(syntax, language as Language, source);
    if (!use) continue;
    const saw = `${use.name} on line ${String(use.line)} depends on ${use.of}`;
    throw new Rejected('dependence', 'outsideWorld', saw);
  }
  return 'neither time, randomness, network, files nor environment is asked for';
}

export function novelty(task: Task, pool: TaskPool): string {
  const alike = pool.nearest(task);
  if (alike) throw new Rejected('novelty', alike.reason, alike.saw);
  return `unlike ${howMany(pool.size, 'task')} of the pool`;
}
