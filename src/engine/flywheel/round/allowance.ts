import type { Solver } from '../../domain/ports';
import { proposing } from '../../domain/proposing';
import { maxBatch } from '../../domain/trajectory';
import type { Journal } from '../../journal/journal';
import type { Goals } from './goals';

/** What a search may still judge, and how long the work may still take. */
export class Allowance {
  private readonly began = performance.now();
  private readonly workedMs: number;
  private judged: number;

  /** What earlier sittings used is read from the journal. */
  constructor(
    private readonly bounds: Pick<Goals['budget'], 'candidates' | 'minutes'>,
    spent: { readonly candidates: number; readonly workedMs: number },
  ) {
    this.judged = spent.candidates;
    this.workedMs = spent.workedMs;
  }

  /** Why nothing more may be begun; null while something may. */
  spent(wanted = 1): string | null {
    const { candidates, minutes } = this.bounds;
    if (candidates !== undefined && this.judged + wanted > candidates) {
      return `the budget of ${String(candidates)} candidates is spent: ${String(this.judged)} were judged`;
    }
    const worked = (this.workedMs + performance.now() - this.began) / 60_000;
    if (minutes !== undefined && worked >= minutes) {
      return `the budget of ${String(minutes)} minutes is spent`;
    }
    return null;
  }

  take(count: number): void {
    this.judged += count;
  }
}

/** What the parts of a run judged and how long they took, over all its sittings. */
export function spentBefore(journal: Journal, run: string) {
  let candidates = 0;
  let workedMs = 0;
  for (const { id, workedMs: worked } of journal.runs()) {
    if (id === run) workedMs = worked;
    if (id.startsWith(`${run}/`)) candidates += journal.candidatesOf(id);
  }
  return { candidates, workedMs };
}

/** The first batch of a search; each next one is twice as large, up to `maxBatch`. */
const firstBatch = 8;

/**
 * The same solver within an allowance. A whole batch is taken before it is proposed, so that no
 * bound is passed; what was not proposed is given back.
 */
export function metered(solver: Solver, allowance: Allowance): Solver {
  return proposing(solver, async (problem, history, signal, guidance) => {
    const most = Math.min(maxBatch, firstBatch * 2 ** history.length);
    const reason = allowance.spent(most);
    if (reason !== null) return { kind: 'stopped', stop: 'budget', reason };
    allowance.take(most);
    let used = 0;
    try {
      const proposed = await solver.propose(problem, history, signal, guidance);
      used = 'kind' in proposed ? 0 : proposed.length;
      return proposed;
    } finally {
      allowance.take(used - most);
    }
  });
}
