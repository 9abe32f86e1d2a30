import { z } from 'zod';
import { hashOf } from '../../../domain/hash';

/** Names of features mean the same as long as this stays; weights of other features are refused. */
export const featureSet = 'edit-features@1';

const finite = z.number().refine(Number.isFinite, 'is no number');
const count = z.number().min(0).max(1e12);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'is no sha256');
const name = z.string().min(1).max(120);

/** No feature may say more than this alone, as a logarithm: a factor of 2,981. */
export const maxWeight = 8;
const maxWeights = 20_000;
const maxOperators = 200;

export const policySettings = z.strictObject({
  features: z.string().max(40),
  /** τ of RISE (2407.18219): an edit of reward r weighs exp(r/τ). */
  temperature: z.number().min(0.05).max(10),
  /** How much the policy before holds it back; infinite keeps it. As text, for JSON knows no infinity. */
  kl: z.union([z.number().min(0).max(1e9), z.literal('infinite')]),
  l2: z.number().min(0).max(1e6),
  /** How many times as strong that is for features of one operator alone. */
  special: z.number().min(1).max(1e6),
  /** Of what is trained on, the share that is earlier data, where there is as much. */
  replayShare: z.number().min(0).max(0.9),
  /** Steps of the training at most. */
  steps: z.number().int().min(0).max(1000),
  /** Edits of one state that are compared at most; of what was not tried, the others are drawn. */
  editsPerState: z.number().int().min(2).max(5000),
  /** Examples of one task at most (ReST^EM, 2312.06585), so that easy tasks do not outweigh others. */
  perTask: z.number().int().min(1).max(1000),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});
export type PolicySettings = z.infer<typeof policySettings>;

export const policySchema = z.strictObject({
  kind: z.literal('code-flywheel-policy'),
  version: z.literal(1),
  name,
  /** 0 for the hand priority; one more with every training. */
  generation: z.number().int().min(0).max(1e6),
  /** Hash of the policy that it was trained from; null for one that nothing was taught. */
  parent: hash.nullable(),
  /** Logarithms, by name of a feature. What is missing is 0. */
  weights: z
    .record(z.string().min(1).max(200), finite.min(-maxWeight).max(maxWeight))
    .refine((value) => Object.keys(value).length <= maxWeights, 'has too many weights'),
  /** What was seen of each operator: edits that were there to be tried, and those that mended. */
  counts: z
    .record(z.string().min(1).max(60), z.strictObject({ tries: count, wins: count }))
    .refine((value) => Object.keys(value).length <= maxOperators, 'has too many operators'),
  trainedOn: z.strictObject({
    examples: count,
    replayed: count,
    tasks: count,
    families: count,
    /** sha256 over the examples; null where there are none. */
    hash: hash.nullable(),
  }),
  settings: policySettings,
});

/**
 * An order in which search repair tries edits: log-linear over features of an edit and of the state
 * that it is tried in, on top of the hand priority. π(edit | state) is the softmax of
 * log(hand rank) + Σ weight · feature over all edits of the state. Plain data: it can be read,
 * shared, and reset by leaving it out.
 */
export type EditPolicy = z.infer<typeof policySchema>;

export const defaultPolicySettings: PolicySettings = {
  features: featureSet,
  temperature: 0.4,
  kl: 0.1,
  l2: 30,
  special: 10,
  replayShare: 0.75,
  steps: 40,
  editsPerState: 400,
  perTask: 4,
  seed: 1,
};

/** The hand priority as it stands: every weight is 0. */
export const untaughtPolicy: EditPolicy = {
  kind: 'code-flywheel-policy',
  version: 1,
  name: 'untaught',
  generation: 0,
  parent: null,
  weights: {},
  counts: {},
  trainedOn: { examples: 0, replayed: 0, tasks: 0, families: 0, hash: null },
  settings: defaultPolicySettings,
};

/** sha256 over all of it: what a run that uses it is frozen with. */
export function policyHash(policy: EditPolicy): string {
  return hashOf(policy);
}
