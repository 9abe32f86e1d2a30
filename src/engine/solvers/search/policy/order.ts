import type { Syntax } from '../../../syntax/parser';
import { byRank, type RankedMend } from '../ranking';
import type { EditPolicy } from './editPolicy';
import { featuresOf, type EditState, type Features } from './features';

/** log π up to a constant of the state: the hand rank, and what was learned on top of it. */
export function scoresOf(
  weights: Readonly<Record<string, number>>,
  ranked: readonly RankedMend[],
  features: readonly Features[],
): Float64Array {
  return Float64Array.from(ranked, ({ rank }, at) => {
    const of = features[at];
    return Math.log(rank) + (of ? learnedOf(weights, of) : 0);
  });
}

/** π(edit | state): a softmax, so that it sums to 1. */
export function probabilitiesOf(scores: Float64Array): Float64Array {
  const most = scores.reduce((max, score) => Math.max(max, score), -Infinity);
  const shares = scores.map((score) => Math.exp(score - most));
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => share / sum);
}

/** The edits of a state, the most probable first. A policy without weights gives the hand order. */
export function orderedBy(
  policy: EditPolicy,
  syntax: Syntax,
  state: EditState,
  ranked: readonly RankedMend[],
): readonly RankedMend[] {
  if (Object.keys(policy.weights).length === 0) return byRank(ranked);
  const features = featuresOf(syntax, state, ranked);
  return byRank(
    ranked.map(({ edit, rank }, at) => {
      const of = features[at];
      return { edit, rank: rank * Math.exp(of ? learnedOf(policy.weights, of) : 0) };
    }),
  );
}

function learnedOf(weights: Readonly<Record<string, number>>, { names, values }: Features): number {
  let sum = 0;
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? '';
    if (Object.hasOwn(weights, name)) sum += (weights[name] ?? 0) * (values[at] ?? 0);
  }
  return sum;
}
