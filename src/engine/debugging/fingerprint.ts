import { sha256 } from '../domain/hash';
import type { Turn } from '../domain/trajectory';

/**
 * What a failure looks like, so that the same one is known again: the status, what each test
 * found, and the values of those that failed, without addresses, times and places in files. With no
 * test to fail it is the program itself.
 */
export function fingerprint({ verdict, candidate }: Turn): string {
  if (verdict.tests.length === 0 && verdict.status === 'noTests') {
    return sha256(candidate.program.replace(/\s+/g, ' '));
  }
  const tests = verdict.tests
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ id, outcome, actual, message }) => [id, outcome, actual ?? plain(message ?? '')]);
  const message = tests.length === 0 ? plain(verdict.message ?? '') : '';
  return sha256(JSON.stringify([verdict.status, tests, message]));
}

function plain(message: string): string {
  return message
    .replace(/0x[\da-f]+/gi, '0x')
    .replace(/\b\d+(?:\.\d+)? ?(?:ms|s|seconds)\b/g, 'time')
    .replace(/\bline \d+/g, 'line')
    .replace(/(?:\/[\w.-]+){2,}/g, 'path');
}
