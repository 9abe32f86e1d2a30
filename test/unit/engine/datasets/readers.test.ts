import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { formats } from '../../../../src/engine/datasets/formats/formats';
import { inspect } from '../../../../src/engine/datasets/formats/inspect';
import type { SplitRecord } from '../../../../src/engine/datasets/pair';
import { aTask } from '../../../support/builders';
import { goldenFacts, goldenRecords, sourceFor, textOf } from '../../../support/golden';
import { aRecord, anAttempt, inSplit } from '../../../support/records';
import { trainerSettings } from '../../../support/trainerSettings';

/** As the readers of the formats' own projects declare what they take; other keys are faults. */
const message = z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string().min(1) });
const answer = message.extend({ role: z.literal('assistant') });
const names = Object.fromEntries(
  ['task_id', 'task_hash', 'family', 'language', 'license', 'solver', 'kind'].map((name) => [
    name,
    z.string(),
  ]),
);
const asked = z.array(message).refine((all) => all.at(-1)?.role === 'user');
const shareGpt = z.strictObject({ from: z.enum(['human', 'gpt']), value: z.string().min(1) });
/** LLaMA-Factory skips rows whose roles do not alternate from the human, with a warning only. */
const alternating = (length: 'odd' | 'even') =>
  z
    .array(shareGpt)
    .refine((all) => all.every(({ from }, at) => from === (at % 2 === 0 ? 'human' : 'gpt')))
    .refine((all) => all.length % 2 === (length === 'even' ? 0 : 1));
const verlLine = z.strictObject({
  data_source: z.string(),
  prompt: asked,
  ability: z.string(),
  reward_model: z.strictObject({ style: z.literal('rule'), ground_truth: z.string() }),
  extra_info: z.looseObject({ split: z.string() }),
});
const lastOnly =
  (mark: string) =>
  (all: readonly object[]): boolean =>
    all.every((one, at) => (one as Record<string, unknown>)[mark] === (at === all.length - 1));

const schemas: Readonly<Record<string, z.ZodType>> = {
  'trl/prompt-completion': z.strictObject({
    ...{ prompt: asked, completion: z.tuple([answer]), ...names },
  }),
  'trl/preference': z.strictObject({
    ...{ prompt: asked, chosen: z.tuple([answer]), rejected: z.tuple([answer]), ...names },
  }),
  'trl/unpaired': z.strictObject({
    ...{ prompt: asked, completion: z.tuple([answer]), label: z.boolean(), ...names },
  }),
  'trl/weighted': z.strictObject({
    ...{ prompt: asked, completion: z.tuple([answer]), ...names },
    ...{ reward: z.number().min(-1).max(1), weight: z.number().positive() },
  }),
  'trl/prompts': z.strictObject({
    ...{ prompt: asked, tests: z.string(), support: z.string(), entry_point: z.string() },
    ...{ timeout_seconds: z.number(), solved: z.number().gt(0).lt(1), ...names },
  }),
  'openai/supervised': z.strictObject({
    messages: z
      .array(z.union([message, answer.extend({ weight: z.int().min(0).max(1) })]))
      .refine((all) => 'weight' in (all.at(-1) ?? {})),
  }),
  'openai/preference': z.strictObject({
    input: z.strictObject({
      ...{ messages: asked, tools: z.tuple([]), parallel_tool_calls: z.boolean() },
    }),
    preferred_output: z.tuple([answer]),
    non_preferred_output: z.tuple([answer]),
  }),
  'llama-factory/sft': z.strictObject({ conversations: alternating('even') }),
  'llama-factory/ranking': z.strictObject({
    ...{ conversations: alternating('odd'), chosen: shareGpt, rejected: shareGpt },
  }),
  'llama-factory/kto': z.strictObject({
    ...{ conversations: alternating('even'), kto_tag: z.boolean() },
  }),
  'xtuner/sft': z.strictObject({
    messages: z.array(message.extend({ loss: z.boolean() })).refine(lastOnly('loss')),
  }),
  'xtuner/rl': verlLine,
  'axolotl/sft': z.strictObject({
    messages: z.array(message.extend({ train: z.boolean() })).refine(lastOnly('train')),
  }),
  'axolotl/dpo': z.strictObject({ messages: asked, chosen: answer, rejected: answer }),
  'axolotl/kto': z.strictObject({
    ...{ prompt: z.string(), completion: z.string(), label: z.boolean() },
  }),
  'verl/rl': verlLine,
  'verl/sft': z.strictObject({
    ...{ messages: z.array(message), task_id: z.string(), kind: z.string() },
  }),
};

const score = z.strictObject({
  value: z.enum(['C', 'I']),
  answer: z.string().nullable(),
  explanation: z.string(),
});
const said = message.extend({ source: z.enum(['input', 'generate']).optional() });
/** `EvalLog` of inspect_ai/log/_log.py, version 2, as far as it is written. */
const evalLog = z.strictObject({
  version: z.literal(2),
  status: z.enum(['started', 'success', 'cancelled', 'error']),
  eval: z.strictObject({
    ...{ eval_id: z.string().min(1), run_id: z.string(), created: z.iso.datetime() },
    ...{ task: z.string(), task_id: z.string(), task_version: z.int(), model: z.string().min(1) },
    dataset: z.strictObject({
      ...{ name: z.string(), samples: z.int(), sample_ids: z.array(z.string()) },
    }),
    config: z.strictObject({ epochs: z.int().positive() }),
    packages: z.record(z.string(), z.string()),
  }),
  plan: z.strictObject({
    name: z.string(),
    steps: z.array(z.strictObject({ solver: z.string(), params: z.object({}) })),
  }),
  results: z.strictObject({
    ...{ total_samples: z.int(), completed_samples: z.int() },
    scores: z.array(
      z.strictObject({
        ...{ name: z.string(), scorer: z.string() },
        ...{ scored_samples: z.int(), unscored_samples: z.int() },
        metrics: z.record(z.string(), z.strictObject({ name: z.string(), value: z.number() })),
      }),
    ),
  }),
  stats: z.strictObject({
    ...{ started_at: z.iso.datetime(), completed_at: z.iso.datetime(), model_usage: z.object({}) },
  }),
  samples: z.array(
    z.strictObject({
      ...{ id: z.string(), epoch: z.int().positive(), input: z.string(), target: z.string() },
      messages: z.array(said),
      output: z.strictObject({
        model: z.string(),
        choices: z.array(
          z.strictObject({
            message: z.strictObject({ role: z.literal('assistant'), content: z.string() }),
            stop_reason: z.enum(['stop', 'max_tokens', 'unknown']),
          }),
        ),
      }),
      scores: z.record(z.string(), score),
      metadata: z.looseObject({}),
    }),
  ),
});

describe('datasets by the declarations of their readers', () => {
  for (const format of formats) {
    it(`${format.name}: every row is one that its reader takes`, async () => {
      const source = await sourceFor(format);
      for (const file of format.files(source, goldenFacts)) {
        const kind = file.file.replace(/[-/](?:train|validation|test)\b.*$/, '');
        const schema = schemas[`${format.name === 'huggingface' ? 'trl' : format.name}/${kind}`];
        if (file.kind === 'text' || format.takes === 'answers') continue;
        assert.ok(schema, file.file);
        for (const row of textOf(file).split('\n')) schema.parse(JSON.parse(row));
      }
    });
  }

  it('write numbers of a column with a point in every row, so that no reader takes them for whole', async () => {
    const trl = formats.find(({ name }) => name === 'trl');
    assert.ok(trl);
    const files = trl.files(await sourceFor(trl), goldenFacts);
    const rows = files.flatMap((file) => (file.kind === 'lines' ? [...file.lines()] : []));
    const numbers = rows.flatMap((row) => [
      ...row.matchAll(/"(?:reward|weight|solved|timeout_seconds)":([^,}]+)/g),
    ]);
    assert.ok(numbers.some(([, number]) => Number.isInteger(Number(number))));
    for (const [text, number = ''] of numbers) assert.match(number, /^-?\d+\.\d+$/, text);
  });

  for (const [name, { names, pattern, source }] of Object.entries(trainerSettings)) {
    it(`${name}: recipes name only settings that the trainer has, and the source of each rate`, async () => {
      const format = formats.find((one) => one.name === name);
      assert.ok(format);
      const known = new Set(names.split(' '));
      const recipes = format.recipes(await sourceFor(format));
      assert.ok(recipes.length > 1);
      for (const { file, text } of recipes) {
        const plain = text.replaceAll(/#.*$/gm, '');
        if (name === 'trl' && !file.endsWith('.yaml')) continue;
        const named = [...plain.matchAll(pattern)].map(([, key]) => key ?? '');
        assert.ok(named.length > 5, file);
        const unknown = named.filter((key) => !known.has(key));
        assert.deepEqual(unknown, [], `${file}, by ${source}`);
        assert.match(text, /(?:learning_rate: |lr=)\S+ {2}# \S|Learning rate: \S/, file);
        assert.match(text, /Starts from the base model/, file);
      }
    });
  }

  it('recipes in Python and for shells are ones that their readers parse', async () => {
    for (const format of formats) {
      for (const { file, text } of format.recipes(await sourceFor(format))) {
        const reader = /\.py$/.test(file)
          ? ['python3', '-c', 'import ast, sys; ast.parse(sys.stdin.read())']
          : ['bash', '-n'];
        if (!/\.(?:py|sh)$/.test(file)) continue;
        const [command = '', ...rest] = reader;
        const { status, stderr } = spawnSync(command, rest, { input: text, encoding: 'utf8' });
        assert.equal(status, 0, `${format.name} ${file}: ${stderr}`);
      }
    }
  });
});

describe('a log of Inspect', () => {
  const logsOf = async (records: readonly SplitRecord[]) =>
    inspect.files(await sourceFor(inspect, records), goldenFacts).map((file) => ({
      file: file.file,
      log: evalLog.parse(JSON.parse(textOf(file))),
    }));

  it('is one that Inspect reads, with each sample once', async () => {
    const [one, ...more] = await logsOf(goldenRecords);
    assert.ok(one);
    assert.deepEqual([one.file, more.length], ['log.json', 0]);
    const { samples, results } = one.log;
    const keys = samples.map(({ id, epoch }) => `${id} ${String(epoch)}`);
    assert.equal(results.total_samples, samples.length);
    assert.equal(results.scores[0]?.metrics['accuracy']?.value, 1);
    assert.deepEqual(
      new Set(samples.map(({ id }) => id)),
      new Set(one.log.eval.dataset.sample_ids),
    );
    assert.equal(new Set(keys).size, keys.length - 1, 'one sample stands twice in the records');
  });

  it('is written for each run, for a log is of one model', async () => {
    const other = inSplit(aRecord({ run: 'other/run', models: ['b@h'] }));
    const logs = await logsOf([...goldenRecords, other]);
    assert.deepEqual(
      logs.map(({ file, log }) => [file, log.eval.dataset.name, log.eval.model]),
      [
        ['r.json', 'r', 'qwen@localhost'],
        ['other-run.json', 'other/run', 'b@h'],
      ],
    );
    assert.equal(new Set(logs.map(({ log }) => log.eval.eval_id)).size, 2);
  });

  it('tells no accuracy of nothing, and that it was cut short', async () => {
    const unscored = [anAttempt({ passedHidden: null })];
    const [one] = await logsOf([
      inSplit(aRecord({ attempts: unscored, answer: null, decided: 0, stop: 'cancelled' })),
    ]);
    assert.deepEqual(one?.log.results.scores[0]?.metrics, {});
    assert.equal(one.log.status, 'cancelled');
  });
});

describe('samples for official harnesses', () => {
  const rowsOf = async (name: string, records: readonly SplitRecord[]) => {
    const format = formats.find((one) => one.name === name);
    assert.ok(format);
    const files = format.files(await sourceFor(format, records), goldenFacts);
    return files.flatMap((file) => textOf(file).split('\n').filter(Boolean));
  };
  const task = aTask({ promptKind: 'code', prompt: 'def double(x):\n' });
  const without = (stop: SplitRecord['stop']) =>
    inSplit(aRecord({ task, attempts: [], answer: null, decided: null, stop }));

  it('have a wrong sample where no program came, and none where we were at fault', async () => {
    const [humanEval, ...more] = await rowsOf('humaneval', [without('modelRefused')]);
    assert.deepEqual(more, []);
    assert.equal(humanEval, JSON.stringify({ task_id: task.id, completion: '    pass\n' }));
    assert.deepEqual(await rowsOf('evalplus', [without('turnsUsed')]), [
      JSON.stringify({ task_id: task.id, solution: '' }),
    ]);
    for (const stop of ['infrastructure', 'budget', 'cancelled', 'modelUnavailable'] as const) {
      assert.deepEqual(await rowsOf('evalplus', [without(stop)]), []);
    }
  });
});
