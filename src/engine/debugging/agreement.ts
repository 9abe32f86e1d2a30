import type { Evidence } from '../domain/trajectory';
import type { TestOutcome } from '../domain/verdict';

/** A program among which an answer is chosen, with what tests written by the solver found of it. */
export interface Contender {
  /** For ties: the later one is taken. */
  readonly order: number;
  readonly outcomes: readonly TestOutcome[];
  /** The solver itself held it for right. */
  readonly heldForRight: boolean;
}

export interface Agreed {
  /** Index into the contenders. */
  readonly index: number;
  readonly chosenBy: Evidence;
  /** Ids of the tests that the chosen program passes: those admitted. */
  readonly admitted: readonly string[];
}

/** Fewer written tests than this are not trusted. */
const fewestTests = 3;
const majorityShare = 0.5;

/**
 * Chooses among programs that visible tests leave equal. First by dual agreement (CodeT, Chen et
 * al. 2022, 2207.10397): programs that pass the same tests stand together, and a group is worth
 * its size times its tests. It needs two programs that agree and three tests. Then by the majority
 * of behaviours, the later among equals (RISE, 2407.18219), where it has half of all. Then by what
 * the solver itself held for right. Null for no contender.
 */
export function agreement(contenders: readonly Contender[]): Agreed | null {
  const latest = latestOf(
    contenders.map((_, index) => index),
    contenders,
  );
  if (latest === null) return null;
  const chosen = byDualAgreement(contenders) ?? byMajority(contenders);
  if (chosen !== null) return chosen;
  const held = contenders.flatMap(({ heldForRight }, index) => (heldForRight ? [index] : []));
  const judged = latestOf(held, contenders);
  if (judged !== null) return { index: judged, chosenBy: 'selfJudgement', admitted: [] };
  return { index: latest, chosenBy: 'none', admitted: [] };
}

function byDualAgreement(contenders: readonly Contender[]): Agreed | null {
  const groups = groupsBy(contenders, (one) => passedIds(one).join('\n'));
  let best: { members: readonly number[]; passed: readonly string[]; worth: number } | null = null;
  for (const members of groups) {
    const first = contenders[members[0] ?? 0];
    if (!first) continue;
    const passed = passedIds(first);
    const worth = members.length * passed.length;
    const isSound = members.length >= 2 && passed.length >= fewestTests;
    if (isSound && (best === null || worth > best.worth)) best = { members, passed, worth };
  }
  const index = best === null ? null : latestOf(best.members, contenders);
  if (best === null || index === null) return null;
  return { index, chosenBy: 'writtenTests', admitted: best.passed };
}

/** Behaviour: what came out of each written test, right or wrong. */
function byMajority(contenders: readonly Contender[]): Agreed | null {
  const ran = contenders.some(({ outcomes }) => outcomes.length > 0);
  if (!ran || contenders.length < 2) return null;
  const behaviour = ({ outcomes }: Contender): string =>
    JSON.stringify(
      outcomes.map(({ outcome, actual, message }) =>
        outcome === 'passed' ? 'passed' : [outcome, actual ?? message],
      ),
    );
  const groups = groupsBy(contenders, behaviour).toSorted((a, b) => b.length - a.length);
  const [largest = []] = groups;
  if (largest.length < 2 || largest.length < contenders.length * majorityShare) return null;
  const equals = groups.filter(({ length }) => length === largest.length).flat();
  const index = latestOf(equals, contenders);
  return index === null ? null : { index, chosenBy: 'majority', admitted: [] };
}

function passedIds({ outcomes }: Contender): string[] {
  return outcomes.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id);
}

function groupsBy(contenders: readonly Contender[], key: (one: Contender) => string): number[][] {
  const groups = Map.groupBy(contenders.keys(), (index) => {
    const one = contenders[index];
    return one ? key(one) : '';
  });
  return [...groups.values()];
}

function latestOf(indexes: readonly number[], contenders: readonly Contender[]): number | null {
  return indexes.reduce<number | null>((latest, index) => {
    const isLater =
      latest === null || (contenders[index]?.order ?? 0) > (contenders[latest]?.order ?? 0);
    return isLater ? index : latest;
  }, null);
}
