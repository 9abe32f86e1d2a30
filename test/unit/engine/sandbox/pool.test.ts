import assert from 'node:assert/strict';
import type { SandboxOutcome } from '../../../../src/engine/domain/ports';
import {
  jobNotRun,
  runOnWorker,
  WorkerPool,
  type PoolWorker,
} from '../../../../src/engine/sandbox/pool';

const finished: SandboxOutcome = { end: 'finished', messages: [1], output: '', durationMs: 1 };
const never = new AbortController().signal;

class Fake implements PoolWorker {
  alive = true;
  jobs = 0;
  killed = '';
  constructor(readonly place: number) {}
  kill(reason: string): void {
    this.alive = false;
    this.killed ||= reason;
  }
}

function poolOf(size: number): { pool: WorkerPool<Fake>; started: Fake[] } {
  const started: Fake[] = [];
  const pool = new WorkerPool(size, (place) => {
    const worker = new Fake(place);
    started.push(worker);
    return worker;
  });
  return { pool, started };
}

describe('jobs on workers', () => {
  it('are tried once more in a fresh worker where the first broke', async () => {
    const { pool, started } = poolOf(2);
    const ran: Fake[] = [];
    // Two warm workers: the second try must not go to the other one.
    await Promise.all(
      [1, 2].map(() => runOnWorker(pool, () => Promise.resolve(finished), never, jobNotRun)),
    );
    const warm = [...started];
    const outcome = await runOnWorker(
      pool,
      (worker) => {
        ran.push(worker);
        return Promise.resolve(ran.length === 1 ? new Error('broke') : finished);
      },
      never,
      jobNotRun,
    );
    assert.equal(outcome, finished);
    assert.equal(ran.length, 2);
    const [first, second] = ran;
    assert.ok(first && second && warm.includes(first) && !warm.includes(second));
    assert.deepEqual([first.alive, first.killed], [false, 'broke']);
  });

  it('end as infrastructure where the fresh one breaks too, and are not tried again', async () => {
    const { pool, started } = poolOf(1);
    let tries = 0;
    const outcome = await runOnWorker(
      pool,
      () => {
        tries++;
        return Promise.resolve(new Error('no memory on this machine'));
      },
      never,
      jobNotRun,
    );
    assert.equal(outcome.end, 'infrastructure');
    assert.match(outcome.detail ?? '', /no memory on this machine/);
    assert.deepEqual([tries, started.length, started.some(({ alive }) => alive)], [2, 2, false]);
    assert.deepEqual(outcome.messages, []);
  });

  it('take what a worker throws for a fault of the worker', async () => {
    const { pool } = poolOf(1);
    const outcome = await runOnWorker(
      pool,
      () => Promise.reject(new Error('threw')),
      never,
      jobNotRun,
    );
    assert.equal(outcome.end, 'infrastructure');
    assert.match(outcome.detail ?? '', /threw/);
  });

  it('leave an outcome of the program alone, however it ended', async () => {
    const { pool, started } = poolOf(1);
    for (const end of ['died', 'timedOut', 'outOfMemory'] as const) {
      const told = { ...finished, end };
      assert.equal(await runOnWorker(pool, () => Promise.resolve(told), never, jobNotRun), told);
    }
    assert.equal(started.length, 1);
  });

  it('are not tried again once they were cancelled', async () => {
    const { pool } = poolOf(1);
    const controller = new AbortController();
    let tries = 0;
    const outcome = await runOnWorker(
      pool,
      () => {
        tries++;
        controller.abort();
        return Promise.resolve(new Error('killed'));
      },
      controller.signal,
      jobNotRun,
    );
    assert.deepEqual([outcome.end, tries], ['cancelled', 1]);
  });

  /** Jobs that would rather go to a worker that had a job of the same name last. */
  function named(pool: WorkerPool<Fake>) {
    const last = new Map<Fake, string>();
    const order: string[] = [];
    let changes = 0;
    const job = (name: string): Promise<unknown> =>
      pool.lend(
        async (worker) => {
          if (last.get(worker) !== name) changes++;
          last.set(worker, name);
          order.push(name);
          await new Promise((resolve) => setImmediate(resolve));
        },
        never,
        { suits: (worker) => last.get(worker) === name },
      );
    return { job, order, changes: () => changes };
  }

  it('go to the worker that suits them', async () => {
    const { job, changes } = named(poolOf(2).pool);
    await Promise.all(Array.from({ length: 40 }, (_, count) => job(count % 2 ? 'odd' : 'even')));
    assert.equal(changes(), 2);
  });

  it('wait behind few whom the worker suits better', async () => {
    const { job, order } = named(poolOf(1).pool);
    const first = [job('usual'), job('rare')];
    await Promise.all([...first, ...Array.from({ length: 60 }, () => job('usual'))]);
    assert.equal(order.indexOf('rare'), 17);
  });

  it('never give one place to two live workers, whichever were replaced', async () => {
    const { pool, started } = poolOf(3);
    await Promise.all(
      Array.from({ length: 60 }, (_, job) =>
        pool.lend(async (worker) => {
          const others = started.filter((other) => other.alive && other !== worker);
          assert.ok(others.every(({ place }) => place !== worker.place));
          await new Promise((resolve) => setImmediate(resolve));
          if (job % 4 === 0) worker.kill('odd');
        }, never),
      ),
    );
    assert.ok(started.every(({ place }) => place < 3));
    pool.close();
    assert.ok(started.every(({ alive }) => !alive));
  });
});
