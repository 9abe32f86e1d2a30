import { baseModel, rates, recipeHead } from '../recipes/recipe';
import type { DatasetFormat } from './format';
import { learnedMessages, linesOf } from './lines';
import { verlRow } from './verlRow';

/**
 * XTuner v1: JSON lines of `messages`, where `loss` says of each message whether it is learned, and
 * lines in the form of verl for reinforcement learning.
 */
export const xtuner: DatasetFormat = {
  name: 'xtuner',
  about: 'XTuner v1: SFT with loss on the verified answer, RL lines (JSON lines)',
  shapes: ['completion', 'group'],
  files: (source) => [
    ...linesOf(
      source,
      'completion',
      (split) => `sft/${split}.jsonl`,
      (row) => ({ messages: learnedMessages(row, 'loss') }),
    ),
    ...linesOf(source, 'group', (split) => `rl/${split}.jsonl`, verlRow),
  ],
  recipes: (source) =>
    source.count('completion', 'train') === 0
      ? []
      : [
          {
            file: 'recipes/sft.py',
            about: 'XTuner v1, supervised',
            command:
              'torchrun --nproc-per-node 8 xtuner/v1/train/cli/sft.py --config recipes/sft.py',
            text: [
              ...recipeHead,
              'from xtuner.v1.config import AdamWConfig, LRConfig',
              'from xtuner.v1.datasets import OpenaiTokenizeFunctionConfig',
              'from xtuner.v1.datasets.config import DataloaderConfig, DatasetConfig',
              'from xtuner.v1.model import get_model_config_from_hf',
              'from xtuner.v1.train import TrainerConfig',
              '',
              `base = "${baseModel}"`,
              'trainer = TrainerConfig(',
              '    load_from=base,',
              '    tokenizer_path=base,',
              '    model_cfg=get_model_config_from_hf(base),',
              `    optim_cfg=AdamWConfig(lr=${rates.sft.value}),  # ${rates.sft.source}`,
              '    lr_cfg=LRConfig(lr_type="cosine", warmup_ratio=0.04),',
              '    dataloader_cfg=DataloaderConfig(',
              '        dataset_config_list=[',
              '            {',
              '                "dataset": DatasetConfig(name="flywheel", anno_path="sft/train.jsonl"),',
              '                "tokenize_fn": OpenaiTokenizeFunctionConfig(max_length=4096, chat_template="TEMPLATE_OF_THE_MODEL"),',
              '            }',
              '        ],',
              '        pack_max_length=8192,',
              '    ),',
              '    global_batch_size=16,',
              '    total_epoch=2,',
              '    work_dir="out-sft",',
              ')',
              '',
            ].join('\n'),
          },
        ],
};
