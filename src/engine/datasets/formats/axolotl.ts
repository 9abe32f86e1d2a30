import { baseModel, rates, recipeHead, sourced, type Recipe } from '../recipes/recipe';
import type { RowSource } from '../rowSource';
import type { Shape } from '../row';
import type { DatasetFormat } from './format';
import { learnedMessages, linesOf } from './lines';

/**
 * Axolotl: `chat_template` rows whose turns say whether they are trained on, preferences whose
 * sides are single messages, and KTO rows of strings.
 */
export const axolotl: DatasetFormat = {
  name: 'axolotl',
  about: 'Axolotl: SFT with turns left out of the loss, DPO, KTO (JSON lines)',
  shapes: ['completion', 'preference', 'labelled'],
  files: (source) => [
    ...linesOf(
      source,
      'completion',
      (split) => `sft/${split}.jsonl`,
      (row) => ({ messages: learnedMessages(row, 'train') }),
    ),
    ...linesOf(
      source,
      'preference',
      (split) => `dpo/${split}.jsonl`,
      (row) => ({
        messages: row.prompt,
        chosen: { role: 'assistant', content: row.chosen },
        rejected: { role: 'assistant', content: row.rejected },
      }),
    ),
    ...linesOf(
      source,
      'labelled',
      (split) => `kto/${split}.jsonl`,
      (row) => ({
        prompt: row.prompt.map(({ content }) => content).join('\n\n'),
        completion: row.completion,
        label: row.label,
      }),
    ),
  ],
  recipes: (source) =>
    [
      recipe(source, 'completion', 'sft', [
        '    type: chat_template',
        '    field_messages: messages',
        '    message_field_training: train  # loss on the verified answer only',
        sourced('learning_rate', rates.sft),
      ]),
      recipe(source, 'preference', 'dpo', [
        '    type: chat_template.default',
        '    field_messages: messages',
        'rl: dpo',
        sourced('learning_rate', rates.dpo),
        sourced('rl_beta', rates.dpoBeta),
      ]),
      recipe(source, 'labelled', 'kto', [
        '    type:',
        '      field_prompt: prompt',
        '      field_completion: completion',
        '      field_label: label',
        'rl: kto',
        'remove_unused_columns: false',
        sourced('learning_rate', rates.kto),
        sourced('rl_beta', rates.ktoBeta),
      ]),
    ].filter((one) => one !== null),
};

function recipe(
  source: RowSource,
  shape: Shape,
  name: string,
  settings: readonly string[],
): Recipe | null {
  if (source.count(shape, 'train') === 0) return null;
  const text = [
    ...recipeHead,
    `base_model: ${baseModel}`,
    'datasets:',
    `  - path: ${name}/train.jsonl`,
    '    ds_type: json',
    ...settings,
    'lr_scheduler: cosine',
    'warmup_ratio: 0.04',
    'sequence_len: 4096',
    'num_epochs: 2  # at most: further ones repeat few tasks',
    'micro_batch_size: 1',
    'gradient_accumulation_steps: 16',
    'optimizer: adamw_torch',
    'bf16: true',
    `output_dir: out-${name}`,
    '',
  ];
  return {
    file: `recipes/${name}.yaml`,
    text: text.join('\n'),
    command: `axolotl train recipes/${name}.yaml`,
    about: `Axolotl, ${name}`,
  };
}
