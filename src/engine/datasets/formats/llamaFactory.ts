import { splits } from '../pair';
import {
  baseModel,
  rates,
  recipeHead,
  sourced,
  warmUpSteps,
  type Rate,
  type Recipe,
} from '../recipes/recipe';
import type { Message, Shape } from '../row';
import type { RowSource } from '../rowSource';
import type { DatasetFormat } from './format';
import { linesOf } from './lines';

const kinds = { completion: 'sft', preference: 'ranking', labelled: 'kto' } as const;

/**
 * LLaMA-Factory (data/README.md there): ShareGPT rows with `dataset_info.json`. Conversations end
 * with the assistant for SFT and KTO and with the human for ranking, else rows are skipped there
 * with a warning only. It trains on every answer unless `mask_history` is set, as the recipes do.
 */
export const llamaFactory: DatasetFormat = {
  name: 'llama-factory',
  about: 'LLaMA-Factory: SFT, DPO, KTO with dataset_info.json (JSON lines)',
  shapes: ['completion', 'preference', 'labelled'],
  files: (source) => [
    ...linesOf(
      source,
      'completion',
      (split) => `sft-${split}.jsonl`,
      (row) => ({
        conversations: [...turns(row.prompt), { from: 'gpt', value: row.completion }],
      }),
    ),
    ...linesOf(
      source,
      'preference',
      (split) => `ranking-${split}.jsonl`,
      (row) => ({
        conversations: turns(row.prompt),
        chosen: { from: 'gpt', value: row.chosen },
        rejected: { from: 'gpt', value: row.rejected },
      }),
    ),
    ...linesOf(
      source,
      'labelled',
      (split) => `kto-${split}.jsonl`,
      (row) => ({
        conversations: [...turns(row.prompt), { from: 'gpt', value: row.completion }],
        kto_tag: row.label,
      }),
    ),
    { kind: 'text', file: 'dataset_info.json', text: `${JSON.stringify(info(source), null, 2)}\n` },
  ],
  recipes: (source) =>
    [
      recipe(source, 'completion', 'sft', [['learning_rate', rates.sft]]),
      recipe(source, 'preference', 'dpo', [
        ['learning_rate', rates.dpo],
        ['pref_beta', rates.dpoBeta],
      ]),
      recipe(source, 'labelled', 'kto', [
        ['learning_rate', rates.kto],
        ['pref_beta', rates.ktoBeta],
      ]),
    ].filter((one) => one !== null),
};

function turns(prompt: readonly Message[]): { from: 'human' | 'gpt'; value: string }[] {
  return prompt.map(({ role, content }) => ({
    from: role === 'user' ? 'human' : 'gpt',
    value: content,
  }));
}

function info(source: RowSource): Record<string, object> {
  const columns = { messages: 'conversations' };
  const more = {
    completion: { columns },
    preference: { ranking: true, columns: { ...columns, chosen: 'chosen', rejected: 'rejected' } },
    labelled: { columns: { ...columns, kto_tag: 'kto_tag' } },
  };
  const entries = (['completion', 'preference', 'labelled'] as const).flatMap((shape) =>
    splits
      .filter((split) => source.count(shape, split) > 0)
      .map((split): [string, object] => [
        `flywheel_${kinds[shape]}_${split}`,
        { file_name: `${kinds[shape]}-${split}.jsonl`, formatting: 'sharegpt', ...more[shape] },
      ]),
  );
  return Object.fromEntries(entries);
}

function recipe(
  source: RowSource,
  shape: Exclude<Shape, 'weighted' | 'group'>,
  stage: 'sft' | 'dpo' | 'kto',
  settings: readonly (readonly [string, Rate])[],
): Recipe | null {
  if (source.count(shape, 'train') === 0) return null;
  const name = kinds[shape];
  const hasValidation = source.count(shape, 'validation') > 0;
  const text = [
    ...recipeHead,
    `model_name_or_path: ${baseModel}`,
    `stage: ${stage}`,
    'do_train: true',
    'finetuning_type: full',
    'dataset_dir: .',
    `dataset: flywheel_${name}_train`,
    ...(hasValidation ? [`eval_dataset: flywheel_${name}_validation`, 'eval_strategy: epoch'] : []),
    'template: TEMPLATE_OF_THE_MODEL',
    'cutoff_len: 4096',
    ...(stage === 'sft' ? ['mask_history: true  # loss on the verified answer only'] : []),
    ...settings.map(([key, rate]) => sourced(key, rate)),
    'lr_scheduler_type: cosine',
    `warmup_steps: ${warmUpSteps(source.count(shape, 'train'), 16)}`,
    'num_train_epochs: 2.0  # at most: further ones repeat few tasks',
    'per_device_train_batch_size: 1',
    'gradient_accumulation_steps: 16',
    'bf16: true',
    `output_dir: out-${stage}`,
    '',
  ];
  return {
    file: `recipes/${stage}.yaml`,
    text: text.join('\n'),
    command: `llamafactory-cli train recipes/${stage}.yaml`,
    about: `LLaMA-Factory, ${stage}`,
  };
}
