import type { Judge, Observation, Program } from '../../src/engine/domain/ports';
import type { Test } from '../../src/engine/domain/task';
import type { TestOutcome, Verdict } from '../../src/engine/domain/verdict';
import { aVerdict } from './builders';

/** A program for `CommentJudge`: it passes the named tests; `value` is what others find. */
export function saying(passes: string, value = 'wrong'): string {
  return `def double(x):\n    return x  # passes ${passes}; gives ${value}\n`;
}

/** Decides by what a comment of the program says; traces are those it is given. */
export class CommentJudge implements Judge {
  readonly judged: string[] = [];
  atOnce = 0;
  mostAtOnce = 0;

  constructor(
    private readonly trace: Observation = { kind: 'unavailable', reason: 'a fake' },
    private readonly delayMs = 0,
  ) {}

  async judge({ source }: Program, tests: readonly Test[]): Promise<Verdict> {
    this.judged.push(source);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    this.atOnce -= 1;
    if (source.includes('does not compile')) {
      return { ...aVerdict('notCompiled'), message: 'line 1: invalid syntax' };
    }
    if (tests.length === 0) return aVerdict('noTests');
    const [, passes = '', value = ''] = /# passes (.*?); gives (.*)/.exec(source) ?? [];
    const outcomes = tests.map(({ id }): TestOutcome => {
      if (passes.split(' ').includes(id)) return { id, outcome: 'passed' };
      return { id, outcome: 'failed', expected: 'right', actual: value, statement: `assert ${id}` };
    });
    const all = outcomes.every(({ outcome }) => outcome === 'passed');
    return aVerdict(all ? 'passed' : 'failed', outcomes);
  }

  observe(): Promise<Observation> {
    return Promise.resolve(this.trace);
  }
}
