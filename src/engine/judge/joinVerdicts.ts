import type { Test } from '../domain/task';
import { maxOutputChars, type Status, type TestOutcome, type Verdict } from '../domain/verdict';

/** Statuses from the one that most says that nothing else counts; `passed` only if all did. */
const order: readonly Status[] = [
  'cancelled',
  'infrastructure',
  'tampered',
  'notCompiled',
  'crashed',
  'outOfMemory',
  'outputExceeded',
  'timedOut',
  'failed',
  'noTests',
  'passed',
];

/** After these further tests of the same program can still say something. */
export function mayGoOn({ status }: Verdict): boolean {
  return status === 'passed' || status === 'failed';
}

/**
 * One verdict of tests of several kinds: outcomes in the order of the tests, the weaker isolation,
 * durations added. A test that no part tells of was not run.
 */
export function joinVerdicts(tests: readonly Test[], parts: readonly Verdict[]): Verdict {
  const told = new Map<string, TestOutcome>();
  for (const part of parts) for (const test of part.tests) told.set(test.id, test);
  const worst = [...parts].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))[0];
  const outcomes = tests.map(({ id }): TestOutcome => {
    const outcome = told.get(id);
    // What passed under a program that meddled has shown nothing.
    return outcome && worst?.status !== 'tampered' ? outcome : { id, outcome: 'notRun' };
  });
  const passed = outcomes.every(({ outcome }) => outcome === 'passed');
  const status = worst === undefined ? 'noTests' : worst.status;
  return {
    status: status === 'passed' && !passed ? 'failed' : status,
    tests: outcomes,
    output: parts
      .map(({ output }) => output)
      .join('')
      .slice(0, maxOutputChars),
    isolation: parts.some(({ isolation }) => isolation === 'shared') ? 'shared' : 'separate',
    durationMs: parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    ...(worst?.message === undefined ? {} : { message: worst.message }),
  };
}
