import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Json } from '../../../../src/engine/domain/json';
import type { DifferentialTest, IoTest } from '../../../../src/engine/domain/task';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { writeTask } from '../../../../src/engine/tasks/formats/ownFormat';
import { readSamples } from '../../../../src/engine/tasks/readSamples';
import { readTasks } from '../../../../src/engine/tasks/readTasks';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';
import { temporaryFolder } from '../../../support/temporary';

const line = {
  id: 'a',
  language: 'python',
  prompt: 'p',
  entryPoint: 'f',
  tests: [{ id: 't', kind: 'assert', source: 'assert f()' }],
};
const ioTest = { id: 't', kind: 'io', stdin: '1\n', stdout: '2\n' };
const io = { id: 'b', language: 'cpp', prompt: 'p', tests: [ioTest] };
const differential = {
  ...line,
  id: 'c',
  reference: 'def f(x): return x',
  tests: [{ id: 't', kind: 'differential', inputs: 20, examples: [{ args: [1] }] }],
};
const humanEvalLine = {
  task_id: 'HumanEval/0',
  prompt: 'import math\n\n\ndef helper(x):\n    return x + 1\n\n\ndef f(x):\n    """Adds two."""\n',
  entry_point: 'f',
  canonical_solution: '    return helper(x) + 1\n',
  test: 'def check(candidate):\n    assert candidate(1) == helper(2)\n',
};

// Data as JSON gives it, which has a prototype.
const plain = { noNullPrototype: true };
const role = fc.constantFrom('visible' as const, 'hidden' as const);
const word = fc.string({ minLength: 1, maxLength: 8 });
const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.integer(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.record(
      { $: fc.constantFrom('tuple', 'set'), v: fc.array(tie('value'), { maxLength: 3 }) },
      plain,
    ),
  ),
})).value as fc.Arbitrary<Json>;
const anyTest: fc.Arbitrary<Omit<IoTest, 'id'> | Omit<DifferentialTest, 'id'>> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('io' as const),
      role,
      stdin: fc.string(),
      stdout: fc.string(),
      compare: fc.oneof(
        fc.constantFrom('exact' as const, 'tokens' as const),
        fc.record(
          { tolerance: fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0) },
          plain,
        ),
      ),
    },
    { requiredKeys: ['kind', 'role', 'stdin', 'stdout'], ...plain },
  ) as fc.Arbitrary<Omit<IoTest, 'id'>>,
  fc.record({
    kind: fc.constant('differential' as const),
    role: fc.constant('hidden' as const),
    seed: fc.integer(),
    inputs: fc.integer({ min: 1, max: 1000 }),
    examples: fc.array(fc.record({ args: fc.array(data, { maxLength: 3 }), kwargs: data }, plain), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);
const anyTask = fc.record({
  tests: fc
    .array(anyTest, { maxLength: 4 })
    .map((tests) => tests.map((test, place) => ({ ...test, id: `t${String(place)}` }))),
  run: fc.record(
    {
      file: fc.constantFrom('main.py', 'a-b.rs'),
      compile: fc.array(word, { minLength: 1, maxLength: 3 }),
      command: fc.array(word, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['file', 'command'], ...plain },
  ),
});

describe('reading tasks', () => {
  const folder = temporaryFolder();
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const read = async (lines: readonly unknown[], options = {}) => {
    const texts = lines.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
    writeFileSync(folder.file('a.jsonl'), texts.join('\n'));
    return readTasks(folder.file('a.jsonl'), syntax, options);
  };

  it('takes what a task leaves out from the format: hidden tests, 3000 ms, 512 MB', async () => {
    const { tasks } = await read([line]);
    assert.equal(tasks[0]?.tests[0]?.role, 'hidden');
    assert.deepEqual(tasks[0].limits, { timeoutMs: 3000, memoryMb: 512 });
    assert.equal(tasks[0].family, 'a');
  });

  it('keeps unknown keys and writes back what it read', async () => {
    const { tasks } = await read([
      { ...line, mine: { deep: [1] }, source: { name: 'x', more: 1 } },
    ]);
    const [task] = tasks;
    assert.ok(task);
    const again = await read([writeTask(task)]);
    assert.deepEqual(again.tasks, tasks);
    assert.deepEqual(task.extra, { mine: { deep: [1] } });
    assert.equal(task.source['more'], 1);
  });

  it('writes and reads back a task that was made here, under the same hash', async () => {
    const task = aTask();
    assert.deepEqual((await read([writeTask(task)])).tasks, [task]);
  });

  it('takes a program of any language that reads and prints, with nothing to call', async () => {
    const { tasks } = await read([io]);
    assert.equal(tasks[0]?.entryPoint, 'main');
    assert.equal(tasks[0].language, 'cpp');
    assert.deepEqual(tasks[0].tests, [{ ...ioTest, role: 'hidden' }]);
  });

  it('takes a command as words, as a text or in full', async () => {
    const command = ['python3', '-O', 'main.py'];
    const full = { file: 'a.py', compile: ['cc'], command };
    const { tasks } = await read([
      { ...io, id: '1', language: 'python', run: command },
      { ...io, id: '2', language: 'python', run: ' python3  -O main.py' },
      { ...io, id: '3', run: full },
      { ...io, id: '4', run: './main' },
    ]);
    assert.deepEqual(
      tasks.map(({ run }) => run),
      [
        { file: 'main.py', command },
        { file: 'main.py', command },
        full,
        { file: 'main.cpp', command: ['./main'] },
      ],
    );
  });

  it('takes a differential test with the seed 1 and no named arguments unless told', async () => {
    const { tasks } = await read([differential]);
    assert.deepEqual(tasks[0]?.tests, [
      {
        ...{ id: 't', kind: 'differential', role: 'hidden', seed: 1, inputs: 20 },
        examples: [{ args: [1], kwargs: null }],
      },
    ]);
  });

  it('writes and reads back tests of every kind, and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyTask, async (parts) => {
        const task = aTask(parts);
        assert.deepEqual((await read([writeTask(task)])).tasks, [task]);
      }),
      { numRuns: 60 },
    );
  });

  it('reads HumanEval by content, gzipped or not, with its helpers as support', async () => {
    writeFileSync(folder.file('h.gz'), gzipSync(JSON.stringify(humanEvalLine)));
    const { tasks } = await readTasks(folder.file('h.gz'), syntax);
    const [task] = tasks;
    assert.equal(task?.id, 'HumanEval/0');
    assert.equal(task.promptKind, 'code');
    assert.equal(task.support, 'import math\n\n\ndef helper(x):\n    return x + 1');
    assert.equal(task.reference, humanEvalLine.prompt + humanEvalLine.canonical_solution);
    assert.deepEqual(
      task.tests.map(({ kind, role }) => [kind, role]),
      [['check', 'hidden']],
    );
  });

  const bad: readonly (readonly [string, unknown, RegExp])[] = [
    ['JSON that ends too early', '{"id": ', /a\.jsonl:2: .*JSON/],
    ['a list', '[1]', /a\.jsonl:2: is not a JSON object/],
    ['an unknown format', { some: 1 }, /a\.jsonl:2: is not a task of a known format/],
    [
      'an entry point that is no name',
      { ...line, entryPoint: 'f(); evil' },
      /2: entryPoint: must be/,
    ],
    ['a missing prompt', { ...line, prompt: undefined }, /a\.jsonl:2: prompt: /],
    [
      'a language that is only started, with tests that call',
      { ...line, language: 'cobol' },
      /2: tests\[0\]\.kind: programs in cobol are judged by io tests alone/,
    ],
    [
      'a language that is only started, with no test',
      { ...line, language: 'cobol', tests: [] },
      /2: language: cobol is not judged/,
    ],
    [
      'a kind that is not judged',
      { ...line, tests: [{ id: 't', kind: 'oracle' }] },
      /tests\[0\]\.kind: oracle is not judged by this version/,
    ],
    [
      'an io test with nothing expected',
      { ...line, tests: [{ id: 't', kind: 'io', stdin: '' }] },
      /tests\[0\]\.stdout: is missing/,
    ],
    [
      'a comparison that is none',
      { ...line, tests: [{ ...ioTest, compare: 'roughly' }] },
      /tests\[0\]\.compare: must be "exact", "tokens" or/,
    ],
    [
      'a differential test that is visible',
      { ...differential, tests: [{ ...differential.tests[0], role: 'visible' }] },
      /tests\[0\]\.role: differential tests are hidden/,
    ],
    [
      'a differential test and no reference',
      { ...differential, reference: undefined },
      /tests\[0\]\.kind: differential needs the reference/,
    ],
    [
      'an example that names no types',
      { ...differential, tests: [{ ...differential.tests[0], examples: [{ args: [{ a: 1 }] }] }] },
      /tests\[0\]\.examples\[0\]\.args\[0\]: must be data with types named/,
    ],
    ['no entry point for a test that calls', { ...line, entryPoint: undefined }, /2: entryPoint: /],
    [
      'a program that would stand in another folder',
      { ...io, run: { file: '../x', command: ['a'] } },
      /2: run/,
    ],
    ['a run that names no command', { ...io, run: [] }, /2: run/],
    [
      'two tests of one id',
      { ...line, tests: [line.tests[0], line.tests[0]] },
      /tests\[1\]\.id: t stands twice/,
    ],
    [
      'a role that is none',
      { ...line, tests: [{ ...line.tests[0], role: 'secret' }] },
      /tests\[0\]\.role/,
    ],
    ['limits below reason', { ...line, limits: { timeoutMs: 0 } }, /limits\.timeoutMs/],
    ['an id that stands twice', line, /a\.jsonl:2: id: a stands already on line 1/],
  ];
  for (const [what, second, expected] of bad) {
    it(`takes nothing of a file with ${what}, and names the place`, async () => {
      await assert.rejects(read([line, second]), expected);
      const skipped = await read([line, second], { skipBad: true });
      assert.deepEqual([skipped.tasks.length, skipped.skipped], [1, 1]);
    });
  }

  it('refuses a file with no task', async () => {
    await assert.rejects(read([]), /there is no task in it/);
  });
});

describe('reading samples', () => {
  const folder = temporaryFolder();
  const code = aTask({ id: 'code', promptKind: 'code', prompt: 'def f():\n' });
  const started = aTask({ id: 'started', starter: 'def f():\n' });
  const { starter: _, ...rest } = aTask({ id: 'bare' });
  const tasks = new Map([code, started, rest].map((task) => [task.id, task]));
  const read = async (...lines: readonly unknown[]) => {
    writeFileSync(folder.file('s.jsonl'), lines.map((item) => JSON.stringify(item)).join('\n'));
    return readSamples(folder.file('s.jsonl'), tasks);
  };

  it('takes whole solutions, and appends completions to the prompt or the starter', async () => {
    const samples = await read(
      { task_id: 'bare', solution: 'whole', sample: 3, turn: 2 },
      { task_id: 'code', completion: '    return 1\n' },
      { task_id: 'started', completion: '    return 2\n' },
    );
    assert.deepEqual(
      samples.map(({ program }) => program),
      ['whole', 'def f():\n    return 1\n', 'def f():\n    return 2\n'],
    );
    assert.deepEqual([samples[0]?.sample, samples[0]?.turn], [3, 2]);
  });

  it('names the place of a bad line', async () => {
    const good = { task_id: 'bare', solution: 'x' };
    await assert.rejects(
      read(good, { task_id: 'none', solution: 'x' }),
      /s\.jsonl:2: task_id: none/,
    );
    await assert.rejects(
      read(good, { task_id: 'bare', completion: 'x' }),
      /2: solution is missing/,
    );
    await assert.rejects(read(good, { solution: 'x' }), /s\.jsonl:2: task_id/);
  });
});
