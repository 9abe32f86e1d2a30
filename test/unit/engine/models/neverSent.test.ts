import { strict as assert } from 'node:assert';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Attempt, ToldWait } from '../../../../src/engine/domain/chat';
import { Tries, usualRetry } from '../../../../src/engine/models/retry';
import { faultOfConnection } from '../../../../src/engine/models/transport';
import { says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('a request that was never sent', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);
  const bounded = { run: 'r', perRun: { maxTokens: 100_000 } };

  it('to a port that clients refuse costs nothing and is not tried again', async () => {
    const { model, budgets } = await open(says('x'), {
      baseUrl: 'http://127.0.0.1:6666/v1',
      budget: bounded,
      // A second try would last longer than a test may.
      retry: { firstWaitMs: 120_000, mostWaitMs: 120_000 },
    });
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'unavailable', JSON.stringify(reply));
    assert.match(reply.reason, /bad port/);
    assert.match(reply.mend, /another port/);
    assert.deepEqual([budgets.spentByRun().tokens, budgets.spentByRun().calls], [0, 1]);
  });

  it('where nobody listens costs no tokens, in any of its tries', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { model, budgets } = await open(says('x'), {
      baseUrl: `http://127.0.0.1:${String(port)}/v1`,
      budget: bounded,
    });
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'unavailable', JSON.stringify(reply));
    assert.match(reply.reason, /ECONNREFUSED/);
    assert.equal(budgets.spentByRun().tokens, 0);
  });

  it('is said at once to be waited for, and given up soon where nothing ever answered', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const told: ToldWait[] = [];
    const attempts: Attempt[] = [];
    const { model } = await open(says('x'), {
      baseUrl: `http://127.0.0.1:${String(port)}/v1`,
      onWait: (wait) => told.push(wait),
    });
    const call = () => model.complete(ask(), never, undefined, (one) => attempts.push(one));
    await call();
    assert.deepEqual([told.map(({ kind }) => kind), attempts.length], [['unreached'], 3]);
    await call();
    assert.deepEqual(attempts.map(({ decision }) => decision).slice(2), ['givenUp', 'givenUp']);
    assert.equal(told.length, 1);
  });

  it('is tried as often as anything else once the endpoint has answered', () => {
    const fault = { kind: 'broken', reason: 'refused', waitMs: null, isUnreached: true } as const;
    const triesWhere = (wasReached: boolean | 'never'): number => {
      const tries = new Tries(usualRetry);
      let count = 1;
      while (tries.waitMsAfter(fault, wasReached) !== null) count += 1;
      return count;
    };
    assert.deepEqual([true, false, 'never' as const].map(triesWhere), [5, 3, 1]);
  });

  it('is told without codes that are none', () => {
    const inner = Object.assign(new Error('socket trouble'), { code: undefined });
    const error = Object.assign(new Error('fetch failed', { cause: inner }), { code: undefined });
    assert.equal(faultOfConnection(error).fault.reason, 'socket trouble');
  });
});
