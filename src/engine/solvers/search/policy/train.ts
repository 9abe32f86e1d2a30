import { hashOf } from '../../../domain/hash';
import { pause } from '../../../domain/pause';
import { randomOf, shuffled } from '../../../domain/random';
import type { Syntax } from '../../../syntax/parser';
import { countsOf } from './counts';
import {
  defaultPolicySettings,
  featureSet,
  maxWeight,
  policyHash,
  type EditPolicy,
  type PolicySettings,
} from './editPolicy';
import { exampleHash, type PolicyExample } from './example';
import { minimise } from './minimise';
import { Objective } from './objective';
import { compact, States, type Decision } from './states';

/** Trained on at most; of more, so many are drawn. */
const mostTrained = 5000;
const leastWeight = 1e-4;

export interface TrainOptions {
  readonly syntax: Syntax;
  /** Newly verified. */
  readonly examples: readonly PolicyExample[];
  readonly previous: EditPolicy;
  /** Verified in earlier rounds. */
  readonly replay?: readonly PolicyExample[];
  readonly settings?: Partial<PolicySettings>;
  readonly name?: string;
  readonly signal: AbortSignal;
  /** Kept by who trains often on the same examples. */
  readonly states?: States;
}

export interface TrainReport {
  readonly used: number;
  readonly replayed: number;
  /** No edit leads to what they say, or their task had enough. */
  readonly leftOut: { readonly noEdit: number; readonly overCap: number };
  /** Mean log π of the right edits, before and after. */
  readonly before: number | null;
  readonly after: number | null;
  /** Mean KL of the policy before from the new one, in nats. */
  readonly divergence: number | null;
}

/**
 * The next generation of a policy: it makes Σ log π(right edit | state) · exp(reward/τ) large (RISE,
 * 2407.18219), over the states of verified ways, all other edits of a state being the denominator;
 * KL to the policy before and L2 hold it back, and earlier examples are replayed. With nothing to
 * learn from, it is the previous one, unchanged. Deterministic. Throws what the signal was aborted with.
 */
export async function trainPolicy(
  options: TrainOptions,
): Promise<{ readonly policy: EditPolicy; readonly report: TrainReport }> {
  const { previous, signal, syntax } = options;
  const settings = { ...defaultPolicySettings, ...options.settings, features: featureSet };
  const states = options.states ?? new States(syntax);
  const fresh = capped(distinct(options.examples), settings);
  const earlier = distinct(options.replay ?? [], new Set(options.examples.map(exampleHash)));
  const share = settings.replayShare;
  const wanted = Math.round((fresh.kept.length * share) / (1 - share));
  const replayed = drawn(capped(earlier, settings).kept, wanted, settings.seed, 'replay');
  const chosen = drawn([...fresh.kept, ...replayed], mostTrained, settings.seed, 'training');
  const decisions: Decision[] = [];
  const used: PolicyExample[] = [];
  for (const [at, example] of chosen.entries()) {
    if (at % 8 === 0) await pause(signal);
    const decision = states.of(example, settings.editsPerState);
    if (decision === null) continue;
    decisions.push(decision);
    used.push(example);
  }
  const leftOut = { noEdit: chosen.length - used.length, overCap: fresh.over };
  if (decisions.length === 0) {
    const nothing = { before: null, after: null, divergence: null };
    return { policy: previous, report: { used: 0, replayed: 0, leftOut, ...nothing } };
  }
  const { decisions: compacted, names } = compact(decisions, states.names);
  const objective = new Objective(compacted, names, previous.weights, settings);
  const start = objective.previous;
  const found =
    settings.kl === 'infinite'
      ? start
      : await minimise(
          start,
          (place) => objective.at(place),
          settings.steps,
          () => pause(signal),
        );
  const weights = new Map(Object.entries(previous.weights));
  for (const [number, name] of names.entries()) {
    const value = Math.max(-maxWeight, Math.min(maxWeight, found[number] ?? 0));
    const rounded = settings.kl === 'infinite' ? value : Math.round(value * 1e6) / 1e6;
    if (Math.abs(rounded) >= leastWeight) weights.set(name, rounded);
    else weights.delete(name);
  }
  const isReplay = new Set(replayed);
  const policy: EditPolicy = {
    kind: 'code-flywheel-policy',
    version: 1,
    name: options.name ?? `generation ${String(previous.generation + 1)}`,
    generation: previous.generation + 1,
    parent: policyHash(previous),
    weights: Object.fromEntries(weights),
    counts: countsOf(decisions, previous.counts),
    trainedOn: {
      examples: used.length,
      replayed: used.filter((example) => isReplay.has(example)).length,
      tasks: new Set(used.map(({ task }) => task)).size,
      families: new Set(used.map(({ family }) => family)).size,
      hash: hashOf(used.map(exampleHash)),
    },
    settings,
  };
  return {
    policy,
    report: {
      ...{ used: used.length, replayed: policy.trainedOn.replayed, leftOut },
      before: objective.likelihood(start),
      after: objective.likelihood(found),
      divergence: objective.divergence(found),
    },
  };
}

function distinct(
  examples: readonly PolicyExample[],
  known: ReadonlySet<string> = new Set(),
): readonly PolicyExample[] {
  const seen = new Map(examples.map((example) => [exampleHash(example), example]));
  return [...seen].filter(([hash]) => !known.has(hash)).map(([, example]) => example);
}

/** At most so many of one task, the best rewarded first. */
function capped(
  examples: readonly PolicyExample[],
  { perTask }: PolicySettings,
): { readonly kept: readonly PolicyExample[]; readonly over: number } {
  const counts = new Map<string, number>();
  const inOrder = [...examples].sort((a, b) => b.reward - a.reward);
  const isKept = new Set(
    inOrder.filter(({ task }) => {
      const count = (counts.get(task) ?? 0) + 1;
      counts.set(task, count);
      return count <= perTask;
    }),
  );
  return {
    kept: examples.filter((example) => isKept.has(example)),
    over: examples.length - isKept.size,
  };
}

function drawn(
  examples: readonly PolicyExample[],
  most: number,
  seed: number,
  key: string,
): readonly PolicyExample[] {
  return examples.length <= most
    ? examples
    : shuffled(examples, randomOf(seed, key)).slice(0, most);
}
