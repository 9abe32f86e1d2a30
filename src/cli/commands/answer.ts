import type { AnswerResult } from '../../engine/flywheel/workbench';
import { judgingOptions, type Command, type Values } from '../options';
import { typedNext } from '../words';
import { showRun } from './demo';

/** What a person says that a call should give, as one more test; the search goes on with it. */
export const answer: Command = {
  name: 'answer',
  options: {
    ...judgingOptions,
    returns: { type: 'string' },
    call: { type: 'string' },
    run: { type: 'string' },
  },
  names: [1, 2],
  required: ['returns', 'run'],
  records: true,
  async run({ workbench, names, values, progress, signal }) {
    const [run = '', task] = names;
    const { call, returns } = values;
    const result = await workbench.answerTest(
      {
        ...{ run, returns: String(returns), as: String(values['run']) },
        ...(task === undefined ? {} : { task }),
        ...(call === undefined ? {} : { call: String(call) }),
      },
      (summary) => showRun(progress, summary),
      signal,
    );
    return { json: result, text: textOf(result, values) };
  },
};

function textOf(
  { run, task, call, stop, passed, of, note, next }: AnswerResult,
  values: Values,
): string {
  return [
    `With a test of ${call}: ${String(passed)} of ${String(of)} visible tests pass (${stop})`,
    ...(note === undefined ? [] : [note]),
    `Next: ${typedNext(`show ${run} ${task.slice(0, 8)}`, values)}`,
    ...(next
      ? [
          `  or: ${typedNext(`answer ${run} --returns EXPRESSION --run ID`, values)}, to say what ${next.call} should give`,
        ]
      : []),
  ].join('\n');
}
