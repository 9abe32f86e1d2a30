import { hashOf } from '../../domain/hash';
import type { Lesson } from '../../domain/rounds';
import { policyHash, type EditPolicy } from '../../solvers/search/policy/editPolicy';

/** A solver as one update left it. What it is follows from this and the goals alone. */
export interface Generation {
  /** 0 is the solver as it came. */
  readonly number: number;
  /** The policy of search repair; null where it is untaught. */
  readonly policy: EditPolicy | null;
  /** Where a chat model of this generation answers, where it is another than the goals name. */
  readonly endpoint: { readonly model: string; readonly baseUrl?: string } | null;
  readonly lessons: readonly Lesson[];
}

export const untaught: Generation = { number: 0, policy: null, endpoint: null, lessons: [] };

/** Equal where two generations solve alike: their number says nothing of that. */
export function generationHash({ policy, endpoint, lessons }: Generation): string {
  const told = lessons.filter(({ state }) => state === 'active').map(({ text }) => text);
  return hashOf({ policy: policy && policyHash(policy), endpoint, told });
}
