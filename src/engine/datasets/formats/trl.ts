import type { Pair } from '../pair';

/** One file of a dataset: where it lies in the folder, and its rows. */
export interface DatasetFile {
  readonly file: string;
  readonly rows: readonly string[];
}

interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/**
 * TRL's conversational prompt-completion rows (SFT) and preference rows with explicit prompt
 * (DPO), https://huggingface.co/docs/trl/dataset_formats. All rows have the same keys and types;
 * strings that name things stand beside the messages, where these trainers ignore them.
 */
export function trlFiles(pairs: readonly Pair[]): DatasetFile[] {
  const splits = ['train', 'validation'] as const;
  return splits.flatMap((split) => {
    const some = pairs.filter((pair) => pair.split === split);
    return [
      { file: `prompt-completion/${split}.jsonl`, rows: some.map(promptCompletion) },
      { file: `preference/${split}.jsonl`, rows: some.map(preference) },
    ];
  });
}

function promptCompletion(pair: Pair): string {
  return JSON.stringify({
    prompt: [promptOf(pair)],
    completion: [answer(pair, pair.program)],
    ...names(pair),
  });
}

/** Chosen is the verified program; rejected another wrong proposal, else the program unchanged. */
function preference(pair: Pair): string {
  return JSON.stringify({
    prompt: [promptOf(pair)],
    chosen: [answer(pair, pair.program)],
    rejected: [answer(pair, pair.otherFailing ?? pair.failing)],
    ...names(pair),
  });
}

function promptOf(pair: Pair): Message {
  const { task } = pair;
  return {
    role: 'user',
    content: [
      task.prompt.trim(),
      'The program as it is:',
      fenced(task.language, pair.failing),
      'What its tests say:',
      fenced('', pair.feedback),
      'Answer with the whole program, corrected.',
    ].join('\n\n'),
  };
}

function answer(pair: Pair, program: string): Message {
  return { role: 'assistant', content: fenced(pair.task.language, program) };
}

/** A fence longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function names(pair: Pair) {
  return {
    task_id: pair.task.id,
    task_hash: pair.task.hash,
    family: pair.task.family,
    language: pair.task.language,
    license: pair.task.source.license ?? 'unknown',
    solver: pair.evidence.solver,
  };
}
