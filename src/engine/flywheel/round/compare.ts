import type { KeepReason, Measured, RoundComparison } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import { comparePaired, type PairedComparison } from '../../statistics/pairedComparison';
import { movedTasks, type Tallied } from './measure';

/**
 * What a round was good for: the solver after it against the one before, on the same frozen tasks.
 * A better one is kept and a worse one rolled back. Where the tasks cannot tell, which is usual for
 * few of them, the way that the difference points decides, then how many candidates were needed;
 * of two that are equal in both the newer one stays.
 */
export function compareRound(
  tasks: readonly Task[],
  before: Tallied,
  after: Tallied,
  options: { readonly seed: number; readonly round: number; readonly isSame: boolean },
): Omit<RoundComparison, 'weakest'> {
  const pairs = tasks.flatMap((_, place) => {
    const [one, other] = [before.tallies[place], after.tallies[place]];
    return one && other ? [{ before: one, after: other }] : [];
  });
  const key = `round ${String(options.round)}`;
  const paired = comparePaired(pairs, { seed: options.seed, key });
  const reason = options.isSame
    ? 'nothingLearned'
    : reasonFor(paired, before.measured, after.measured);
  return {
    ...{ before: before.measured, after: after.measured, reason },
    outcome: paired?.outcome ?? 'cannotTell',
    difference: paired?.difference ?? 0,
    interval: paired?.interval ?? [-1, 1],
    p: paired?.p ?? 1,
    detectable: paired?.detectable ?? null,
    isHopeless: paired?.isHopeless ?? true,
    moved: movedTasks(tasks, before.tallies, after.tallies),
    isKept: keeps[reason],
  };
}

const keeps: Readonly<Record<KeepReason, boolean>> = {
  better: true,
  worse: false,
  // The solver is the same; there is nothing to roll back.
  nothingLearned: true,
  cannotTellHigher: true,
  cannotTellLower: false,
  cannotTellFewerCandidates: true,
  cannotTellMoreCandidates: false,
  cannotTellEqual: true,
};

function reasonFor(paired: PairedComparison | null, before: Measured, after: Measured): KeepReason {
  if (paired === null) return 'cannotTellLower';
  if (paired.outcome !== 'cannotTell') return paired.outcome;
  if (paired.difference > 0) return 'cannotTellHigher';
  if (paired.difference < 0) return 'cannotTellLower';
  const [one, other] = [before.candidatesToFix, after.candidatesToFix];
  if (one === null || other === null || one === other) return 'cannotTellEqual';
  return other < one ? 'cannotTellFewerCandidates' : 'cannotTellMoreCandidates';
}
