import type { DatasetRecord } from '../pair';
import type { DatasetFormat } from './format';

/**
 * Sample files for the official harnesses: every answer of the runs, right or wrong, for they score
 * it themselves. HumanEval runs prompt and completion together: what does not begin with the prompt
 * stands behind an empty body, and defines the function anew.
 */
export const humanEval: DatasetFormat = {
  name: 'humaneval',
  about: 'HumanEval samples: every answer as a completion of its prompt (JSON lines)',
  takes: 'answers',
  shapes: [],
  files: (source) => [
    {
      ...{ kind: 'lines', file: 'samples.jsonl' },
      *lines() {
        for (const { record, program } of attempted(source.records)) {
          const { prompt, promptKind } = record.task;
          if (promptKind !== 'code') continue;
          const completion = program.startsWith(prompt)
            ? program.slice(prompt.length)
            : program === ''
              ? '    pass\n'
              : `    pass\n\n\n${program}`;
          yield JSON.stringify({ task_id: record.task.id, completion });
        }
      },
    },
  ],
  recipes: () => [
    {
      file: 'recipes/README.md',
      about: 'the official HumanEval harness',
      command: 'evaluate_functional_correctness samples.jsonl',
      text: 'The harness asks for every problem, and runs programs without a sandbox of its own.\n',
    },
  ],
};

/** EvalPlus takes the whole program; it wins over a completion. */
export const evalPlus: DatasetFormat = {
  name: 'evalplus',
  about: 'EvalPlus samples: every answer as a whole program (JSON lines)',
  takes: 'answers',
  shapes: [],
  files: (source) => [
    {
      ...{ kind: 'lines', file: 'samples.jsonl' },
      *lines() {
        for (const { record, program } of attempted(source.records)) {
          yield JSON.stringify({ task_id: record.task.id, solution: program });
        }
      },
    },
  ],
  recipes: () => [
    {
      file: 'recipes/README.md',
      about: 'the official EvalPlus harness',
      command: 'evalplus.evaluate --dataset humaneval --samples samples.jsonl --i-just-wanna-run',
      text: 'The harness asks for every problem, and keeps results beside the file: without\n`--i-just-wanna-run` it shows those of an earlier file of the same name.\n',
    },
  ],
};

/**
 * The answer of each trajectory, empty where its solver found none: a task that is left out would
 * raise pass@k, and the harnesses refuse a file without it. What our own fault, a budget or a person
 * ended says nothing of the solver, and is no sample.
 */
function* attempted(
  records: readonly DatasetRecord[],
): Generator<{ readonly record: DatasetRecord; readonly program: string }> {
  for (const record of records) {
    const [answer] = answers([record]);
    if (answer) yield answer;
    else if (!endedFromOutside.has(record.stop)) yield { record, program: '' };
  }
}

const endedFromOutside: ReadonlySet<DatasetRecord['stop']> = new Set([
  'infrastructure',
  'modelUnavailable',
  'budget',
  'cancelled',
]);

/** The answer of each trajectory that has one. */
export function* answers(records: readonly DatasetRecord[]): Generator<{
  readonly record: DatasetRecord;
  readonly program: string;
  readonly passed: boolean | null;
}> {
  for (const record of records) {
    const attempt = record.decided === null ? undefined : record.attempts[record.decided];
    if (!attempt || attempt.turn === 0) continue;
    yield { record, program: attempt.program, passed: attempt.passedHidden };
  }
}
