import type { Observation, Trace } from '../domain/ports';
import { maxTraceChars } from '../domain/ports';
import { isCodeTest, type Problem, type Test } from '../domain/task';
import type { Feedback, FeedbackKind } from '../domain/trajectory';
import type { TestOutcome, Verdict } from '../domain/verdict';
import { fenced } from '../solvers/prompts/prompt';
import { withPlainPaths } from './plainPaths';

const maxFeedbackChars = 4000;
const maxOutputShown = 500;

/**
 * What the solver is told of a failing verdict on visible tests: the kind `test` of Self-Debugging
 * (Chen et al. 2023, 2304.05128), that is the first failing test with expected and actual value.
 */
export function testFeedback(problem: Problem, verdict: Verdict): Feedback {
  const failing = verdict.tests.find((test) => isFailing(test));
  const passed = verdict.tests.filter((test) => test.outcome === 'passed').length;
  const lines = [`${String(passed)} of ${String(verdict.tests.length)} visible tests pass.`];
  if (failing) {
    const test = problem.tests.find(({ id }) => id === failing.id);
    lines.push(`First failing test: ${failing.id}`);
    if (test?.kind === 'io') lines.push('Input:');
    lines.push(...indented(failing.statement ?? shownOf(test)));
    if (failing.expected !== undefined) lines.push(`Expected: ${failing.expected}`);
    if (failing.actual !== undefined) lines.push(`Got: ${failing.actual}`);
    if (test?.kind === 'io' && failing.actual === undefined) {
      lines.push('Expected output:', ...indented(bounded(test.stdout)));
    }
    const isSaid = failing.actual !== undefined && test?.kind !== 'io';
    if (failing.message !== undefined && !isSaid) lines.push(failing.message);
  } else if (verdict.message !== undefined) {
    lines.push(verdict.message);
  }
  return { kind: 'test', text: withPlainPaths(lines.join('\n'), textOf(problem)) };
}

/**
 * Feedback of a kind, as a prompt shows it: what came from programs and tests fenced and named as
 * data. An explanation is added by the solver whose program it is. `trace` without a trace is `test`.
 */
export function promptFeedback(
  kind: FeedbackKind,
  of: {
    readonly problem: Problem;
    readonly program: string;
    readonly verdict: Verdict;
    readonly broken: readonly string[];
    readonly observation?: Observation;
  },
): Feedback {
  const { problem, program, verdict, broken, observation } = of;
  if (kind === 'simple') return { kind, text: 'The program above is not right. Correct it.' };
  if (kind === 'rubber-duck') {
    return { kind, text: 'Correct the program above where your explanation found a difference.' };
  }
  const traced = observation?.kind === 'trace' ? traceText(observation, program) : null;
  const trace = traced === null ? null : withPlainPaths(traced, `${textOf(problem)}\n${program}`);
  const parts = ['The program above is not right.', statusText(verdict)];
  parts.push(data('What the tests found (data)', testFeedback(problem, verdict).text));
  if (verdict.output !== '') {
    const output = withPlainPaths(verdict.output, textOf(problem));
    parts.push(data('It printed (data)', output.slice(0, maxOutputShown)));
  }
  if (trace !== null) parts.push(data('Its execution, line by line, with values (data)', trace));
  if (broken.length > 0) {
    const names = broken.slice(0, 10).join(', ');
    parts.push(`Your last attempt is not built upon: it broke what had passed (${names}).`);
  }
  const text = parts.filter((part) => part !== '').join('\n\n');
  return { kind: kind === 'trace' && trace === null ? 'test' : kind, text };
}

/** Most that is shown of one input or one output. */
const maxShownChars = 1000;

function shownOf(test: Test | undefined): string {
  if (test === undefined) return '';
  if (test.kind === 'io') return bounded(test.stdin);
  return isCodeTest(test) ? test.source : '';
}

/** What the task itself says: paths in it are data. */
function textOf({ prompt, starter, tests }: Problem): string {
  const shown = tests.map((test) => {
    return test.kind === 'io' ? `${test.stdin}\n${test.stdout}` : shownOf(test);
  });
  return [prompt, starter ?? '', ...shown].join('\n');
}

function bounded(text: string): string {
  const shown = text.replace(/\n$/, '');
  if (shown.length <= maxShownChars) return shown;
  return `${shown.slice(0, maxShownChars)}\n... (${String(shown.length - maxShownChars)} more characters)`;
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`);
}

export function isFailing(test: TestOutcome): boolean {
  return test.outcome !== 'passed' && test.outcome !== 'notRun';
}

function statusText({ status }: Verdict): string {
  switch (status) {
    case 'notCompiled':
      return 'It cannot be read as a program.';
    case 'timedOut':
      return 'It did not end in time: look for an endless loop, or find a faster way.';
    case 'outOfMemory':
      return 'It used more memory than it may.';
    case 'outputExceeded':
      return 'It printed more than it may.';
    case 'tampered':
      return 'It meddled with the tests. Solve the task itself.';
    case 'passed':
    case 'failed':
    case 'crashed':
    case 'noTests':
    case 'cancelled':
    case 'infrastructure':
      return '';
  }
}

/** The trace of the first test that has one; null where there is none. */
export function traceText({ tests }: Trace, program: string): string | null {
  const traced = Object.values(tests).find(({ events }) => events.length > 0);
  if (!traced) return null;
  const lines = program.split('\n');
  const told = traced.events.map((event) => {
    const source = (lines[event.line - 1] ?? '').trim();
    const changes = Object.entries(event.changed).map(([name, value]) => `${name} = ${value}`);
    if (event.returned !== undefined) changes.push(`returns ${event.returned}`);
    if (event.raised !== undefined) changes.push(`raises ${event.raised}`);
    const place = `line ${String(event.line)}: ${source}`;
    return changes.length === 0 ? place : `${place}    # ${changes.join(', ')}`;
  });
  if (traced.omitted > 0) {
    const half = Math.ceil(told.length / 2);
    told.splice(half, 0, `... ${String(traced.omitted)} steps left out ...`);
  }
  const text = told.join('\n');
  const half = maxTraceChars / 2;
  return text.length <= maxTraceChars ? text : `${text.slice(0, half)}\n...\n${text.slice(-half)}`;
}

function data(label: string, text: string): string {
  return fenced(label, text.slice(0, maxFeedbackChars));
}
