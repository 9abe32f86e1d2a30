import { trlRecipes } from '../recipes/trl';
import { shapes } from '../row';
import { trlRow, trlShapes } from '../trlShapes';
import type { DatasetFormat } from './format';
import { linesOf, rewardFiles, withDecimals } from './lines';

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
  shapes,
  files: (source) => [
    ...shapes.flatMap((shape) =>
      linesOf(
        source,
        shape,
        (split) => `${trlShapes[shape].folder}/${split}.jsonl`,
        (row) => withDecimals(trlRow(row)),
      ),
    ),
    ...rewardFiles(source),
  ],
  recipes: trlRecipes,
};
