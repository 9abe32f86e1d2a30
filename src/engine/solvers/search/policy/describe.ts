import type { EditPolicy } from './editPolicy';

export interface WeightInWords {
  readonly feature: string;
  readonly weight: number;
  /** How many times as likely an edit with this feature is than the hand priority alone has it. */
  readonly factor: number;
}

/** The weights that say most, the strongest first. `hand` and `crowd` are exponents, not factors. */
export function strongestWeights(policy: EditPolicy, most = 20): readonly WeightInWords[] {
  return Object.entries(policy.weights)
    .sort(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([feature, weight]) => ({ feature, weight, factor: Math.exp(weight) }));
}

/** The policy for people, a line for each thing. */
export function policyLines(policy: EditPolicy, most = 20): readonly string[] {
  const { name, generation, trainedOn, weights, counts } = policy;
  const count = Object.keys(weights).length;
  const lines = [
    `${name}, generation ${String(generation)}: ${String(count)} weights from ${String(trainedOn.examples)} decisions (${String(trainedOn.replayed)} of them earlier ones) on ${String(trainedOn.tasks)} tasks of ${String(trainedOn.families)} families`,
  ];
  if (count === 0) return [...lines, 'edits are tried by hand priority'];
  for (const { feature, factor } of strongestWeights(policy, most)) {
    const how = factor >= 1 ? `${factor.toFixed(2)} times as` : `1/${(1 / factor).toFixed(2)} as`;
    lines.push(`  ${feature}: ${how} likely`);
  }
  const wins = Object.entries(counts)
    .filter(([, seen]) => seen.wins > 0)
    .sort(([, a], [, b]) => b.wins - a.wins)
    .map(([operator, { wins: won, tries }]) => `${operator} ${String(won)} of ${String(tries)}`);
  return wins.length === 0 ? lines : [...lines, `mended: ${wins.slice(0, most).join(', ')}`];
}
