import { hashOf } from '../domain/hash';
import { howMany } from '../domain/howMany';

/** Tasks that were set aside for measuring, frozen by their hash. */
export interface HeldOutSet {
  readonly name: string;
  /** Over the sorted hashes of its tasks. */
  readonly hash: string;
  readonly tasks: readonly string[];
  /** ISO time. */
  readonly frozenAt: string;
  /** What was measured on it so far, each once. */
  readonly looks: readonly { readonly of: string; readonly at: string }[];
}

/** What stands in a dataset, by which a task is known as trained on. */
export interface Trained {
  /** Folder or name of the dataset. */
  readonly dataset: string;
  readonly tasks: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
}

/**
 * A set that was looked at more often no longer tells solvers apart that were chosen by it: with
 * each look the best of them owes more to chance (Dwork et al. 2015).
 */
export const maxLooks = 10;

export function setHash(tasks: readonly string[]): string {
  return hashOf([...new Set(tasks)].sort());
}

/** What is wrong with measuring on these tasks, in plain words; empty where nothing is known. */
export function heldOutWarnings(
  tasks: readonly { readonly hash: string; readonly family: string }[],
  sets: readonly HeldOutSet[],
  trained: readonly Trained[],
): string[] {
  const warnings: string[] = [];
  const here = setHash(tasks.map(({ hash }) => hash));
  for (const { name, hash, looks, tasks: frozen } of sets) {
    if (hash === here && looks.length > maxLooks) {
      warnings.push(
        `The held-out set ${name} was evaluated ${howMany(looks.length, 'time')}. What is chosen by it owes more and more to chance: measure the final choice on tasks never looked at.`,
      );
    }
    const inSet = new Set(frozen);
    const shared = tasks.filter((task) => inSet.has(task.hash)).length;
    if (hash !== here && shared > 0) {
      warnings.push(
        `${String(shared)} of ${howMany(tasks.length, 'task')} ${shared === 1 ? 'is' : 'are'} of the held-out set ${name} (${howMany(frozen.length, 'task')}), but these are not that set: rates do not compare.`,
      );
    }
  }
  for (const { dataset, tasks: hashes, families } of trained) {
    const same = tasks.filter(({ hash }) => hashes.has(hash)).length;
    const kin = tasks.filter(
      ({ hash, family }) => !hashes.has(hash) && families.has(family),
    ).length;
    if (same + kin === 0) continue;
    const related = kin > 0 ? `, and ${String(kin)} more are of a family in it` : '';
    warnings.push(
      `${String(same)} of ${howMany(tasks.length, 'task')} ${same === 1 ? 'is' : 'are'} in the dataset ${dataset}${related}. Of a solver that was trained on it these rates say nothing.`,
    );
  }
  return warnings;
}

/** The set with one more look at it; the same thing measured again is no new look. */
export function looked(set: HeldOutSet, of: string, at: string): HeldOutSet {
  if (set.looks.some((look) => look.of === of)) return set;
  return { ...set, looks: [...set.looks, { of, at }] };
}
