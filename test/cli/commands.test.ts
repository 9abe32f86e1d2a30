import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { execa } from 'execa';
import { doublingTask, productForEach, smallSamples } from '../support/product';
import { temporaryFolder } from '../support/temporary';

const script = {
  ...doublingTask,
  id: 'double-ts',
  language: 'typescript',
  tests: [
    {
      id: 'v',
      kind: 'assert',
      source: "import assert from 'node:assert/strict';\nassert.equal(double(2), 4);",
    },
    { id: 'c', kind: 'check', source: 'function check(c) { if (c(0) !== 0) throw new Error(); }' },
  ],
};

describe('commands', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, smallSamples);

  it('verify tells right from wrong in each language, in input order', async () => {
    const tasks = product.write('t.tasks.jsonl', [doublingTask, script]);
    const samples = product.write('s.jsonl', [
      { task_id: 'double', solution: 'def double(x): return x * 2', sample: 0 },
      { task_id: 'double-ts', solution: 'export const double = (x: number): number => x * 2;' },
      { task_id: 'double', solution: 'def double(x): return 4', sample: 1 },
      { task_id: 'double-ts', solution: 'function double(x) { return x + 2; }' },
      { task_id: 'double', solution: 'import os\nos._exit(0)', sample: 2 },
      { task_id: 'double', completion: '    broken(', sample: 3 },
    ]);
    const { stdout, exitCode, stderr } = await product.run([
      'verify',
      '--tasks',
      tasks,
      '--samples',
      samples,
      '--json',
    ]);
    assert.equal(exitCode, 0, stderr);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(
      [report['verified'], report['passed'], report['byStatus']],
      [6, 2, { passed: 2, failed: 2, crashed: 1, notCompiled: 1 }],
    );
    assert.deepEqual(report['passAtK'], { '1': 0.375 });
    const lines = readFileSync(path.join(product.work, 's.jsonl.results.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      lines.map((line) => [line['task_id'], line['passed'], line['sample']]),
      [
        ['double', true, 0],
        ['double-ts', true, undefined],
        ['double', false, 1],
        ['double-ts', false, undefined],
        ['double', false, 2],
        ['double', false, 3],
      ],
    );
    assert.deepEqual(
      (lines[2]?.['tests'] as { id: string; role: string; outcome: string }[]).map(
        ({ id, role, outcome }) => [id, role, outcome],
      ),
      [
        ['v', 'visible', 'passed'],
        ['h', 'hidden', 'failed'],
      ],
    );
  });

  it('tasks make, solve, export: from your own code to a dataset', async () => {
    const from = path.join(folder.path, 'samples/python/textkit/money.py');
    const made = await product.run([
      'tasks',
      'make',
      '--from',
      from,
      '--out',
      'm.tasks.jsonl',
      '--limit',
      '3',
      '--json',
    ]);
    assert.equal(made.exitCode, 0, made.stderr);
    assert.equal((JSON.parse(made.stdout) as { tasks: number }).tasks, 3);
    const solve = ['solve', '--tasks', 'm.tasks.jsonl', '--run', 'mine', '--json'];
    const solved = await product.run(solve);
    assert.equal(solved.exitCode, 0, solved.stderr);
    const again = await product.run(solve);
    const counts = (text: string) => ({ ...(JSON.parse(text) as object), seconds: 0 });
    assert.deepEqual(counts(again.stdout), counts(solved.stdout));
    const exported = await product.run(['export', '--run', 'mine', '--out', 'data', '--json']);
    assert.equal(exported.exitCode, 0, exported.stderr);
    assert.ok(existsSync(path.join(product.work, 'data/README.md')));
  });

  const bad: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['an unknown command', ['frobnicate'], 2, /there is no command frobnicate/],
    ['an unknown option', ['demo', '--fast'], 2, /--fast/],
    ['a missing option', ['verify', '--tasks', 'x'], 2, /verify needs --samples/],
    ['a number that is none', ['demo', '--workers', 'two'], 2, /--workers takes a whole number/],
    [
      'a strategy that is none',
      ['solve', '--tasks', 't.jsonl', '--run', 'r', '--solver', 'chat', '--strategy', 'luck'],
      2,
      /--strategy is one of chain, restart, tree, parallel, not luck/,
    ],
    [
      'a temperature that is too high',
      ['solve', '--tasks', 't.jsonl', '--run', 'r', '--solver', 'chat', '--temperature', '9'],
      2,
      /--temperature takes a number from 0 to 2/,
    ],
    [
      'an option of another solver',
      ['solve', '--tasks', 't.jsonl', '--run', 'r', '--samples', '2'],
      2,
      /--samples is for --solver chat/,
    ],
    ['a name too many', ['runs', 'now'], 2, /runs: now is too much/],
    [
      'a missing file',
      ['verify', '--tasks', 'no', '--samples', 'no'],
      2,
      /no: there is no such file/,
    ],
    ['a folder for a file', ['verify', '--tasks', '.', '--samples', '.'], 2, /it is a folder/],
    ['a run that is not there', ['show', 'none'], 2, /has no run none[^]*flywheel runs/],
    [
      'a folder that is not there',
      ['tasks', 'make', '--from', 'no', '--out', 'o'],
      2,
      /no such file/,
    ],
    [
      'no sandbox',
      ['verify', '--tasks', 't.jsonl', '--samples', 's.jsonl', '--python', '/no'],
      3,
      /python cannot be run here[^]*Install/,
    ],
    ['a journal that is none', ['runs', '--journal', 't.jsonl'], 2, /no journal, or it is damaged/],
    ['a journal of a newer version', ['runs', '--journal', 'newer.db'], 2, /newer version/],
    [
      'a journal in a place that is a file',
      ['solve', '--tasks', 't.jsonl', '--run', 'r', '--journal', 't.jsonl/x/j.db'],
      2,
      /could not be written/,
    ],
    [
      'a dataset in a place that is a file',
      ['verify', '--tasks', 't.jsonl', '--samples', 's.jsonl', '--out', 't.jsonl/x'],
      2,
      /part of its path is a file/,
    ],
  ];
  for (const [what, args, exitCode, message] of bad) {
    it(`says what is wrong with ${what}, and leaves everything as it was`, async () => {
      product.write('t.jsonl', [doublingTask]);
      product.write('s.jsonl', [{ task_id: 'double', solution: 'x' }]);
      const newer = new DatabaseSync(path.join(product.work, 'newer.db'));
      newer.exec('PRAGMA user_version = 9');
      newer.close();
      const before = contentsOf(product.work);
      const result = await product.run(args);
      assert.equal(result.exitCode, exitCode, result.stderr);
      assert.match(result.stderr, message);
      assert.equal(result.stdout, '');
      assert.deepEqual(contentsOf(product.work), before);
    });
  }

  for (const diskBytes of [40_000, 1_000_000]) {
    it(`stops where a disk of ${String(diskBytes)} bytes is full, and says what to do`, async () => {
      const tasks = path.join(folder.path, 'large.jsonl');
      const lines = Array.from({ length: 40 }, (_, index) =>
        JSON.stringify({
          ...script,
          id: `t${String(index)}`,
          prompt: `${String(index)} `.repeat(20_000),
        }),
      );
      writeFileSync(tasks, lines.join('\n'));
      const { exitCode, stderr } = await product.run(['solve', '--tasks', tasks, '--run', 'r'], {
        diskBytes,
      });
      assert.equal(exitCode, 3, stderr);
      assert.match(stderr, /journal\.db: the disk is full[^]*Free some space/);
    });
  }

  it('writes over nothing that is not its own', async () => {
    const tasks = product.write('t.jsonl', [script]);
    const samples = product.write('s.jsonl', [{ task_id: 'double-ts', solution: 'x' }]);
    const verify = ['verify', '--tasks', tasks, '--samples', samples, '--out', samples];
    assert.match((await product.run(verify)).stderr, /s\.jsonl is read by this command/);
    await product.run(['solve', '--tasks', tasks, '--run', 'r']);
    const exported = await product.run(['export', '--run', 'r', '--out', '.']);
    assert.equal(exported.exitCode, 2);
    assert.match(exported.stderr, /holds other files/);
    assert.equal((await product.run(['export', '--run', 'r', '--out', 'new'])).exitCode, 0);
    assert.equal((await product.run(['export', '--run', 'r', '--out', 'new'])).exitCode, 0);
  });

  it('does the same work under two names once', async () => {
    const tasks = product.write('t.jsonl', [script, { ...script, id: 'again' }]);
    const { stdout, stderr } = await product.run([
      'solve',
      '--tasks',
      tasks,
      '--run',
      'r',
      '--json',
    ]);
    assert.equal((JSON.parse(stdout || '{}') as { tasks?: number }).tasks, 1, stderr);
  });

  it('tells a journal with flipped bytes from a fault of its own', async () => {
    const tasks = product.write('t.jsonl', [script]);
    await product.run(['solve', '--tasks', tasks, '--run', 'r']);
    const file = path.join(product.work, '.flywheel/journal.db');
    const bytes = readFileSync(file);
    for (let place = 8192; place < bytes.length; place += 97) bytes[place] = 7;
    writeFileSync(file, bytes);
    for (const args of [['runs'], ['show', 'r'], ['solve', '--tasks', tasks, '--run', 'r']]) {
      const { exitCode, stderr } = await product.run(args);
      assert.ok(exitCode === 2 || exitCode === 0, `${args.join(' ')}: ${stderr}`);
      assert.doesNotMatch(stderr, /fault of ours/);
    }
    const { stdout } = await product.run(['doctor']);
    assert.match(stdout, /damaged/);
  });

  it('reads from a pipe, and asks where results go', async () => {
    const tasks = product.write('t.jsonl', [script]);
    product.write('s.jsonl', [{ task_id: 'double-ts', solution: 'const double = (x) => x * 2;' }]);
    const command = `cat s.jsonl | "$0" "$1" verify --tasks ${tasks} --samples /dev/stdin --json`;
    const piped = (more: string) =>
      execa(
        'bash',
        ['-c', command + more, process.execPath, path.join(folder.path, 'dist/cli.js')],
        {
          cwd: product.work,
          reject: false,
        },
      );
    assert.match((await piped('')).stderr, /--out FILE/);
    const { stdout, stderr } = await piped(' --out r.jsonl');
    assert.equal((JSON.parse(stdout || '{}') as { passed?: number }).passed, 1, stderr);
  });
});

/** Every file below a folder with what it holds. */
function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .sort()
      .map((file) => [file, readFileSync(file, 'base64')]),
  );
}
