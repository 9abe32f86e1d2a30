import { taskHash } from '../../src/engine/domain/hash';
import { defaultLimits, type Problem, type Task, type Test } from '../../src/engine/domain/task';
import { problemOf } from '../../src/engine/domain/task';
import type { Judge, Program } from '../../src/engine/domain/ports';
import type { Candidate } from '../../src/engine/domain/trajectory';
import type { Status, TestOutcome, Verdict } from '../../src/engine/domain/verdict';

/** A small task with three visible and two hidden tests; parts can be replaced. */
export function aTask(parts: Partial<Omit<Task, 'hash'>> = {}): Task {
  const defining = {
    language: 'python' as const,
    prompt: 'Write double(x).',
    promptKind: 'text' as const,
    entryPoint: 'double',
    starter: 'def double(x):\n    return x + 1\n',
    reference: 'def double(x):\n    return x * 2\n',
    tests: [
      aTest('v1', 'visible', 'assert double(1) == 2'),
      aTest('v2', 'visible', 'assert double(2) == 4'),
      aTest('v3', 'visible', 'assert double(0) == 0'),
      aTest('h1', 'hidden', 'assert double(5) == 10'),
      aTest('h2', 'hidden', 'assert double(-3) == -6'),
    ],
    limits: defaultLimits,
    ...parts,
  };
  return {
    id: 'samples/double',
    family: 'samples/double',
    source: { name: 'samples', license: 'MIT', maker: 'by-hand@1', parent: null },
    ...defining,
    hash: taskHash(defining),
  };
}

export function aProblem(parts: Partial<Omit<Task, 'hash'>> = {}): Problem {
  return problemOf(aTask(parts));
}

export function aTest(id: string, role: Test['role'], source = 'pass'): Test {
  return { id, role, source, kind: 'assert' };
}

export function aCandidate(program: string): Candidate {
  return { program, proposer: 'test@1' };
}

export function aVerdict(status: Status, tests: readonly TestOutcome[] = []): Verdict {
  return { status, tests, output: '', isolation: 'shared', durationMs: 1 };
}

/** A judge that decides by what `passes` says of each program and test, and counts its work. */
export class FakeJudge implements Judge {
  readonly judged: string[] = [];

  constructor(
    private readonly passes: (program: string, test: string) => boolean,
    private readonly delayMs: (program: string) => number = () => 0,
  ) {}

  async judge(program: Program, tests: readonly Test[]): Promise<Verdict> {
    this.judged.push(program.source);
    await new Promise((resolve) => setTimeout(resolve, this.delayMs(program.source)));
    const outcomes = tests.map(({ id }): TestOutcome => {
      const outcome = this.passes(program.source, id) ? 'passed' : 'failed';
      return { id, outcome };
    });
    const all = outcomes.every(({ outcome }) => outcome === 'passed');
    if (tests.length === 0) return aVerdict('noTests');
    return aVerdict(all ? 'passed' : 'failed', outcomes);
  }

  observe(): ReturnType<Judge['observe']> {
    return Promise.resolve({ kind: 'unavailable', reason: 'a fake' });
  }
}
