import { sha256 } from '../../domain/hash';
import type { Test } from '../../domain/task';
import type { ScreenedOutcome } from '../../domain/trajectory';
import { isAboutProgram, type TestOutcome, type Verdict } from '../../domain/verdict';
import { outputDistance } from '../../similarity/outputDistance';

const nothing = /^(?:None|null|undefined)$/;

/**
 * What one verdict tells a solver that searches. A test that has several assertions and stops at
 * the first that does not hold is nearer to passing the later that one stands. Null where the
 * verdict is not about the program.
 */
export function outcomeOf(verdict: Verdict, tests: readonly Test[]): ScreenedOutcome | null {
  if (!isAboutProgram(verdict)) return null;
  const told = new Map(verdict.tests.map((test) => [test.id, test]));
  const distances = tests.map((test) => distanceOf(test, told.get(test.id)));
  const sum = distances.reduce((all, distance) => all + distance, 0);
  return {
    status: verdict.status,
    passed: tests.map(({ id }) => (told.get(id)?.outcome === 'passed' ? '1' : '0')).join(''),
    distance: verdict.status === 'passed' || tests.length === 0 ? 0 : sum / tests.length,
    behaviour: behaviourOf(verdict),
    symptom: symptomOf(verdict),
  };
}

function behaviourOf({ status, tests }: Verdict): string {
  const seen = tests.map(({ outcome, actual, message, statement }) => {
    return [outcome, actual ?? message ?? '', statement ?? ''];
  });
  return sha256(JSON.stringify([status, seen])).slice(0, 16);
}

const crashed = 0.95;

function distanceOf(test: Test, told: TestOutcome | undefined): number {
  if (told === undefined || told.outcome === 'notRun' || told.outcome === 'timedOut') return 1;
  if (told.outcome === 'passed') return 0;
  const { actual, expected } = told;
  const here =
    told.outcome === 'errored' || actual === undefined || expected === undefined
      ? crashed
      : outputDistance(actual, expected);
  const source = 'source' in test ? test.source : '';
  const [done, all] = assertionsBefore(source, told.statement);
  return (all - done - 1 + here) / all;
}

/** How many assertions stand before the failing one, and how many there are. */
function assertionsBefore(
  source: string,
  statement: string | undefined,
): readonly [number, number] {
  const count = (text: string): number => text.match(/\bassert\b|\bexpect\(/g)?.length ?? 0;
  const at = statement === undefined ? -1 : source.indexOf(statement);
  const all = Math.max(1, count(source));
  return at < 0 ? [0, all] : [Math.min(all - 1, count(source.slice(0, at))), all];
}

function symptomOf({ status, tests, message }: Verdict): string {
  const failing = tests.find(({ outcome }) => outcome !== 'passed' && outcome !== 'notRun');
  if (failing === undefined) return status === 'crashed' ? errorIn(message) : status;
  if (failing.outcome === 'timedOut') return 'timedOut';
  const { actual, expected } = failing;
  if (failing.outcome === 'errored') return errorIn(failing.message);
  if (actual === undefined || expected === undefined) return 'value';
  if (nothing.test(actual)) return 'nothing';
  return formOf(actual) === formOf(expected) ? 'value' : 'kind';
}

function errorIn(message: string | undefined): string {
  return /^\w+/.exec(message ?? '')?.[0] ?? 'error';
}

function formOf(printed: string): string {
  if (/^-?\d+$/.test(printed)) return 'integer';
  return /^-?[\d.]+$/.test(printed) ? 'float' : (printed[0] ?? '').replace(/\w/, 'word');
}
