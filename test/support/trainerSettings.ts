/** What a trainer takes in the files that a recipe is written for, by its own declarations. */
export interface TrainerSettings {
  /** Where its project declares them, as read in 2026. */
  readonly source: string;
  /** Finds the names of settings in a recipe. */
  readonly pattern: RegExp;
  readonly names: string;
}

const yaml = /^[ -]*(\w+):/gm;

export const trainerSettings: Readonly<Record<string, TrainerSettings>> = {
  trl: {
    source:
      'huggingface/trl: trl/scripts/utils.py (ScriptArguments), trl/scripts/grpo.py, trl/trainer/{sft,dpo,kto,grpo,model}_config.py; transformers TrainingArguments',
    pattern: yaml,
    names:
      'model_name_or_path dataset_name dataset_train_split dataset_test_split eval_strategy learning_rate lr_scheduler_type warmup_steps max_length beta desirable_weight undesirable_weight reward_funcs num_generations max_completion_length num_train_epochs per_device_train_batch_size gradient_accumulation_steps bf16 output_dir',
  },
  'llama-factory': {
    source:
      'hiyouga/LLaMA-Factory: src/llamafactory/hparams/{data,finetuning,model,training}_args.py',
    pattern: yaml,
    names:
      'model_name_or_path stage do_train finetuning_type dataset_dir dataset eval_dataset eval_strategy template cutoff_len mask_history learning_rate pref_beta lr_scheduler_type warmup_steps num_train_epochs per_device_train_batch_size gradient_accumulation_steps bf16 output_dir',
  },
  axolotl: {
    source:
      'axolotl-ai-cloud/axolotl: src/axolotl/utils/schemas/{config,datasets,training,model}.py',
    pattern: yaml,
    names:
      'base_model datasets path ds_type type field_messages message_field_training field_prompt field_completion field_label rl rl_beta remove_unused_columns learning_rate lr_scheduler warmup_ratio sequence_len num_epochs micro_batch_size gradient_accumulation_steps optimizer bf16 output_dir',
  },
  xtuner: {
    source:
      'InternLM/xtuner: xtuner/v1/train/{trainer,rl_trainer}.py, xtuner/v1/datasets/config.py, xtuner/v1/rl/{trainer/worker,judger/native,loss/base,rollout/worker,agent_loop_manager/*}.py, examples/v1/config/rl_disagg_single.py',
    pattern: /(?<=[(\s])(\w+)=(?!=)/g,
    names:
      'load_from tokenizer_path model_cfg optim_cfg lr lr_cfg lr_type lr_min warmup_ratio dataloader_cfg dataset_config_list name anno_path max_length chat_template pack_max_length global_batch_size total_epoch work_dir resources accelerator num_workers num_cpus_per_worker cpu_memory_per_worker train_worker_cfg fsdp_cfg loss_cfg policy_loss_cfg cliprange_high cliprange_low loss_type ignore_idx use_kl_loss kl_loss_coef kl_loss_type rollout_config env device model_path dtype context_length replay_buffer_config agent_loop_manager_cfg tasks task_name agent_loop_config hf_checkpoint sample_params max_tokens top_k top_p temperature min_tokens judger_config judger_name reward_handler produce_strategy_config sampler_config collator pack_level prompt_repeat_k train_batch_size total_train_steps enable_evaluate',
  },
  verl: {
    source:
      'volcengine/verl: verl/trainer/config/{sft_trainer,ppo_trainer}.yaml with data/, actor/, rollout/, model/; reward/ since its loop of rewards',
    pattern: /(?:^|\s)\+*(\w+\.[\w.]+)=/g,
    names:
      'data.train_files data.val_files data.train_batch_size data.micro_batch_size_per_gpu data.multiturn.enable data.multiturn.messages_key data.max_length model.partial_pretrain optim.lr trainer.total_epochs algorithm.adv_estimator data.max_prompt_length data.max_response_length data.filter_overlong_prompts actor_rollout_ref.actor.ppo_mini_batch_size actor_rollout_ref.actor.use_dynamic_bsz actor_rollout_ref.model.path actor_rollout_ref.actor.optim.lr actor_rollout_ref.actor.use_kl_loss actor_rollout_ref.actor.kl_loss_coef actor_rollout_ref.rollout.name actor_rollout_ref.rollout.n custom_reward_function.path custom_reward_function.name reward.custom_reward_function.path reward.custom_reward_function.name',
  },
};
