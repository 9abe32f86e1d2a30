import assert from 'node:assert/strict';

/** Fails where a number is not there, or lies further than `by` from what is expected. */
export function near(actual: number | null | undefined, expected: number, by = 1e-6): void {
  assert.ok(
    actual != null && Math.abs(actual - expected) < by,
    `${String(actual)} is not ${String(expected)}`,
  );
}
