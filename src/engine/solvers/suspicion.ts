import type { Coverage } from '../domain/ports';
import type { Verdict } from '../domain/verdict';

/**
 * How suspicious each line is, from 0 to 1 (Ochiai, as in Abreu et al. 2007):
 * e_f / sqrt(F (e_f + e_p)), over the tests that ran to an outcome and were watched. Empty where no
 * failing one was.
 */
export function ochiai(coverage: Coverage, verdict: Verdict): ReadonlyMap<number, number> {
  const failingRuns = new Map<number, number>();
  const passingRuns = new Map<number, number>();
  let failing = 0;
  for (const test of verdict.tests) {
    const lines = coverage.lines[test.id];
    // Of a test that ended what watched it nothing is known: it speaks for no line and against none.
    if (test.outcome === 'notRun' || lines === undefined) continue;
    const isFailing = test.outcome !== 'passed';
    if (isFailing) failing++;
    const runs = isFailing ? failingRuns : passingRuns;
    for (const line of lines) runs.set(line, (runs.get(line) ?? 0) + 1);
  }
  return new Map(
    [...failingRuns].map(([line, count]) => [
      line,
      count / Math.sqrt(failing * (count + (passingRuns.get(line) ?? 0))),
    ]),
  );
}
