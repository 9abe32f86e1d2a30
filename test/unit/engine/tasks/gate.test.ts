import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Judge } from '../../../../src/engine/domain/ports';
import type { Task } from '../../../../src/engine/domain/task';
import { throughGate, type GateOptions } from '../../../../src/engine/tasks/gate/gate';
import { mutantsOf } from '../../../../src/engine/tasks/gate/mutants';
import { codeProgram } from '../../../../src/engine/tasks/gate/proof';
import { runMutants } from '../../../../src/engine/tasks/gate/runMutants';
import { TaskPool } from '../../../../src/engine/tasks/gate/taskPool';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aTask, aTest } from '../../../support/builders';
import { aMachineJudge } from '../../../support/machineJudge';

const clampReference = [
  'def clamp(value, low, high):',
  '    if low > high:',
  '        raise ValueError("low is above high")',
  '    if value < low:',
  '        return low',
  '    if value > high:',
  '        return high',
  '    return value',
  '',
].join('\n');
const strong = [
  aTest('inside', 'visible', 'assert clamp(5, 1, 9) == 5\nassert clamp(1, 1, 1) == 1'),
  aTest('below', 'hidden', 'assert clamp(-3, 1, 9) == 1'),
  aTest('above', 'hidden', 'assert clamp(30, 1, 9) == 9'),
  aTest(
    'wrong',
    'hidden',
    'try:\n    clamp(1, 9, 2)\n    assert False\nexcept ValueError as error:\n    assert str(error) == "low is above high"',
  ),
];

function clampTask(parts: Partial<Task> = {}): Task {
  return aTask({
    id: 'numbers/clamp',
    family: 'numbers/clamp',
    prompt: 'Write clamp(value, low, high).',
    entryPoint: 'clamp',
    starter: 'def clamp(value, low, high):\n    ...\n',
    reference: clampReference,
    tests: strong,
    ...parts,
  });
}

describe('the gate', function () {
  this.timeout(60_000);
  let syntax: Syntax;
  let machine: Awaited<ReturnType<typeof aMachineJudge>>;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
    machine = await aMachineJudge();
  });
  after(() => machine.close());
  const through = (task: Task, parts: Partial<GateOptions> = {}) =>
    throughGate(task, {
      judge: machine.judge,
      languageJudge: (language) => machine.judge.for(language),
      syntax,
      seed: 1,
      concurrency: 1,
      signal: new AbortController().signal,
      pool: new TaskPool(syntax),
      contamination: () => null,
      ...parts,
    });

  it('lets a proven task in, and every step tells what it saw', async () => {
    const { report } = await through(clampTask());
    assert.equal(report.state, 'admitted', JSON.stringify(report.steps));
    assert.deepEqual(
      report.steps.map(({ step }) => step),
      [
        ...['parses', 'reference', 'stubs', 'strength', 'tests', 'dependence'],
        ...['novelty', 'contamination', 'family', 'difficulty'],
      ],
    );
    assert.ok(report.steps.every(({ saw }) => saw !== ''));
    assert.ok(report.mutation && report.mutation.score >= 0.8 && report.mutation.killed > 10);
    assert.equal(report.steps.at(-1)?.outcome, 'skipped');
  });

  it('rejects weak tests, and shows a mutant with a call that tells it apart', async () => {
    const tests = [
      aTest('one', 'visible', 'assert clamp(5, 1, 9) == 5'),
      aTest('two', 'hidden', 'assert clamp(4, 1, 9) == 4'),
    ];
    const { report } = await through(clampTask({ tests }));
    // An argument given back passes these.
    assert.equal(report.reason, 'constantPasses');
    const vague = aTest('three', 'hidden', 'assert clamp(-3, 1, 9) != -3');
    const weak = (await through(clampTask({ tests: [...tests, vague] }))).report;
    assert.equal(weak.reason, 'weakTests', JSON.stringify(weak.steps));
    assert.match(weak.steps.at(-1)?.saw ?? '', /of \d+ mutants killed.*not noticed: line \d/);
    const told = weak.mutation?.survivors.flatMap((one) => one.told ?? []) ?? [];
    assert.ok(
      told.some(({ call, expected, actual }) => /^clamp\(/.test(call) && expected !== actual),
    );
  });

  it('lets in for training only what is too weak to measure by', async () => {
    const tests = [
      aTest('one', 'visible', 'assert clamp(5, 1, 9) == 5'),
      aTest('three', 'hidden', 'assert clamp(-3, 1, 9) == 1'),
    ];
    const { report } = await through(clampTask({ tests }));
    const score = report.mutation?.score ?? 0;
    assert.ok(score >= 0.6 && score < 0.8, String(score));
    assert.equal(report.state, 'trainingOnly', JSON.stringify(report.steps));
  });

  for (const [reason, parts] of [
    ['noReference', { reference: undefined }],
    ['doesNotParse', { reference: 'def clamp(:\n' }],
    ['referenceFails', { reference: clampReference.replace('return high', 'return low') }],
    ['starterPasses', { starter: clampReference }],
    [
      'outsideWorld',
      {
        reference: clampReference.replace(
          '    if low',
          '    import time\n    time.time()\n    if low',
        ),
      },
    ],
    [
      'notJudged',
      { language: 'cpp', tests: [{ kind: 'io', id: 'i', role: 'hidden', stdin: '', stdout: '' }] },
    ],
  ] as const) {
    it(`rejects: ${reason}`, async () => {
      const { report } = await through(clampTask(parts as Partial<Task>));
      assert.equal(report.reason, reason, JSON.stringify(report.steps));
      assert.equal(report.state, 'rejected');
      assert.equal(report.steps.at(-1)?.outcome, 'failed');
    });
  }

  it('an empty program that passes is told before anything else is asked of the tests', async () => {
    const tests = [aTest('nothing', 'hidden', 'x = 1'), aTest('more', 'hidden', 'x = 2')];
    assert.equal(
      (await through(clampTask({ tests, starter: 'def nothing():\n    ...\n' }))).report.reason,
      'emptyPasses',
    );
  });

  it('finds references that depend on the seed of string hashes or on the order of tests', async () => {
    const text = textOfOtherHash();
    const byHash = await through(
      aTask({
        entryPoint: 'parity',
        reference: 'def parity(text):\n    return hash(text) % 2\n',
        tests: [
          aTest('a', 'hidden', `assert parity("${text}") == parity("${text}")`),
          aTest('b', 'hidden', `assert parity("${text}") == 0`),
        ],
      }),
    );
    assert.equal(byHash.report.reason, 'flaky', JSON.stringify(byHash.report.steps));
    const byOrder = await through(
      aTask({
        entryPoint: 'count',
        reference: 'seen = []\ndef count():\n    seen.append(1)\n    return len(seen)\n',
        tests: [
          aTest('first', 'hidden', 'assert count() == 1'),
          aTest('second', 'hidden', 'assert count() == 2'),
        ],
      }),
    );
    assert.equal(byOrder.report.reason, 'flaky', JSON.stringify(byOrder.report.steps));
  });

  it('leaves out tests that kill no mutant and run no line of their own', async () => {
    const tests = [...strong, aTest('idle', 'hidden', 'assert callable(clamp)')];
    const { task, report } = await through(clampTask({ tests }));
    assert.deepEqual(report.droppedTests, ['idle'], JSON.stringify(report.steps));
    assert.deepEqual(
      task.tests.map(({ id, role }) => `${id} ${role}`),
      strong.map(({ id, role }) => `${id} ${role}`),
    );
    assert.notEqual(task.hash, clampTask({ tests }).hash);
  });

  it('rejects what is there already, what is alike in another family, and what is held out', async () => {
    const pool = new TaskPool(syntax, [(await through(clampTask())).task]);
    assert.equal((await through(clampTask(), { pool })).report.reason, 'duplicate');
    const renamed = clampTask({
      family: 'other',
      prompt: 'Write the function clamp(value, low, high).',
    });
    assert.equal((await through(renamed, { pool })).report.reason, 'notNovel');
    const heldOut = { reason: 'contaminated', saw: 'code10, held-out task X' } as const;
    const { report } = await through(clampTask(), { contamination: () => heldOut });
    assert.equal(report.reason, 'contaminated');
    assert.equal(report.steps.at(-1)?.saw, heldOut.saw);
  });

  it('a child has the family of its parent, and its difficulty is what the solver says', async () => {
    const parent = aTask({ id: 'numbers/double', family: 'numbers' });
    const child = clampTask({
      source: { name: 'x', license: null, maker: 'evolve@1', parent: 'numbers/double' },
    });
    const { task, report } = await through(child, {
      pool: new TaskPool(syntax, [parent]),
      difficulty: () => Promise.resolve({ solver: 's@1', solved: 2, samples: 6 }),
    });
    assert.equal(task.family, 'numbers');
    assert.deepEqual(report.difficulty, { solver: 's@1', solved: 2, samples: 6 });
    assert.match(report.steps.at(-1)?.saw ?? '', /solved 2 of 6/);
  });

  it('mutants screened many to a process end as those that are judged one by one', async () => {
    const reference = { ...codeProgram(clampTask()), language: 'python' as const };
    const mutants = mutantsOf(syntax, reference, { seed: 1, most: 30 });
    const { judge } = machine;
    const how = {
      ...{ syntax, limits: clampTask().limits, referenceMs: 1, concurrency: 2 },
      signal: new AbortController().signal,
    };
    const tests = strong.slice(0, 2);
    let screened = 0;
    const screening: Judge = {
      judge: (...asked) => judge.judge(...asked),
      observe: (...asked) => judge.observe(...asked),
      screen: (...asked) => {
        screened++;
        return judge.screen(...asked);
      },
    };
    const one: Judge = {
      judge: (...asked) => judge.judge(...asked),
      observe: (...asked) => judge.observe(...asked),
    };
    const ends = async (judge: Judge) =>
      (await runMutants(reference, mutants, tests, { ...how, judge })).map((outcome) => [
        outcome.end,
        outcome.end === 'killed' ? outcome.by : [],
      ]);
    const together = await ends(screening);
    assert.deepEqual(together, await ends(one));
    assert.ok(screened > mutants.length);
    assert.deepEqual([...new Set(together.map(([end]) => end))].sort(), ['killed', 'survived']);
  });

  it('mutants are judged one by one where the reference does not pass among others', async () => {
    const reference = { ...codeProgram(clampTask()), language: 'python' as const };
    const mutants = mutantsOf(syntax, reference, { seed: 1, most: 8 });
    const failing = await machine.judge.judge(
      { ...reference, source: 'x = 1' },
      strong,
      clampTask().limits,
      new AbortController().signal,
    );
    const how = {
      ...{ syntax, limits: clampTask().limits, referenceMs: 1, concurrency: 2 },
      signal: new AbortController().signal,
    };
    const one: Judge = {
      judge: (...asked) => machine.judge.judge(...asked),
      observe: (...asked) => machine.judge.observe(...asked),
    };
    let screened = 0;
    const screen = () => {
      screened++;
      return Promise.resolve(failing);
    };
    const ends = await runMutants(reference, mutants, strong, {
      ...how,
      judge: { ...one, screen },
    });
    assert.deepEqual(ends, await runMutants(reference, mutants, strong, { ...how, judge: one }));
    assert.equal(screened, 1);
  });

  it('a mutant that never ends is killed and costs a moment', async () => {
    const reference = [
      'def digits(n):',
      '    count = 0',
      '    while n > 0:',
      '        n = n // 10',
      '        count += 1',
      '    return max(count, 1)',
      '',
    ].join('\n');
    const tests = [0, 1, 9, 10, 12345].map((n) =>
      aTest(
        `of ${String(n)}`,
        'hidden',
        `assert digits(${String(n)}) == ${String(String(n).length)}`,
      ),
    );
    // Each of at least five such mutants would cost these limits.
    const limits = { timeoutMs: 20_000, memoryMb: 256 };
    const { report } = await through(
      aTask({
        limits,
        entryPoint: 'digits',
        reference,
        tests,
        starter: 'def nothing():\n    ...\n',
      }),
    );
    assert.equal(report.state, 'admitted', JSON.stringify(report.steps));
  });
});

/** Its hash is even with the seed 0 of string hashes and odd with the seed 1, in this Python. */
function textOfOtherHash(): string {
  const words = Array.from({ length: 40 }, (_, at) => `w${String(at)}`);
  const code = `import sys\nprint(*[hash(word) % 2 for word in sys.argv[1:]])`;
  const [even = [], odd = []] = ['0', '1'].map((seed) =>
    execFileSync('python3', ['-c', code, ...words], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONHASHSEED: seed },
    })
      .trim()
      .split(' '),
  );
  const found = words.find((_, at) => even[at] === '0' && odd[at] === '1');
  assert.ok(found);
  return found;
}
