import type { Test } from '../domain/task';
import type { Status, Verdict } from '../domain/verdict';
import { shorten } from './bounded';

/** The verdict where no test was run, with why. */
export function notJudged(
  tests: readonly Pick<Test, 'id'>[],
  status: Status,
  message: string,
): Verdict {
  return {
    status,
    tests: tests.map(({ id }) => ({ id, outcome: 'notRun' })),
    output: '',
    isolation: 'separate',
    durationMs: 0,
    message: shorten(message),
  };
}
