import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { productForEach } from '../support/product';
import { publishedSets } from '../support/publishedSets';
import { temporaryFolder } from '../support/temporary';

interface Line {
  readonly id: string;
  readonly starter?: string;
  readonly reference?: string;
  readonly source: { readonly name: string; readonly license: string | null };
  readonly tests: readonly { readonly kind: string; readonly role: string }[];
}

describe('importing published sets', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, []);
  const write = (name: string, data: string | Uint8Array): string => {
    writeFileSync(path.join(product.work, name), data);
    return name;
  };
  const json = async (args: readonly string[]): Promise<Record<string, unknown>> => {
    const { stdout, stderr, exitCode } = await product.run([...args, '--json']);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const tasksIn = (name: string): Line[] =>
    readFileSync(path.join(product.work, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const verify = async (tasks: string, programs: Readonly<Record<string, string>>) => {
    const samples = write(
      's.jsonl',
      Object.entries(programs)
        .map(([task_id, solution]) => JSON.stringify({ task_id, solution }))
        .join('\n'),
    );
    return json(['verify', '--tasks', tasks, '--samples', samples]);
  };

  for (const { format, records, right } of publishedSets.filter(
    (set) => set.format !== 'swe-smith',
  )) {
    it(`${format}: right programs and the canonical ones pass, empty ones fail`, async () => {
      const file = write('set.jsonl', records.map((record) => JSON.stringify(record)).join('\n'));
      const report = await json(['tasks', 'import', file, '--out', 'o.tasks.jsonl']);
      assert.deepEqual(report['byFormat'], { [format]: records.length });
      const tasks = tasksIn('o.tasks.jsonl');
      assert.ok(tasks.every(({ source }) => source.license !== null && source.name !== 'unknown'));
      // The published file is read as it is, and the imported one says the same.
      for (const place of [file, 'o.tasks.jsonl']) {
        const passing = await verify(place, right);
        assert.deepEqual(passing['byStatus'], { passed: Object.keys(right).length }, place);
      }
      const canonical = Object.fromEntries(
        tasks.flatMap(({ id, reference }) => (reference === undefined ? [] : [[id, reference]])),
      );
      if (Object.keys(canonical).length > 0) {
        const passing = await verify('o.tasks.jsonl', canonical);
        assert.deepEqual(passing['byStatus'], { passed: Object.keys(canonical).length });
      }
      const empty = await verify(
        'o.tasks.jsonl',
        Object.fromEntries(tasks.map(({ id }) => [id, '\n'])),
      );
      assert.equal(empty['passed'], 0);
      assert.equal((empty['byStatus'] as Record<string, number>)['infrastructure'], undefined);
    });
  }

  it('a folder: its programs pass, the starters, which have no bodies, fail', async () => {
    const place = path.join(product.work, 'mine');
    mkdirSync(place);
    writeFileSync(
      path.join(place, 'text.py'),
      'def shout(text):\n    """Loud."""\n    return text.upper()\n',
    );
    writeFileSync(
      path.join(place, 'test_text.py'),
      "from text import shout\n\ndef test_a():\n    assert shout('a') == 'A'\n\ndef test_b():\n    assert shout('b') == 'B'\n\ndef test_c():\n    assert shout('') == ''\n",
    );
    writeFileSync(
      path.join(place, 'list.ts'),
      'export const last = (values: number[]): number | undefined => values[values.length - 1];\n',
    );
    writeFileSync(
      path.join(place, 'list.test.ts'),
      "import assert from 'node:assert';\nimport { last } from './list';\ntest('one', () => { assert.equal(last([1]), 1); });\ntest('two', () => { assert.equal(last([1, 2]), 2); });\n",
    );
    const report = await json(['tasks', 'import', 'mine', '--out', 'o.tasks.jsonl']);
    assert.deepEqual(report['byFormat'], { folder: 2 });
    const tasks = tasksIn('o.tasks.jsonl');
    for (const { tests } of tasks) {
      const visible = tests.filter(({ role }) => role === 'visible').length;
      assert.equal(visible, Math.ceil(tests.length / 2));
    }
    const all = (key: 'reference' | 'starter') =>
      Object.fromEntries(tasks.map((task) => [task.id, task[key] ?? '']));
    assert.deepEqual((await verify('o.tasks.jsonl', all('reference')))['byStatus'], { passed: 2 });
    assert.equal((await verify('o.tasks.jsonl', all('starter')))['passed'], 0);
  });

  it('SWE-smith is kept whole, not judged, and not given to a solver', async () => {
    const set = publishedSets.find(({ format }) => format === 'swe-smith');
    assert.ok(set);
    const file = write('swe.jsonl', JSON.stringify(set.records[0]));
    await json(['tasks', 'import', file, '--out', 'o.tasks.jsonl']);
    const [task] = tasksIn('o.tasks.jsonl');
    assert.ok(task);
    assert.deepEqual(
      task.tests.map(({ kind, role }) => [kind, role]),
      [
        ['command', 'hidden'],
        ['command', 'hidden'],
      ],
    );
    for (const [key, value] of Object.entries(set.records[0] ?? {})) {
      const name = { instance_id: 'id', problem_statement: 'prompt' }[key] ?? key;
      assert.deepEqual((task as unknown as Record<string, unknown>)[name], value, key);
    }
    const verified = await verify('o.tasks.jsonl', { [task.id]: 'x' });
    assert.deepEqual(verified['byStatus'], { infrastructure: 1 });
    const results = readFileSync(path.join(product.work, 's.jsonl.results.jsonl'), 'utf8');
    assert.match(results, /command tests are not judged by this version/);
    const solved = await product.run(['solve', '--tasks', 'o.tasks.jsonl', '--run', 'r']);
    assert.equal(solved.exitCode, 2);
    assert.match(solved.stderr, /command tests are not judged by this version/);
  });

  it('a false console.assert, which does not throw in Node, is a failed test', async () => {
    const set = publishedSets.find(({ format }) => format === 'humaneval-x');
    const file = write('x.jsonl', JSON.stringify(set?.records[0]));
    const wrong = await verify(file, { 'JavaScript/900': 'const isEven = () => true;' });
    assert.deepEqual(wrong['byStatus'], { failed: 1 });
    const results = readFileSync(path.join(product.work, 's.jsonl.results.jsonl'), 'utf8');
    const { tests } = JSON.parse(results) as { tests: { id: string; outcome: string }[] };
    assert.deepEqual(
      tests.map(({ id, outcome }) => [id, outcome]),
      [
        ['example', 'passed'],
        ['test', 'failed'],
      ],
    );
  });

  it('arrays, gzip and Parquet are told by content, and say the same as lines', async () => {
    const [set] = publishedSets;
    const record = set?.records[0] ?? {};
    const columns = Object.entries(record).map(([name, value]) => ({
      name,
      data: [String(value)],
      type: 'STRING' as const,
    }));
    const files = {
      lines: JSON.stringify(record),
      array: JSON.stringify([record], null, 2),
      packed: gzipSync(JSON.stringify(record)),
      rows: new Uint8Array(parquetWriteBuffer({ columnData: columns })),
    };
    const made = [];
    for (const [name, data] of Object.entries(files)) {
      await json(['tasks', 'import', write(name, data), '--out', `${name}.tasks.jsonl`]);
      made.push(readFileSync(path.join(product.work, `${name}.tasks.jsonl`), 'utf8'));
    }
    assert.equal(new Set(made).size, 1);
  });

  it('counts what it does not take by reason, and takes nothing of a file with a bad line', async () => {
    const live = publishedSets.find(({ format }) => format === 'livecodebench')?.records ?? [];
    const multiple = publishedSets.find(({ format }) => format === 'multipl-e')?.records ?? [];
    const lines = [...live, ...multiple, { ...multiple[0], name: 'other', language: 'lua' }];
    const file = write('a.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    const report = await json(['tasks', 'import', file, '--out', 'o.tasks.jsonl']);
    assert.deepEqual(report, {
      tasks: 4,
      byFormat: { livecodebench: 2, 'multipl-e': 2 },
      rejected: { otherLanguage: 1 },
      leftOut: { pickledTests: 1 },
      skipped: 0,
    });
    const bad = write('b.jsonl', `${JSON.stringify(lines[0])}\n{"task_id": 1}\n`);
    const refused = await product.run(['tasks', 'import', bad, '--out', 'b.tasks.jsonl']);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /b\.jsonl:2: /);
    assert.throws(() => readFileSync(path.join(product.work, 'b.tasks.jsonl')));
    const skipping = ['tasks', 'import', bad, '--out', 'b.tasks.jsonl', '--skip-bad'];
    assert.deepEqual([(await json(skipping))['skipped'], tasksIn('b.tasks.jsonl').length], [1, 1]);
  });

  it('says in its help which tests are visible', async () => {
    const { stdout } = await product.run(['tasks', 'import', '--help']);
    assert.match(stdout, /humaneval .*visible, check hidden/);
    assert.match(stdout, /livecodebench .*refused where pickled/);
  });
});
