import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
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
const humanEvalLine = {
  task_id: 'HumanEval/0',
  prompt: 'import math\n\n\ndef helper(x):\n    return x + 1\n\n\ndef f(x):\n    """Adds two."""\n',
  entry_point: 'f',
  canonical_solution: '    return helper(x) + 1\n',
  test: 'def check(candidate):\n    assert candidate(1) == helper(2)\n',
};

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
      'a language that is not judged',
      { ...line, language: 'cobol' },
      /2: language: cobol is not judged/,
    ],
    [
      'a kind that is not judged',
      { ...line, tests: [{ id: 't', kind: 'io' }] },
      /tests\[0\]\.kind: io is not/,
    ],
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
