import type { Problem } from '../domain/task';
import type { Feedback } from '../domain/trajectory';
import type { TestOutcome, Verdict } from '../domain/verdict';

/**
 * What the solver is told of a failing verdict on visible tests: the kind `test` of Self-Debugging
 * (Chen et al. 2023, 2304.05128), that is the first failing test with expected and actual value.
 */
export function testFeedback(problem: Problem, verdict: Verdict): Feedback {
  const failing = verdict.tests.find((test) => isFailing(test));
  const passed = verdict.tests.filter((test) => test.outcome === 'passed').length;
  const lines = [`${String(passed)} of ${String(verdict.tests.length)} visible tests pass.`];
  if (failing) {
    const source = problem.tests.find((test) => test.id === failing.id)?.source;
    lines.push(`First failing test: ${failing.id}`);
    lines.push(...(failing.statement ?? source ?? '').split('\n').map((line) => `    ${line}`));
    if (failing.expected !== undefined) lines.push(`Expected: ${failing.expected}`);
    if (failing.actual !== undefined) lines.push(`Got: ${failing.actual}`);
    if (failing.message !== undefined && failing.actual === undefined) lines.push(failing.message);
  } else if (verdict.message !== undefined) {
    lines.push(verdict.message);
  }
  return { kind: 'test', text: lines.join('\n') };
}

export function isFailing(test: TestOutcome): boolean {
  return test.outcome !== 'passed' && test.outcome !== 'notRun';
}
