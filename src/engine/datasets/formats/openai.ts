import type { CompletionRow } from '../row';
import { assistant } from '../trlShapes';
import type { DatasetFormat } from './format';
import { linesOf } from './lines';

/**
 * OpenAI's chat files for supervised and preference tuning, which Together, Fireworks, Azure and
 * others read. Only the keys that are asked for: some refuse a row with more. `weight` is 0 on
 * earlier answers, so that the loss falls on the verified one.
 */
export const openAi: DatasetFormat = {
  name: 'openai',
  about: 'OpenAI chat files: supervised and preference (JSON lines), also read by other hosts',
  shapes: ['completion', 'preference'],
  files: (source) => [
    ...linesOf(
      source,
      'completion',
      (split) => `supervised/${split}.jsonl`,
      (row) => ({
        messages: weighted(row),
      }),
    ),
    ...linesOf(
      source,
      'preference',
      (split) => `preference/${split}.jsonl`,
      (row) => ({
        input: { messages: row.prompt, tools: [], parallel_tool_calls: true },
        preferred_output: assistant(row.chosen),
        non_preferred_output: assistant(row.rejected),
      }),
    ),
  ],
  recipes: (source) => [
    {
      file: 'recipes/README.md',
      about: 'hosts that take OpenAI files',
      command: 'together files upload supervised/train.jsonl',
      text: [
        '# Tuning at a host',
        '',
        'Upload `supervised/train.jsonl` or `preference/train.jsonl` and start a job on the base model, not on',
        'an earlier tuned one. Replay is mixed in already. Learning rates are multipliers there: begin with',
        'the default of the host, and for preferences with beta 0.1 (DPO 2305.18290).',
        '',
        'OpenAI itself takes no new tuning jobs after 2027-01-06, and none of new customers since 2026-05-07:',
        'expect 403 there. A supervised file needs at least 10 rows.',
        `This one has ${String(source.count('completion', 'train'))}.`,
        '',
      ].join('\n'),
    },
  ],
};

function weighted(row: CompletionRow): object[] {
  return [
    ...row.prompt.map((message) =>
      message.role === 'assistant' ? { ...message, weight: 0 } : message,
    ),
    { role: 'assistant', content: row.completion, weight: 1 },
  ];
}
