import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ToldWait } from '../../../../src/engine/domain/chat';
import { fails, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('why a model is not called on', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);

  it('tells the seconds of a wait that is too long to be waited for', async () => {
    for (const status of [429, 503, 500]) {
      const { model, server } = await open(fails(status, {}, { 'retry-after': '3600' }));
      const reply = await model.complete(ask(), never);
      assert.ok(reply.kind === 'unavailable', JSON.stringify(reply));
      assert.match(reply.reason, /asks to wait 3600 s/);
      assert.equal(server.chats.length, 1);
    }
  });

  it('tells a wait for an endpoint at its limit, once for all calls, and no short one', async () => {
    const told: ToldWait[] = [];
    const onWait = (wait: ToldWait): void => {
      told.push(wait);
    };
    const controller = new AbortController();
    const { model } = await open(fails(429, {}, { 'retry-after': '30' }), { onWait });
    const began = Date.now();
    const calls = Array.from({ length: 4 }, () => model.complete(ask(), controller.signal));
    while (told.length === 0) await sleep(5);
    await sleep(100);
    controller.abort();
    await Promise.all(calls);
    assert.equal(told.length, 1);
    const [wait] = told;
    assert.ok(wait && Math.abs((wait.until ?? 0) - began - 30_000) < 3_000, JSON.stringify(wait));
    assert.match(wait.reason, /status 429/);
    const short = await open([fails(429), says('x')], { onWait });
    assert.equal((await short.model.complete(ask(), never)).kind, 'replied');
    assert.equal(told.length, 1);
  });

  it('tells that the first answer is waited for, once', async () => {
    const told: ToldWait[] = [];
    const { model } = await open(says({ delayMs: 1_800 }), { onWait: (wait) => told.push(wait) });
    await model.complete(ask(), never);
    await model.complete(ask(), never);
    assert.deepEqual(
      told.map(({ kind, waitMs }) => [kind, waitMs]),
      [['first', null]],
    );
  });

  it('tells a bound in time that ends a call: which one, and how much it is', async () => {
    const { model } = await open(says({ delayMs: 5_000 }), {
      budget: { run: 'r', perRun: { maxWallMs: 90 } },
    });
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'budget', JSON.stringify(reply));
    assert.match(reply.reason, /bound of the run: 0\.0015 minutes of work/);
  });

  it('tells a bound in time in minutes', async () => {
    const { model } = await open(says({ delayMs: 200 }), {
      budget: { run: 'r', perRun: { maxWallMs: 90 } },
    });
    await model.complete(ask(), never);
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'budget', JSON.stringify(reply));
    assert.match(reply.reason, /0\.0015 minutes of work/);
  });
});
