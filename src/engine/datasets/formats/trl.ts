import { rewardModule } from '../recipes/rewardModule';
import { trlRecipes } from '../recipes/trl';
import type { DatasetFormat } from './format';
import { assistant, linesOf } from './lines';

/**
 * TRL's conversational types (https://huggingface.co/docs/trl/dataset_formats): prompt-completion
 * (SFT), preference with explicit prompt (DPO), unpaired preference (KTO), prompt-only (GRPO), and
 * prompt-completion with a weight (RISE). All rows of a file have the same keys and types; strings
 * that name things stand beside the messages, where these trainers ignore them and GRPO hands them
 * to the reward.
 */
export const trl: DatasetFormat = {
  name: 'trl',
  about: 'TRL: SFT, DPO, KTO, GRPO with a reward module, RISE (JSON lines)',
  shapes: ['completion', 'preference', 'labelled', 'weighted', 'group'],
  files(source) {
    const groups = linesOf(
      source,
      'group',
      (split) => `prompts/${split}.jsonl`,
      (row) => ({
        prompt: row.prompt,
        tests: row.tests,
        support: row.support,
        entry_point: row.entryPoint,
        timeout_seconds: row.timeoutSeconds,
        solved: row.solved,
        ...row.names,
      }),
    );
    return [
      ...linesOf(
        source,
        'completion',
        (split) => `prompt-completion/${split}.jsonl`,
        (row) => ({
          prompt: row.prompt,
          completion: assistant(row.completion),
          ...row.names,
        }),
      ),
      ...linesOf(
        source,
        'preference',
        (split) => `preference/${split}.jsonl`,
        (row) => ({
          prompt: row.prompt,
          chosen: assistant(row.chosen),
          rejected: assistant(row.rejected),
          ...row.names,
        }),
      ),
      ...linesOf(
        source,
        'labelled',
        (split) => `unpaired/${split}.jsonl`,
        (row) => ({
          prompt: row.prompt,
          completion: assistant(row.completion),
          label: row.label,
          ...row.names,
        }),
      ),
      ...linesOf(
        source,
        'weighted',
        (split) => `weighted/${split}.jsonl`,
        (row) => ({
          prompt: row.prompt,
          completion: assistant(row.completion),
          reward: row.reward,
          weight: row.weight,
          ...row.names,
        }),
      ),
      ...groups,
      ...(groups.length > 0
        ? [{ kind: 'text', file: 'rewards.py', text: rewardModule } as const]
        : []),
    ];
  },
  recipes: trlRecipes,
};
