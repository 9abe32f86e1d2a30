import type { GroupRow } from '../row';

/** A row for reinforcement learning as verl reads it: the truth is a JSON string that the reward reads. */
export function verlRow(row: GroupRow) {
  const truth = {
    language: row.names.language,
    entry_point: row.entryPoint,
    tests: row.tests,
    support: row.support,
    timeout_seconds: row.timeoutSeconds,
  };
  return {
    data_source: 'code_flywheel',
    prompt: row.prompt,
    ability: 'code',
    reward_model: { style: 'rule', ground_truth: JSON.stringify(truth) },
    extra_info: {
      split: row.split,
      task_id: row.names.task_id,
      task_hash: row.names.task_hash,
      family: row.names.family,
      solved: row.solved,
    },
  };
}
