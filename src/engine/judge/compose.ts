import type { SandboxOutcome } from '../domain/ports';
import type { Test } from '../domain/task';
import type { Isolation, Outcome, Status, TestOutcome, Verdict } from '../domain/verdict';
import { assertNever } from '../domain/errors';
import { shorten } from './bounded';

/** What a harness told of a program and its tests, before it is made a verdict. */
export interface Told {
  /** Why no test could run: the program did not compile, or ended while it was loaded. */
  readonly unloaded?:
    { readonly status: 'notCompiled' | 'crashed'; readonly message: string } | undefined;
  /** Support code or tests that do not compile: the fault of the task, not of the program. */
  readonly unusable?: string;
  readonly ended: ReadonlyMap<string, TestOutcome>;
  /** The last test that began and did not end. */
  readonly running?: string;
  readonly done: boolean;
  /** Proof that the program interfered: what no honest program can cause. */
  readonly tampered?: string;
}

/**
 * Verdict from what was told and how the process ended. Only an outcome told for each test, with
 * the word that all are done, makes `passed`: an exit code or a text never does.
 */
export function composeVerdict(
  tests: readonly Test[],
  told: Told,
  outcome: SandboxOutcome,
  isolation: Isolation,
): Verdict {
  const { status, message } = statusOf(tests, told, outcome);
  return {
    status,
    isolation,
    durationMs: outcome.durationMs,
    output: outcome.output,
    tests: tests.map((test) =>
      // What passed under a program that meddled has shown nothing.
      status === 'tampered' ? { id: test.id, outcome: 'notRun' } : outcomeOf(test, told, outcome),
    ),
    ...(message === undefined || message === '' ? {} : { message: shorten(message) }),
  };
}

function statusOf(
  tests: readonly Test[],
  told: Told,
  outcome: SandboxOutcome,
): { status: Status; message?: string } {
  if (outcome.end === 'cancelled' || outcome.end === 'infrastructure') {
    return { status: outcome.end, message: outcome.detail ?? outcome.end };
  }
  if (told.tampered !== undefined) return { status: 'tampered', message: told.tampered };
  switch (outcome.end) {
    case 'timedOut':
      return { status: 'timedOut', message: at(told, 'time limit reached') };
    case 'outOfMemory':
      return { status: 'outOfMemory', message: at(told, 'memory limit reached') };
    case 'outputExceeded':
      return { status: 'outputExceeded', message: at(told, 'printed more than it may') };
    case 'died':
    case 'finished':
      break;
    default:
      return assertNever(outcome.end);
  }
  if (told.unusable !== undefined) return { status: 'infrastructure', message: told.unusable };
  if (told.unloaded) return told.unloaded;
  if (tests.length === 0) return { status: 'noTests', message: 'there is no test to run' };
  if (!told.done) {
    const how = outcome.detail ? ` (${outcome.detail})` : '';
    return { status: 'crashed', message: at(told, `the process ended early${how}`) };
  }
  const failing = tests.map((test) => told.ended.get(test.id)).find((t) => t?.outcome !== 'passed');
  if (failing === undefined && told.ended.size >= tests.length) return { status: 'passed' };
  return { status: 'failed', message: failing?.message ?? 'a test told nothing' };
}

function at(told: Told, what: string): string {
  return told.running === undefined ? what : `${what} in ${told.running}`;
}

function outcomeOf(test: Test, told: Told, outcome: SandboxOutcome): TestOutcome {
  const ended = told.ended.get(test.id);
  if (ended) return ended;
  if (test.id !== told.running) return { id: test.id, outcome: 'notRun' };
  const how: Outcome = outcome.end === 'timedOut' ? 'timedOut' : 'errored';
  return { id: test.id, outcome: how, message: at(told, endWords(outcome)) };
}

function endWords(outcome: SandboxOutcome): string {
  switch (outcome.end) {
    case 'timedOut':
      return 'time limit reached';
    case 'outOfMemory':
      return 'memory limit reached';
    case 'outputExceeded':
      return 'printed more than it may';
    case 'finished':
    case 'died':
    case 'cancelled':
    case 'infrastructure':
      return outcome.detail ? `the process ended (${outcome.detail})` : 'the process ended';
  }
}
