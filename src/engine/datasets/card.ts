import type { DatasetFile } from './formats/trl';
import type { Pair } from './pair';

export interface CardFacts {
  readonly name: string;
  readonly pairs: readonly Pair[];
  readonly files: readonly DatasetFile[];
  readonly dropped: Readonly<Record<string, number>>;
  readonly version: string;
  readonly run: string;
}

/** The data card: front matter as the Hugging Face hub reads it, then what a reader must know. */
export function dataCard(facts: CardFacts): string {
  const { pairs, files } = facts;
  const languages = [...new Set(pairs.map(({ task }) => task.language))].sort();
  const licenses = [...new Set(pairs.map(({ task }) => task.source.license ?? 'unknown'))].sort();
  const makers = [...new Set(pairs.map(({ task }) => task.source.maker))].sort();
  const solvers = [...new Set(pairs.map(({ evidence }) => evidence.solver))].sort();
  const shared = pairs.filter(({ evidence }) => evidence.verdict.isolation === 'shared').length;
  const [license = 'unknown'] = licenses;
  return [
    '---',
    `pretty_name: ${JSON.stringify(facts.name)}`,
    `license: ${licenses.length === 1 ? license.toLowerCase() : 'other'}`,
    'language: [en]',
    'tags: [code, program-repair, self-debugging, synthetic]',
    'task_categories: [text-generation]',
    'annotations_creators: [machine-generated]',
    ...configs(files),
    '---',
    '',
    `# ${facts.name}`,
    '',
    `${String(pairs.length)} verified repairs of small programs (${languages.join(', ') || 'none'}): a program that fails its tests, what the tests said, and a program that passes them all.`,
    '',
    '## Contents',
    '',
    '| file | rows |',
    '|---|---|',
    ...files.map(({ file, rows }) => `| \`${file}\` | ${String(rows.length)} |`),
    '',
    '- `prompt-completion/`: TRL prompt-completion rows (SFT). The loss falls on the completion.',
    '- `preference/`: TRL preference rows with explicit prompt (DPO). `rejected` is another wrong proposal for the same prompt, or the failing program unchanged.',
    '- `manifest.json`: for each pair the run, the verdict that admitted it and the hashes.',
    '',
    '## How it was made',
    '',
    `Tasks: ${makers.join(', ') || 'none'}. Programs: ${solvers.join(', ') || 'none'}. Run \`${facts.run}\`, Code Flywheel ${facts.version}.`,
    'Every answer passed the visible tests while it was looked for, the hidden tests afterwards, and all tests again in a fresh sandbox when this dataset was written. Hidden tests were never shown to the solver, and stand in no row.',
    ...(shared > 0
      ? [
          `${String(shared)} of ${String(pairs.length)} were judged with the tests in the program's own process (isolation: shared): good against mistakes, not against a program written to cheat.`,
        ]
      : []),
    '',
    '## Left out',
    '',
    ...leftOut(facts.dropped),
    '',
    '## Splits',
    '',
    'By family: all tasks made from one function stand on one side.',
    '',
    '## Limits',
    '',
    'Faults that were put in by a program are easier than those that people make, and a solver trained on their repairs learns in part the inverse of the injector. Measure on real defects before you claim anything.',
    '',
    `Licences of the code: ${licenses.join(', ') || 'none'}.`,
    '',
  ].join('\n');
}

function configs(files: readonly DatasetFile[]): string[] {
  const byConfig = Map.groupBy(
    files.filter(({ rows }) => rows.length > 0),
    ({ file }) => file.split('/')[0] ?? file,
  );
  const entries = [...byConfig].flatMap(([name, some], index) => [
    `- config_name: ${name}`,
    ...(index === 0 ? ['  default: true'] : []),
    '  data_files:',
    ...some.map(({ file }) => `  - {split: ${splitName(file)}, path: ${file}}`),
  ]);
  return entries.length > 0 ? ['configs:', ...entries] : [];
}

function splitName(file: string): string {
  return file.replace(/^.*\/|\.jsonl$/g, '');
}

function leftOut(dropped: Readonly<Record<string, number>>): string[] {
  const reasons = Object.entries(dropped).filter(([, count]) => count > 0);
  if (reasons.length === 0) return ['Nothing.'];
  return reasons.map(([reason, count]) => `- ${dropWords[reason] ?? reason}: ${String(count)}`);
}

const dropWords: Readonly<Record<string, string>> = {
  notSolved: 'not solved on visible tests',
  failsHidden: 'passed the visible tests and failed hidden ones',
  noHiddenTests: 'no hidden tests to prove it',
  notVerifiedAgain: 'did not pass again in a fresh sandbox',
  nearTimeLimit: 'needed more than 80 % of the time limit',
  infrastructure: 'could not be judged',
  notEnded: 'not finished when the dataset was written',
};
