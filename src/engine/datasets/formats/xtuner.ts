import { baseModel, epochs, rates, recipeHead, type Recipe } from '../recipes/recipe';
import type { DatasetFormat } from './format';
import { learnedMessages, linesOf, rewardFiles } from './lines';
import { verlRow } from './verlRow';

/**
 * XTuner v1: JSON lines of `messages`, where `loss` says of each message whether it is learned, and
 * lines in the form of verl for reinforcement learning.
 */
export const xtuner: DatasetFormat = {
  name: 'xtuner',
  about: 'XTuner v1: SFT with loss on the verified answer, RL lines with a reward (JSON lines)',
  shapes: ['completion', 'group'],
  files: (source) => [
    ...linesOf(
      source,
      'completion',
      (split) => `sft/${split}.jsonl`,
      (row) => ({ messages: learnedMessages(row, 'loss') }),
    ),
    ...linesOf(source, 'group', (split) => `rl/${split}.jsonl`, verlRow),
    ...rewardFiles(source),
  ],
  recipes: (source) => [
    ...(source.count('completion', 'train') > 0 ? [supervised] : []),
    ...(source.count('group', 'train') > 0 ? [reinforcement(source.count('group', 'train'))] : []),
  ],
};

const supervised: Recipe = {
  file: 'recipes/sft.py',
  about: 'XTuner v1, supervised',
  command: 'torchrun --nproc-per-node 8 xtuner/v1/train/cli/sft.py --config recipes/sft.py',
  text: `${recipeHead.join('\n')}
from xtuner.v1.config import AdamWConfig, LRConfig
from xtuner.v1.datasets import OpenaiTokenizeFunctionConfig
from xtuner.v1.datasets.config import DataloaderConfig, DatasetConfig
from xtuner.v1.model import get_model_config_from_hf
from xtuner.v1.train import TrainerConfig

base = "${baseModel}"
trainer = TrainerConfig(
    load_from=base,
    tokenizer_path=base,
    model_cfg=get_model_config_from_hf(base),
    optim_cfg=AdamWConfig(lr=${rates.sft.value}),  # ${rates.sft.source}
    lr_cfg=LRConfig(lr_type="cosine", warmup_ratio=0.04),
    dataloader_cfg=DataloaderConfig(
        dataset_config_list=[
            {
                "dataset": DatasetConfig(name="flywheel", anno_path="sft/train.jsonl"),
                "tokenize_fn": OpenaiTokenizeFunctionConfig(max_length=4096, chat_template="TEMPLATE_OF_THE_MODEL"),
            }
        ],
        pack_max_length=8192,
    ),
    global_batch_size=16,
    total_epoch=2,
    work_dir="out-sft",
)
`,
};

/** Prompts of one step; all of them where there are fewer. */
const promptsPerStep = 64;

/** As XTuner's own example of GRPO on one node, with the reward that runs the tests. */
const reinforcement = (prompts: number): Recipe => {
  const batch = Math.min(promptsPerStep, prompts);
  return {
    file: 'recipes/grpo.py',
    about: 'XTuner v1, GRPO with a reward that runs the tests',
    command:
      'PYTHONPATH=. XTUNER_USE_SGLANG=1 python xtuner/v1/train/cli/rl.py --config recipes/grpo.py',
    text: `${recipeHead.join('\n')}
from rewards import score
from xtuner.v1.config import AdamWConfig, FSDPConfig, LRConfig
from xtuner.v1.data_proto import SampleParams
from xtuner.v1.datasets.config import DataloaderConfig, DatasetConfig
from xtuner.v1.datasets.rl_tokenize_fn import RLTextTokenizeFnConfig
from xtuner.v1.model import get_model_config_from_hf
from xtuner.v1.rl.agent_loop import (
    AgentLoopManagerConfig,
    SamplerConfig,
    SingleTurnAgentLoopConfig,
    SyncProduceStrategyConfig,
    TaskSpecConfig,
)
from xtuner.v1.rl.judger import JudgerConfig
from xtuner.v1.rl.loss import GRPOLossConfig
from xtuner.v1.rl.replay_buffer import SyncReplayBufferConfig
from xtuner.v1.rl.rollout.worker import RolloutConfig
from xtuner.v1.rl.trainer import WorkerConfig
from xtuner.v1.rl.utils import AcceleratorResourcesConfig
from xtuner.v1.train.rl_trainer import RLColocateTrainerConfig

base = "${baseModel}"
prompt_length, answer_length, pack_length = 2048, 1024, 32768
trainer = RLColocateTrainerConfig(
    resources=AcceleratorResourcesConfig(
        accelerator="GPU", num_workers=8, num_cpus_per_worker=12, cpu_memory_per_worker=16 * 1024**3
    ),
    train_worker_cfg=WorkerConfig(
        model_cfg=get_model_config_from_hf(base),
        load_from=base,
        optim_cfg=AdamWConfig(lr=${rates.grpo.value}),  # ${rates.grpo.source}
        lr_cfg=LRConfig(lr_type="constant", warmup_ratio=0, lr_min=${rates.grpo.value}),
        fsdp_cfg=FSDPConfig(),
        loss_cfg=GRPOLossConfig(
            policy_loss_cfg=dict(cliprange_high=0.2, cliprange_low=0.2, loss_type="vanilla"),
            ignore_idx=-100,
            use_kl_loss=True,
            kl_loss_coef=${rates.grpoBeta.value},  # ${rates.grpoBeta.source}
            kl_loss_type="low_var_kl",
        ),
        pack_max_length=pack_length,
    ),
    rollout_config=RolloutConfig(
        env="flywheel", device="GPU", model_path=base, dtype="bfloat16", context_length=prompt_length + answer_length
    ),
    tokenizer_path=base,
    replay_buffer_config=SyncReplayBufferConfig(),
    agent_loop_manager_cfg=AgentLoopManagerConfig(
        tasks=TaskSpecConfig(
            task_name="train_task",
            agent_loop_config=SingleTurnAgentLoopConfig(
                hf_checkpoint=base,
                sample_params=SampleParams(max_tokens=answer_length, top_k=0, top_p=1.0, temperature=1.0, min_tokens=0),
            ),
            judger_config=JudgerConfig(judger_name="code_flywheel", reward_handler=score),
            produce_strategy_config=SyncProduceStrategyConfig(),
            sampler_config=SamplerConfig(
                dataloader_cfg=DataloaderConfig(
                    dataset_config_list=[
                        {
                            "dataset": DatasetConfig(name="flywheel", anno_path="rl/train.jsonl"),
                            "tokenize_fn": RLTextTokenizeFnConfig(max_length=prompt_length),
                        }
                    ],
                    pack_max_length=pack_length,
                    collator="fake_collator",
                    pack_level="none",
                ),
                prompt_repeat_k=8,
            ),
        ),
    ),
    load_from=base,
    train_batch_size=${String(batch)},
    total_train_steps=${String(Math.max(1, Math.ceil(prompts / batch)) * epochs)},  # ${String(epochs)} epochs
    enable_evaluate=False,
    work_dir="out-grpo",
)
`,
  };
};
