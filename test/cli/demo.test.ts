import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { productForEach, productIn, smallSamples, type Product } from '../support/product';
import { temporaryFolder } from '../support/temporary';

interface DemoJson {
  readonly run: string;
  readonly tasks: number;
  readonly solvedVisible: number;
  readonly passedHidden: number;
  readonly pairs: number;
  readonly dataset: string;
  readonly byTurn: unknown;
}

/** What a demo found, without what names its run or its time. */
function found(stdout: string): Partial<DemoJson> {
  const {
    run: _run,
    seconds: _seconds,
    dataset: _dataset,
    ...rest
  } = JSON.parse(stdout) as DemoJson & {
    seconds: number;
  };
  return rest;
}

function countEffects(product: Product, run: string, kind: string): number {
  const database = new DatabaseSync(path.join(product.work, '.flywheel/journal.db'));
  try {
    const row = database
      .prepare('SELECT count(*) AS n FROM effects WHERE run = ? AND kind = ?')
      .get(run, kind);
    return Number(row?.['n'] ?? 0);
  } catch {
    // The file is there a moment before its tables are.
    return 0;
  } finally {
    database.close();
  }
}

async function until(condition: () => boolean, deadlineMs: number): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to that in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the demo', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, smallSamples);
  const verdicts = (): number =>
    existsSync(path.join(product.work, '.flywheel/journal.db'))
      ? countEffects(product, 'demo-1', 'verdict')
      : 0;

  it('ends the same after kill -9 and Ctrl-C in the middle as when nothing stops it', async () => {
    const whole = await productIn(folder.file('whole'), smallSamples).run(['demo', '--json']);
    assert.equal(whole.exitCode, 0, whole.stderr);

    const killed = product.run(['demo', '--json']);
    await until(() => verdicts() > 5, 60_000);
    killed.kill('SIGKILL');
    await killed;
    const recorded = verdicts();

    const interrupted = product.run(['demo', '--json']);
    await until(() => verdicts() > recorded + 5, 60_000);
    const asked = Date.now();
    interrupted.kill('SIGINT');
    const stopped = await interrupted;
    assert.equal(stopped.exitCode, 130);
    assert.match(stopped.stderr, /the same command again goes on/);
    assert.ok(Date.now() - asked < 2000, `${String(Date.now() - asked)} ms`);

    const resumed = await product.run(['demo', '--json']);
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    assert.equal((JSON.parse(resumed.stdout) as DemoJson).run, 'demo-1');
    assert.deepEqual(found(resumed.stdout), found(whole.stdout));
  });

  it('writes a dataset whose rows tell what the counts say', async () => {
    const { stdout } = await product.run(['demo', '--json']);
    const { pairs, dataset, passedHidden } = JSON.parse(stdout) as DemoJson;
    const folder = path.join(product.work, dataset, 'prompt-completion');
    // A split that no family fell into has no file.
    const rows = readdirSync(folder).flatMap((file) =>
      readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean),
    );
    assert.ok(rows.length >= pairs, 'a row at least for each pair');
    assert.ok(pairs > 0 && pairs <= passedHidden);
    assert.match(readFileSync(path.join(product.work, dataset, 'README.md'), 'utf8'), /^---\n/);
  });

  it('stops where the sandbox for Python is missing and can be mended', async () => {
    const { stderr, exitCode } = await product.run(['demo', '--python', '/nowhere/python3']);
    assert.equal(exitCode, 3);
    assert.match(stderr, /No Python 3 answers at \/nowhere\/python3[^]*Install Python/);
  });

  it('lets one process at a time drive it', async () => {
    const first = product.run(['demo']);
    await until(() => verdicts() > 0, 60_000);
    const { stdout } = await product.run(['runs', '--json']);
    assert.equal((JSON.parse(stdout) as { runs: { state: string }[] }).runs[0]?.state, 'running');
    // A run that another process drives is left to it: a second demo is one of its own.
    const second = product.run(['demo']);
    await until(() => countEffects(product, 'demo-2', 'gate') > 0, 60_000);
    for (const demo of [first, second]) demo.kill('SIGKILL');
    await Promise.all([first, second]);
    const after = await product.run(['runs', '--json']);
    const { runs } = JSON.parse(after.stdout) as { runs: { state: string }[] };
    assert.deepEqual(
      runs.map(({ state }) => state),
      ['interrupted', 'interrupted'],
    );
  });

  it('can be looked at afterwards, run by run and turn by turn', async () => {
    await product.run(['demo']);
    const runs = await product.run(['runs']);
    assert.match(runs.stdout, /^demo-1 {2}finished {2}\d+ of \d+ tasks/);
    const show = await product.run(['show', 'demo-1', '--json']);
    const { tasks } = JSON.parse(show.stdout) as { tasks: { id: string; stop: string }[] };
    const solved = tasks.find(({ stop }) => stop === 'solved');
    assert.ok(solved);
    const story = await product.run(['show', 'demo-1', solved.id]);
    assert.match(story.stdout, /Starter: \d+ of \d+ visible tests pass/);
    assert.match(story.stdout, /Turn 1: /);
    assert.match(story.stdout, /^ {2}\+ /m);
    assert.match(story.stdout, /^ {2}- /m);
  });
});
