import { sha256, taskHash } from '../domain/hash';
import type { Task, Test } from '../domain/task';
import type { Verdict } from '../domain/verdict';

/** Fewer failing tests could not stand on both sides of the split. */
export const minFailingTests = 2;

/**
 * Gives roles to the tests of a task that we made: half of the failing tests of the faulty
 * program (rounded up) and half of the passing ones are visible, in the order of a hash that
 * nobody chooses. Null where fewer than two tests fail.
 */
export function splitTests(
  unsplit: Omit<Task, 'hash' | 'id' | 'family' | 'source' | 'extra'>,
  faulty: Verdict,
): Test[] | null {
  const hash = taskHash(unsplit);
  const outcomeOf = new Map(faulty.tests.map((test) => [test.id, test.outcome]));
  const rank = (test: Test): string => sha256(hash + test.id);
  const ordered = [...unsplit.tests].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const failing = ordered.filter(({ id }) => isFailing(outcomeOf.get(id)));
  const passing = ordered.filter(({ id }) => !isFailing(outcomeOf.get(id)));
  if (failing.length < minFailingTests) return null;
  const visible = new Set([
    ...failing.slice(0, Math.ceil(failing.length / 2)).map(({ id }) => id),
    ...passing.slice(0, Math.floor(passing.length / 2)).map(({ id }) => id),
  ]);
  return unsplit.tests.map((test): Test => {
    if (test.kind === 'differential' || test.kind === 'command') return test;
    return { ...test, role: visible.has(test.id) ? 'visible' : 'hidden' };
  });
}

function isFailing(outcome: string | undefined): boolean {
  return outcome !== 'passed' && outcome !== 'notRun' && outcome !== undefined;
}
