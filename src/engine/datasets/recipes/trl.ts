import type { RowSource } from '../rowSource';
import type { Shape } from '../row';
import { trlShapes } from '../trlShapes';
import { baseModel, rates, recipeHead, sourced, warmUpSteps, type Recipe } from './recipe';

/** Recipes for TRL: one configuration for each shape that has rows. */
export function trlRecipes(source: RowSource): Recipe[] {
  const recipes: Recipe[] = [];
  if (source.count('completion', 'train') > 0) {
    recipes.push(
      yaml('sft', 'completion', source, 'supervised, loss on the completion', [
        sourced('learning_rate', rates.sft),
        'lr_scheduler_type: cosine',
        `warmup_steps: ${warmUpSteps(source.count('completion', 'train'), 16)}`,
        'max_length: 4096',
      ]),
    );
  }
  if (source.count('preference', 'train') > 0) {
    recipes.push(
      yaml('dpo', 'preference', source, 'preferences', [
        sourced('learning_rate', rates.dpo),
        sourced('beta', rates.dpoBeta),
        'max_length: 4096',
      ]),
    );
  }
  if (source.count('labelled', 'train') > 0) {
    recipes.push(
      yaml('kto', 'labelled', source, 'right and wrong programs without pairs', [
        sourced('learning_rate', rates.kto),
        sourced('beta', rates.ktoBeta),
        'max_length: 4096',
        ...weights(source),
      ]),
    );
  }
  if (source.count('group', 'train') > 0) {
    recipes.push(
      yaml('grpo', 'group', source, 'sampling with a reward that runs the tests', [
        sourced('learning_rate', rates.grpo),
        sourced('beta', rates.grpoBeta),
        'reward_funcs: [rewards.tests_pass]',
        'num_generations: 8',
        'max_completion_length: 1024',
      ]),
    );
  }
  const weighted = source.count('weighted', 'train');
  if (weighted > 0) recipes.push(riseRecipe(weighted));
  return recipes;
}

function yaml(
  trainer: string,
  shape: Shape,
  source: RowSource,
  about: string,
  settings: readonly string[],
): Recipe {
  const { folder } = trlShapes[shape];
  const hasValidation = source.count(shape, 'validation') > 0;
  const text = [
    ...recipeHead,
    `model_name_or_path: ${baseModel}`,
    `dataset_name: ${folder}`,
    'dataset_train_split: train',
    ...(hasValidation ? ['dataset_test_split: validation', 'eval_strategy: epoch'] : []),
    ...settings,
    'num_train_epochs: 2  # at most: further ones repeat few tasks',
    'per_device_train_batch_size: 4',
    'gradient_accumulation_steps: 4',
    'bf16: true',
    `output_dir: out-${trainer}`,
    '',
  ];
  const path = trainer === 'grpo' ? 'PYTHONPATH=. ' : '';
  const command = `${path}trl ${trainer} --config recipes/${trainer}.yaml --model_name_or_path ${baseModel}`;
  return {
    file: `recipes/${trainer}.yaml`,
    text: text.join('\n'),
    command,
    about: `TRL, ${about}`,
  };
}

/** λ_D n_D / (λ_U n_U) between 1 and 4/3, as KTO asks where both sides differ in number. */
function weights(source: RowSource): string[] {
  let [right, wrong] = [0, 0];
  for (const { label } of source.rows('labelled', 'train')) {
    if (label) right++;
    else wrong++;
  }
  if (right === 0 || wrong === 0) return [];
  const [desirable, undesirable] = right < wrong ? [wrong / right, 1] : [1, right / wrong];
  return [
    `desirable_weight: ${desirable.toFixed(3)}  # ${String(right)} right`,
    `undesirable_weight: ${undesirable.toFixed(3)}  # ${String(wrong)} wrong (KTO 2402.01306)`,
  ];
}

/** TRL has no weight for a row: rows are drawn as often as their weight says, which is the same in the mean. */
const riseRecipe = (rows: number): Recipe => ({
  file: 'recipes/rise.py',
  about: 'TRL, RISE: reward-weighted regression on every turn (2407.18219)',
  command: `python recipes/rise.py ${baseModel}`,
  text: [
    ...recipeHead,
    'import random',
    'import sys',
    '',
    'from datasets import load_dataset',
    'from trl import SFTConfig, SFTTrainer',
    '',
    'rows = load_dataset("weighted", split="train")',
    'draw = random.Random(1)',
    '# TRL weighs no rows: drawn in proportion to the weight, the loss is the weighted one in the mean.',
    'places = draw.choices(range(len(rows)), weights=rows["weight"], k=len(rows))',
    'rows = rows.select(places).select_columns(["prompt", "completion"])',
    'settings = SFTConfig(',
    '    output_dir="out-rise",',
    `    ${sourced('learning_rate', { ...rates.sft, value: `${rates.sft.value},` }, '=')}`,
    '    lr_scheduler_type="cosine",',
    `    warmup_steps=${warmUpSteps(rows, 16).replace('  #', ',  #')}`,
    '    max_length=4096,',
    '    num_train_epochs=2,',
    '    per_device_train_batch_size=1,',
    '    gradient_accumulation_steps=16,',
    '    bf16=True,',
    ')',
    'SFTTrainer(model=sys.argv[1], args=settings, train_dataset=rows).train()',
    '',
  ].join('\n'),
});
