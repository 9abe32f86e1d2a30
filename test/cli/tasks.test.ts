import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { productIn, type Product } from '../support/product';
import { temporaryFolder } from '../support/temporary';

interface Line {
  readonly id: string;
  readonly tests: readonly { readonly role: string; readonly kind: string }[];
  readonly gate: {
    readonly state: string;
    readonly reason?: string;
    readonly steps: readonly { readonly step: string; readonly saw: string }[];
  };
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
  readonly mutationScore: number | null;
}

describe('making and checking tasks', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  let product: Product;
  beforeEach(() => {
    product = productIn(folder.path, [
      'python/textkit/__init__.py',
      'python/textkit/money.py',
      'python/tests/test_money.py',
    ]);
  });
  const json = async <T>(args: readonly string[]): Promise<T> => {
    const { stdout, stderr, exitCode } = await product.run([...args, '--json']);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as T;
  };
  const linesOf = (name: string): Line[] =>
    readFileSync(path.join(product.work, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);

  it('makes by two makers, lists what the gate saw, and checks the file again', async () => {
    const from = path.join(folder.path, 'samples/python/textkit/money.py');
    const make = ['tasks', 'make', '--from', from, '--out', 'm.tasks.jsonl', '--limit', '4'];
    const made = await json<{
      tasks: number;
      byMaker: Record<string, { tasks: number }>;
      mutationScore: number;
    }>([...make, '--maker', 'fault-injection,body-removal']);
    assert.equal(made.tasks, 4);
    assert.deepEqual(Object.keys(made.byMaker).sort(), ['body-removal', 'fault-injection']);
    assert.ok(made.mutationScore >= 0.8);
    const lines = linesOf('m.tasks.jsonl');
    assert.ok(lines.every(({ gate }) => gate.state === 'admitted' && gate.steps.length === 10));
    const rejected = linesOf('m.rejected.jsonl');
    assert.ok(rejected.every(({ gate }) => gate.state === 'rejected' && gate.reason !== undefined));

    const listed = await json<{ rows: Row[] }>(['tasks', 'list', '--state', 'admitted']);
    assert.deepEqual(listed.rows.map(({ id }) => id).sort(), lines.map(({ id }) => id).sort());
    const one = await product.run(['tasks', 'list', lines[0]?.id ?? '']);
    assert.match(one.stdout, /strength +\d+ of \d+ mutants killed/);

    const checked = await json<{ tasks: number; rows: Row[] }>(['tasks', 'check', 'm.tasks.jsonl']);
    assert.equal(checked.tasks, 4);
    assert.ok(checked.rows.every(({ mutationScore }) => (mutationScore ?? 0) >= 0.8));
    const again = await json<{ rows: Row[]; seconds: number }>(['tasks', 'check', 'm.tasks.jsonl']);
    assert.deepEqual(again.rows, checked.rows);

    // Against itself as the pool nothing is new, and against itself as held out nothing is allowed.
    const pool = ['--pool', 'm.tasks.jsonl', '--out', 'n.tasks.jsonl'];
    const none = await json<{ tasks: number; rejected: object }>([
      ...['tasks', 'check', 'm.tasks.jsonl'],
      ...pool,
    ]);
    assert.deepEqual([none.tasks, none.rejected], [0, { duplicate: 4 }]);
    assert.equal(linesOf('n.rejected.jsonl').length, 4);
    const heldOut = path.join(product.work, 'h.tasks.jsonl');
    writeFileSync(
      heldOut,
      `${JSON.stringify({ ...lines[0], gate: undefined, prompt: 'other' })}\n`,
    );
    const shared = await json<{ rejected: Record<string, number> }>([
      ...['tasks', 'check', 'm.tasks.jsonl', '--held-out', 'h.tasks.jsonl'],
    ]);
    assert.ok((shared.rejected['heldOut'] ?? 0) >= 1, JSON.stringify(shared));
  });

  it('estimates difficulty by a solver where one is named', async () => {
    const from = path.join(folder.path, 'samples/python/textkit/money.py');
    await json(['tasks', 'make', '--from', from, '--out', 'm.tasks.jsonl', '--limit', '1']);
    const { rows } = await json<{
      rows: { difficulty: { solver: string; solved: number; samples: number } }[];
    }>(['tasks', 'check', 'm.tasks.jsonl', '--solver', 'search']);
    assert.match(rows[0]?.difficulty.solver ?? '', /^search-repair@/);
    assert.equal(rows[0]?.difficulty.samples, 1);
  });

  it('refuses what it does not know, and changes nothing', async () => {
    for (const [args, problem] of [
      [['tasks', 'make', '--from', '.', '--out', 'x.jsonl', '--maker', 'magic'], /no maker magic/],
      [['tasks', 'check', 'x.jsonl', '--samples', '3'], /are for --solver/],
      [['tasks', 'list', '--state', 'odd'], /none of admitted/],
      [['tasks', 'list', 'nothing'], /has no task nothing/],
    ] as const) {
      const { exitCode, stderr } = await product.run(args);
      assert.equal(exitCode, 2, stderr);
      assert.match(stderr, problem);
    }
  });
});
