import { canonicalJson } from '../../domain/json';
import { hashOf } from '../../domain/hash';
import { feedbackMessage, programMessage, taskMessage } from '../messages';
import type { DatasetRecord } from '../pair';
import type { DatasetFormat, FormatFacts } from './format';
import { answers } from './samples';

/**
 * A log of Inspect, version 2, as JSON: every trajectory with its conversation and what hidden tests
 * said, so that Inspect's viewer and its editor extension show a run. One log for each run, for a log
 * is of one model on one set, and an id with its epoch, the sample, stands in it once.
 */
export const inspect: DatasetFormat = {
  name: 'inspect',
  about: 'Inspect log version 2: every trajectory with its messages and score (JSON)',
  takes: 'answers',
  shapes: [],
  files: (source, facts) => {
    const byRun = [...Map.groupBy(source.records, ({ run }) => run)];
    return byRun.map(([run, records]) => ({
      kind: 'lines',
      file: byRun.length === 1 ? 'log.json' : `${run.replace(/[^\w.-]+/g, '-')}.json`,
      lines: () => logOf(run, records, facts),
    }));
  },
  recipes: () => [
    {
      file: 'recipes/README.md',
      about: "Inspect's viewer",
      command: 'inspect view --log-dir .',
      text: '`inspect log convert log.json --to eval --output-dir eval` makes the packed form.\n',
    },
  ],
};

/** One line for each sample: a log of many trajectories is never one string. */
function* logOf(
  run: string,
  records: readonly DatasetRecord[],
  facts: FormatFacts,
): Generator<string> {
  const scored = [...answers(records)].filter(({ passed }) => passed !== null);
  const passed = scored.filter((one) => one.passed === true).length;
  const model = [
    ...new Set(records.flatMap(({ models, solver }) => (models[0] ? models : [solver]))),
  ];
  const idOf = namesOfTasks(records);
  const ids = [...new Set(records.map(idOf))];
  const id = hashOf([run, ...records.map((record) => record.id)]).slice(0, 22);
  const at = facts.recordedAt;
  const head = {
    version: 2,
    status: records.some(({ stop }) => stop === 'cancelled') ? 'cancelled' : 'success',
    eval: {
      ...{ eval_id: id, run_id: id, created: at, task: facts.name, task_id: id, task_version: 0 },
      dataset: { name: run, samples: ids.length, sample_ids: ids },
      model: model.sort().join(', '),
      config: { epochs: 1 + Math.max(0, ...records.map(({ sample }) => sample)) },
      packages: { 'code-flywheel': facts.tool },
    },
    plan: { name: 'plan', steps: [{ solver: 'self_debug', params: {} }] },
    results: {
      total_samples: records.length,
      completed_samples: records.length,
      scores: [
        {
          name: 'hidden_tests',
          scorer: 'hidden_tests',
          scored_samples: scored.length,
          unscored_samples: records.length - scored.length,
          // Of nothing there is no accuracy.
          metrics:
            scored.length === 0
              ? {}
              : { accuracy: { name: 'accuracy', value: passed / scored.length } },
        },
      ],
    },
    stats: { started_at: at, completed_at: at, model_usage: {} },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"samples":[`;
  for (const [place, record] of records.entries()) {
    yield `${canonicalJson({ id: idOf(record), ...sampleOf(record) })}${place + 1 < records.length ? ',' : ''}`;
  }
  yield ']}';
}

/** The name of a task, with its hash where another task of the run has the same name. */
function namesOfTasks(records: readonly DatasetRecord[]): (record: DatasetRecord) => string {
  const hashes = Map.groupBy(records, ({ task }) => task.id);
  const isShared = new Map(
    [...hashes].map(([id, some]) => [id, new Set(some.map(({ task }) => task.hash)).size > 1]),
  );
  return ({ task }) => (isShared.get(task.id) ? `${task.id}#${task.hash.slice(0, 8)}` : task.id);
}

function sampleOf(record: DatasetRecord) {
  const { task, attempts, decided, models, solver } = record;
  const own = attempts.filter(({ turn }) => turn > 0);
  const messages = own.flatMap((attempt, place) => {
    const said = { ...programMessage(task, attempt.program), source: 'generate' };
    return place + 1 < own.length ? [said, feedbackMessage(attempt)] : [said];
  });
  const answer = decided === null ? undefined : attempts[decided];
  const passed = answer?.passedHidden ?? null;
  const text = answer ? programMessage(task, answer.program).content : '';
  return {
    epoch: record.sample + 1,
    input: taskMessage(task).content,
    target: task.reference ?? '',
    messages: [taskMessage(task), ...messages],
    output: {
      model: models[0] ?? solver,
      choices: [{ message: { role: 'assistant', content: text }, stop_reason: 'stop' }],
    },
    scores:
      passed === null
        ? {}
        : {
            hidden_tests: {
              value: passed ? 'C' : 'I',
              answer: answer?.program ?? '',
              explanation: `${record.stop}, turn ${String(answer?.turn ?? 0)}`,
            },
          },
    metadata: { run: record.run, family: task.family, stop: record.stop, turns: own.length },
  };
}
