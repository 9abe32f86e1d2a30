import { runInThisContext } from 'node:vm';
import type { Judge, Program } from '../../src/engine/domain/ports';
import type { Test } from '../../src/engine/domain/task';
import type { TestOutcome, Verdict } from '../../src/engine/domain/verdict';
import { aVerdict } from './builders';

const timeoutMs = 100;

/**
 * Runs small JavaScript programs of the tests' own in a function of theirs. A test is an expression,
 * ` === `, and what is expected.
 */
export class ScriptJudge implements Judge {
  judged = 0;

  judge(program: Program, tests: readonly Test[]): Promise<Verdict> {
    this.judged += 1;
    const outcomes = tests.map((test) => outcomeOf(program, test));
    const passes = outcomes.every(({ outcome }) => outcome === 'passed');
    return Promise.resolve(aVerdict(passes ? 'passed' : 'failed', outcomes));
  }

  observe(): ReturnType<Judge['observe']> {
    return Promise.resolve({ kind: 'unavailable', reason: 'not watched here' });
  }
}

function outcomeOf({ source }: Program, test: Test): TestOutcome {
  const { id } = test;
  const [call = '', expected = ''] = 'source' in test ? test.source.split(' === ') : [];
  try {
    const text = `'use strict'; (() => { ${source}\nreturn String(JSON.stringify(${call})); })()`;
    const actual = String(runInThisContext(text, { timeout: timeoutMs }));
    return actual === expected
      ? { id, outcome: 'passed' }
      : { id, outcome: 'failed', actual, expected };
  } catch (error) {
    return { id, outcome: 'errored', message: String(error) };
  }
}
