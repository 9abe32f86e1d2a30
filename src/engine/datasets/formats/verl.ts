import { splits } from '../pair';
import { baseModel, rates, recipeHead } from '../recipes/recipe';
import type { DatasetFile, DatasetFormat } from './format';
import { rewardFiles } from './lines';
import { verlRow } from './verlRow';

/**
 * verl: Parquet of prompts with a rule reward, and of `messages` for supervised tuning. Its trainer
 * learns every answer of a conversation, so rows with earlier wrong answers are not written for it.
 */
export const verl: DatasetFormat = {
  name: 'verl',
  about: 'verl: RL prompts with a reward module, SFT messages (Parquet)',
  shapes: ['completion', 'group'],
  without: ['dialogue'],
  files(source) {
    const files: DatasetFile[] = [];
    for (const split of splits) {
      const prompts = source.count('group', split);
      if (prompts > 0) {
        files.push({
          ...{ kind: 'parquet', file: `rl/${split}.parquet`, rows: prompts },
          table: {
            columns: [
              { name: 'data_source', type: 'string' },
              { name: 'prompt', type: 'messages' },
              { name: 'ability', type: 'string' },
              {
                name: 'reward_model',
                type: [
                  { name: 'style', type: 'string' },
                  { name: 'ground_truth', type: 'string' },
                ],
              },
              {
                name: 'extra_info',
                type: [
                  { name: 'split', type: 'string' },
                  { name: 'task_id', type: 'string' },
                  { name: 'task_hash', type: 'string' },
                  { name: 'family', type: 'string' },
                  { name: 'solved', type: 'double' },
                ],
              },
            ],
            *rows() {
              for (const row of source.rows('group', split)) yield verlRow(row);
            },
          },
        });
      }
      const answers = source.count('completion', split);
      if (answers > 0) {
        files.push({
          ...{ kind: 'parquet', file: `sft/${split}.parquet`, rows: answers },
          table: {
            columns: [
              { name: 'messages', type: 'messages' },
              { name: 'task_id', type: 'string' },
              { name: 'kind', type: 'string' },
            ],
            *rows() {
              for (const row of source.rows('completion', split)) {
                const { task_id, kind } = row.names;
                const messages = [...row.prompt, { role: 'assistant', content: row.completion }];
                yield { messages, task_id, kind };
              }
            },
          },
        });
      }
    }
    return [...files, ...rewardFiles(source)];
  },
  recipes(source) {
    const validation = source.count('group', 'validation') > 0 ? 'validation' : 'train';
    const batch = String(batchWithin(source.count('group', 'train')));
    const supervised = {
      file: 'recipes/sft.sh',
      about: 'verl, supervised',
      command: 'bash recipes/sft.sh',
      text: script(
        [
          'torchrun --standalone --nproc_per_node=8 -m verl.trainer.fsdp_sft_trainer',
          'data.train_files=sft/train.parquet',
          `data.val_files=sft/${source.count('completion', 'validation') > 0 ? 'validation' : 'train'}.parquet`,
          'data.train_batch_size=16 data.micro_batch_size_per_gpu=1',
          'data.multiturn.enable=true data.multiturn.messages_key=messages data.max_length=4096',
          `model.partial_pretrain=${baseModel}`,
          `optim.lr=${rates.sft.value}`,
          'trainer.total_epochs=2',
        ],
        [
          `Learning rate: ${rates.sft.source}. A batch larger than the file would leave no step at all.`,
          'Newer verl has verl.trainer.sft_trainer instead: there model.path names the model, and',
          'data.messages_key the conversation, without data.multiturn.',
        ],
      ),
    };
    const reinforcement = {
      file: 'recipes/grpo.sh',
      about: 'verl, GRPO with a reward that runs the tests',
      command: 'bash recipes/grpo.sh',
      text: script(
        [
          'python -m verl.trainer.main_ppo algorithm.adv_estimator=grpo',
          `data.train_files=rl/train.parquet data.val_files=rl/${validation}.parquet`,
          `data.train_batch_size=${batch} actor_rollout_ref.actor.ppo_mini_batch_size=${batch}`,
          'actor_rollout_ref.actor.use_dynamic_bsz=true',
          'data.max_prompt_length=2048 data.max_response_length=1024 data.filter_overlong_prompts=true',
          `actor_rollout_ref.model.path=${baseModel}`,
          `actor_rollout_ref.actor.optim.lr=${rates.grpo.value}`,
          `actor_rollout_ref.actor.use_kl_loss=true actor_rollout_ref.actor.kl_loss_coef=${rates.grpoBeta.value}`,
          'actor_rollout_ref.rollout.name=vllm actor_rollout_ref.rollout.n=8',
          'custom_reward_function.path="$PWD/rewards.py" custom_reward_function.name=compute_score',
          '++reward.custom_reward_function.path="$PWD/rewards.py"',
          '++reward.custom_reward_function.name=compute_score',
          'trainer.total_epochs=2',
        ],
        [
          `Learning rate: ${rates.grpo.source}. Weight of KL (beta): ${rates.grpoBeta.source}.`,
          'The reward is named twice: newer verl reads it under `reward`, and passes over the other.',
        ],
      ),
    };
    return [
      ...(source.count('completion', 'train') > 0 ? [supervised] : []),
      ...(source.count('group', 'train') > 0 ? [reinforcement] : []),
    ];
  },
};

/** The largest power of two that the prompts fill, for verl drops what fills no batch. */
function batchWithin(rows: number): number {
  return 2 ** Math.floor(Math.log2(Math.min(mostPrompts, Math.max(1, rows))));
}

const mostPrompts = 128;

function script(parts: readonly string[], notes: readonly string[]): string {
  const head = [...recipeHead, ...notes.map((note) => `# ${note}`), 'set -eu'];
  return `#!/usr/bin/env bash\n${head.join('\n')}\n${parts.join(' \\\n  ')}\n`;
}
