import { isPair } from './pair';
import { termsOf } from './termsOfUse';
import {
  countBySplit,
  droppedBy,
  sortedUnique,
  type DatasetFacts,
  type WrittenFile,
} from './manifest';
import type { Recipe } from './recipes/recipe';
import { howMany } from '../domain/howMany';

/** The data card: front matter as the Hugging Face hub reads it, then what a reader must know. */
export function dataCard(
  facts: DatasetFacts,
  files: readonly WrittenFile[],
  recipes: readonly Recipe[],
): string {
  const pairs = facts.records.filter(isPair);
  const list = (of: (record: (typeof pairs)[number]) => string): string[] =>
    sortedUnique(pairs.map(of));
  const languages = list(({ task }) => task.language);
  const licences = list(({ task }) => task.source.license ?? 'unknown');
  const makers = list(({ task }) => task.source.maker);
  const solvers = list(({ solver }) => solver);
  const models = sortedUnique(pairs.flatMap((pair) => pair.models));
  const shared = pairs.filter(({ isolation }) => isolation === 'shared').length;
  const replayed = pairs.filter(({ isReplay }) => isReplay).length;
  const bySplit = countBySplit(facts.records.filter(isPair));
  const data = files.filter(({ rows }) => rows !== undefined);
  const [licence = 'unknown'] = licences;
  return [
    '---',
    `pretty_name: ${JSON.stringify(facts.name)}`,
    `license: ${licences.length === 1 ? licence.toLowerCase() : 'other'}`,
    'language: [en]',
    'tags: [code, program-repair, self-debugging, synthetic]',
    'task_categories: [text-generation]',
    `size_categories: [${sizeCategory(pairs.length)}]`,
    'annotations_creators: [machine-generated]',
    'source_datasets: [original]',
    ...configs(data),
    '---',
    '',
    `# ${facts.name}`,
    '',
    `${howMany(pairs.length, 'task')} with verified programs (${languages.join(', ') || 'none'}), version ${facts.version}: what was asked, wrong programs with what their tests said, and a program that passes all tests.`,
    '',
    '## Contents',
    '',
    '| file | rows |',
    '|---|---|',
    ...data.map(({ file, rows }) => `| \`${file}\` | ${String(rows ?? 0)} |`),
    '',
    `Pairs: ${String(bySplit.train)} train, ${String(bySplit.validation)} validation, ${String(bySplit.test)} test. Rows by kind: ${counted(facts.census.byKind)}.`,
    '`manifest.json` has hashes, settings and lineage; `records.jsonl` the record that all rows are made from, with its tests; `refused.jsonl` what was left out, and why.',
    '',
    ...lengths(facts),
    '## How it was made',
    '',
    `Tasks: ${makers.join(', ') || 'none'}. Programs: ${solvers.join(', ') || 'none'}. Runs: ${facts.ranges.map(({ run }) => `\`${run}\``).join(', ')}. Code Flywheel ${facts.tool}.`,
    'Every verified program passed the visible tests while it was looked for, the hidden tests afterwards, and all tests twice again in a fresh sandbox when this dataset was written. Hidden tests were never shown to the solver and stand in no prompt; rows for sampling with a reward carry all tests for the reward.',
    `Isolation of the tests from the program: ${String(pairs.length - shared)} separate, ${String(shared)} shared.`,
    ...(shared > 0
      ? [
          'Shared means that the tests ran in the process of the program: good against mistakes, not against a program written to cheat.',
        ]
      : []),
    ...models.map((model) => `- Model \`${model}\`: ${termsOf(model)}.`),
    '',
    '| step | setting | pairs before | after |',
    '|---|---|---|---|',
    ...facts.steps.map(
      ({ step, setting, before, after }) =>
        `| ${step} | ${setting} | ${String(before)} | ${String(after)} |`,
    ),
    '',
    '## Left out',
    '',
    ...leftOut(droppedBy(facts.refused)),
    '',
    '## Splits',
    '',
    'By family: all tasks made from one function stand on one side, in every version.',
    ...(facts.parent
      ? [
          '',
          `Since version ${facts.parent.version}: ${counted({ ...facts.parent.comparison })}. ${howMany(replayed, 'pair was', { many: 'pairs were' })} taken over from it to be mixed in, verified again.`,
        ]
      : []),
    '',
    ...howToTrain(recipes),
    '## Limits',
    '',
    ...((facts.census.byKind.injected ?? 0) > 0
      ? [
          '- Rows of the kind `injected` prefer a verified program to an edit of it that fails tests: no solver made that fault. `--row-kinds` leaves them out.',
        ]
      : []),
    '- Faults that were put in by a program are easier than those that people make, and a solver trained on their repairs learns in part the inverse of the injector. Measure on real defects before you claim anything.',
    '- Correction data that was collected once, off policy, may bring no gain in correcting itself (SCoRe 2409.12917): prefer rounds on the policy being trained.',
    '- Training on answers that pass raises the first answer more than the best of many; watch pass@10 beside pass@1.',
    '- Tests prove what they ask. A program that passes them may still be wrong elsewhere.',
    '',
    `Licences of the code: ${licences.join(', ') || 'none'}.`,
    '',
  ].join('\n');
}

function configs(files: readonly WrittenFile[]): string[] {
  const byConfig = Map.groupBy(
    files.filter(({ file }) => file.includes('/')),
    ({ file }) => file.split('/')[0] ?? file,
  );
  const entries = [...byConfig].flatMap(([name, some], index) => [
    `- config_name: ${name}`,
    ...(index === 0 ? ['  default: true'] : []),
    '  data_files:',
    ...[...Map.groupBy(some, ({ file }) => patternOf(file)).keys()].map(
      (pattern) => `  - {split: ${splitName(pattern)}, path: ${pattern}}`,
    ),
  ]);
  return entries.length > 0 ? ['configs:', ...entries] : [];
}

/** Shards of one split are told as one. */
function patternOf(file: string): string {
  return file.replace(/-\d{5}-of-\d{5}\.parquet$/, '-*.parquet');
}

function splitName(file: string): string {
  return file.replace(/^.*\/|(?:-\*)?\.(?:jsonl|parquet)$/g, '');
}

function sizeCategory(count: number): string {
  const bounds = [1000, 10_000, 100_000, 1_000_000];
  const names = ['n<1K', '1K<n<10K', '10K<n<100K', '100K<n<1M', '1M<n<10M'];
  return names[bounds.filter((bound) => count >= bound).length] ?? 'n<1K';
}

function counted(counts: Readonly<Record<string, number | undefined>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${String(count ?? 0)}`);
  return parts.join(', ') || 'none';
}

function lengths({ census }: DatasetFacts): string[] {
  const rows = Object.entries(census.lengths).map(
    ([shape, { median, p95, longest, over }]) =>
      `| ${shape} | ${String(median)} | ${String(p95)} | ${String(longest)} | ${Object.entries(over)
        .map(([limit, count]) => `${limit}: ${String(count)}`)
        .join(', ')} |`,
  );
  if (rows.length === 0) return [];
  return [
    '## Lengths',
    '',
    'In tokens (o200k_base, and about four for each message; other tokenizers differ by some percent). Trainers cut what is longer than their limit, most without a word; the default of TRL is 1024.',
    '',
    '| rows | median | 95 % | longest | longer than |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function howToTrain(recipes: readonly Recipe[]): string[] {
  if (recipes.length === 0) return [];
  return [
    '## To train on it',
    '',
    'From this folder, with the name of the base model in place. Each names its learning rate and β with where they come from.',
    '',
    ...recipes.map(({ about, command, file }) => `- ${about} (\`${file}\`): \`${command}\``),
    '',
  ];
}

function leftOut(dropped: Readonly<Record<string, number>>): string[] {
  const reasons = Object.entries(dropped).filter(([, count]) => count > 0);
  if (reasons.length === 0) return ['Nothing.'];
  return reasons.map(([reason, count]) => `- ${dropWords[reason] ?? reason}: ${String(count)}`);
}

const dropWords: Readonly<Record<string, string>> = {
  notEnded: 'not finished when the dataset was written',
  infrastructure: 'could not be judged',
  notSolved: 'not solved on visible tests',
  noHiddenTests: 'no hidden tests to prove it',
  failsHidden: 'passed the visible tests and failed hidden ones',
  heldOut: 'held out: its family is for measuring',
  editorModel: 'written by a model that the editor lent',
  touchesTests: 'reaches for what tests it',
  nearLimit: 'within 20 % of a limit',
  notVerifiedAgain: 'did not pass again in a fresh sandbox',
  flaky: 'passed once and failed once',
  sharedIsolation: 'judged in one process with their tests, which a program could forge',
  copiedAnswer: 'holds an expected value of a test as a special case',
  secret: 'holds a secret',
  email: 'holds an e-mail address',
  homePath: "holds a path into somebody's home",
  licence: 'of a licence that was not asked for',
  source: 'of a source that was not asked for',
  duplicate: 'the same syntax tree as another',
  nearDuplicate: 'much like a program of another family',
  contaminated: 'shares text with a held-out set',
  difficulty: 'outside the window of difficulty',
  perTask: 'more programs of one task than asked for',
};
