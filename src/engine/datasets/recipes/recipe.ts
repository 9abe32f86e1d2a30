/** A ready configuration for one trainer, with the one command that starts it. */
export interface Recipe {
  /** In `recipes/` of the dataset. */
  readonly file: string;
  readonly text: string;
  /** From the folder of the dataset. */
  readonly command: string;
  readonly about: string;
}

export interface Rate {
  readonly value: string;
  readonly source: string;
}

/**
 * Starting points with their source, not the best for a given model. Each round starts from the base
 * model again (STaR 2203.14465, ReST^EM 2312.06585), so errors of one round do not add up.
 */
export const rates = {
  sft: { value: '1.0e-5', source: 'RISE 2407.18219, published code: cosine, warm-up 0.04' },
  dpo: { value: '1.0e-6', source: 'default of TRL' },
  dpoBeta: { value: '0.1', source: 'DPO 2305.18290: 0.05 to 0.1 against forgetting' },
  kto: { value: '1.0e-6', source: 'default of TRL' },
  ktoBeta: { value: '0.1', source: 'KTO 2402.01306' },
  grpo: { value: '1.0e-6', source: 'GRPO 2402.03300' },
  grpoBeta: { value: '0.04', source: 'GRPO 2402.03300' },
} as const satisfies Record<string, Rate>;

/** Warm-up of RISE's published code, as a share of all steps. */
const warmUp = 0.04;
/** Further epochs repeat few tasks. */
export const epochs = 2;

/**
 * Warm-up as a whole number of steps, which every version of the trainers takes: `warmup_ratio` is
 * gone from transformers since 5.2, and a share in `warmup_steps` is unknown to earlier ones.
 */
export function warmUpSteps(rows: number, batch: number): string {
  const steps = Math.ceil(rows / batch) * epochs;
  return `${String(Math.round(warmUp * steps))}  # ${String(warmUp)} of ${String(steps)} steps on one device`;
}

/** A number with where it comes from, as a line of a YAML or Python file. */
export function sourced(key: string, rate: Rate, equals = ': '): string {
  return `${key}${equals}${rate.value}  # ${rate.source}`;
}

/** Stands first in every recipe. */
export const recipeHead: readonly string[] = [
  '# Starts from the base model, not from the model of an earlier round: put its name below.',
  '# Replay of earlier verified data is mixed into the training files already, as the card says;',
  '# 20 to 30 % of general instruction data beside it keeps other abilities (2205.12393, 2403.08763).',
];

export const baseModel = 'BASE_MODEL';
