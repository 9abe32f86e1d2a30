import type { PolicySettings } from './editPolicy';
import { isGeneral } from './features';
import type { Slope } from './minimise';
import type { Decision } from './states';

/**
 * What training makes small, over decisions with weights ω = exp(reward/τ), made to sum to 1:
 *
 *   (−Σ ω log π(right) + β mean KL(π before ‖ π) + Σ λ w²/2n) / (1 + β)
 *
 * λ is larger for what is said of one operator alone: which operators mend is what differs most from
 * one source of faults to another.
 *
 * It is convex: the KL is a cross entropy with fixed targets, so both are softmax regressions.
 */
export class Objective {
  readonly previous: Float64Array;
  private readonly shares: readonly number[];
  private readonly before: readonly Float64Array[];
  private readonly hold: number;
  /** By place of a weight. */
  private readonly ridges: Float64Array;

  constructor(
    private readonly decisions: readonly Decision[],
    names: readonly string[],
    weights: Readonly<Record<string, number>>,
    { temperature, kl, l2, special }: PolicySettings,
  ) {
    this.previous = Float64Array.from(names, (name) =>
      Object.hasOwn(weights, name) ? (weights[name] ?? 0) : 0,
    );
    // Relative to the best reward, so that no exponent overflows; the sum is divided out.
    const raw = decisions.map(({ reward }) => Math.exp((reward - 1) / temperature));
    const sum = raw.reduce((all, one) => all + one, 0);
    this.shares = raw.map((one) => one / sum);
    this.before = decisions.map((decision) => softmax(logits(decision, this.previous)));
    this.hold = kl === 'infinite' ? Infinity : kl;
    this.ridges = Float64Array.from(names, (name) => {
      return (l2 * (isGeneral(name) ? 1 : special)) / decisions.length;
    });
  }

  at(weights: Float64Array): Slope {
    const { hold, ridges } = this;
    const count = this.decisions.length;
    const gradient = weights.map((weight, at) => (ridges[at] ?? 0) * weight);
    let value = 0;
    for (const [at, weight] of weights.entries())
      value += ((ridges[at] ?? 0) * weight * weight) / 2;
    for (const [number, decision] of this.decisions.entries()) {
      const scores = logits(decision, weights);
      const total = logSum(scores);
      const share = this.shares[number] ?? 0;
      const held = hold / count;
      const before = this.before[number];
      value -= share * ((scores[decision.right] ?? 0) - total);
      for (let edit = 0; edit < scores.length; edit++) {
        const score = (scores[edit] ?? 0) - total;
        const was = before?.[edit] ?? 0;
        if (held > 0) value += held * was * (Math.log(Math.max(was, Number.MIN_VALUE)) - score);
        const wanted = held * was + (edit === decision.right ? share : 0);
        spread(decision, edit, (share + held) * Math.exp(score) - wanted, gradient);
      }
    }
    const scale = 1 / (1 + hold);
    return { value: value * scale, gradient: gradient.map((one) => one * scale) };
  }

  /** Mean log π of the right edits. */
  likelihood(weights: Float64Array): number {
    const all = this.decisions.map((decision) => {
      const scores = logits(decision, weights);
      return (scores[decision.right] ?? 0) - logSum(scores);
    });
    return all.reduce((sum, one) => sum + one, 0) / all.length;
  }

  /** Mean KL of the policy before from the one of these weights. */
  divergence(weights: Float64Array): number {
    let sum = 0;
    for (const [number, decision] of this.decisions.entries()) {
      const now = softmax(logits(decision, weights));
      this.before[number]?.forEach((was, edit) => {
        if (was > 0) sum += was * Math.log(was / Math.max(now[edit] ?? 0, Number.MIN_VALUE));
      });
    }
    return Math.max(0, sum / this.decisions.length);
  }
}

function logits({ base, starts, features, values }: Decision, weights: Float64Array): Float64Array {
  return base.map((score, edit) => {
    let sum = score;
    const end = starts[edit + 1] ?? 0;
    for (let at = starts[edit] ?? 0; at < end; at++) {
      sum += (weights[features[at] ?? 0] ?? 0) * (values[at] ?? 0);
    }
    return sum;
  });
}

function spread(
  { starts, features, values }: Decision,
  edit: number,
  by: number,
  into: Float64Array,
): void {
  const end = starts[edit + 1] ?? 0;
  for (let at = starts[edit] ?? 0; at < end; at++) {
    const feature = features[at] ?? 0;
    into[feature] = (into[feature] ?? 0) + by * (values[at] ?? 0);
  }
}

function logSum(scores: Float64Array): number {
  const most = scores.reduce((max, score) => Math.max(max, score), -Infinity);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}

function softmax(scores: Float64Array): Float64Array {
  const total = logSum(scores);
  return scores.map((score) => Math.exp(score - total));
}
