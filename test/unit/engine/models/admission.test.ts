import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Admission, type CallEnd, type Permit } from '../../../../src/engine/models/admission';
import { type Behaviour, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

const answered: CallEnd = { kind: 'answered' };
const busy: CallEnd = { kind: 'busy', waitMs: 0 };

describe('admission to an endpoint', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);
  const enter = async (admission: Admission, count: number): Promise<Permit[]> => {
    const permits = await Promise.all(
      Array.from({ length: count }, () => admission.enter(1, never)),
    );
    return permits.flatMap((permit) => (permit ? [permit] : []));
  };

  it('widens while all goes well, and halves once for all calls that met a busy endpoint together', async () => {
    const admission = new Admission({ start: 4, most: 64 });
    for (const permit of await enter(admission, 4)) permit.leave(answered);
    assert.equal(admission.width, 8);
    const together = await enter(admission, 8);
    await sleep(2);
    for (const permit of together) permit.leave(busy);
    assert.equal(admission.width, 4);
    await sleep(2);
    for (const permit of await enter(admission, 4)) permit.leave(answered);
    assert.equal(admission.width, 4);
    for (const permit of await enter(admission, 4)) permit.leave(answered);
    assert.equal(admission.width, 5);
  });

  it('begins with few calls at a server of this machine, and widens', async () => {
    const { model, server } = await open(says({ delayMs: 20 }));
    const calls = (count: number) =>
      Promise.all(Array.from({ length: count }, () => model.complete(ask(), never)));
    await calls(4);
    assert.ok(server.mostOpen <= 4, String(server.mostOpen));
    await calls(40);
    assert.ok(server.mostOpen > 4, String(server.mostOpen));
  });

  it('never lets more in than its width, never below one, and lets everyone in at last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.constantFrom<CallEnd>(answered, busy, { kind: 'other' }), { maxLength: 60 }),
        async (start, ends) => {
          const admission = new Admission({ start, most: 16 });
          let inFlight = 0;
          await Promise.all(
            ends.map(async (how) => {
              const permit = await admission.enter(1, never);
              inFlight++;
              assert.ok(inFlight <= 16 && admission.width >= 1);
              await new Promise((resolve) => setImmediate(resolve));
              inFlight--;
              permit?.leave(how);
              permit?.leave(how);
            }),
          );
          assert.equal(inFlight, 0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets go of those who wait and are cancelled, and keeps the order of the others', async () => {
    const admission = new Admission({ start: 1, most: 1 });
    const [first] = await enter(admission, 1);
    const controller = new AbortController();
    const gone = admission.enter(1, controller.signal);
    const order: string[] = [];
    const others = ['a', 'b'].map(async (name) => {
      const permit = await admission.enter(1, never);
      order.push(name);
      permit?.leave(answered);
    });
    controller.abort();
    assert.equal(await gone, null);
    first?.leave(answered);
    await Promise.all(others);
    assert.deepEqual(order, ['a', 'b']);
  });

  it('keeps to rates a minute, with a small burst', async () => {
    let now = 0;
    const admission = new Admission(
      { start: 100, most: 100 },
      { requestsPerMinute: 60 },
      () => now,
    );
    let entered = 0;
    const all = Array.from({ length: 8 }, async () => {
      const permit = await admission.enter(1, never);
      entered++;
      return permit;
    });
    await sleep(1);
    assert.equal(entered, 5);
    now += 60_000;
    await Promise.all(all);
    assert.equal(entered, 8);
  });

  it('finds the limit of an endpoint by itself, and every call is answered', async function () {
    this.timeout(60_000);
    let atWork = 0;
    const limited: Behaviour = async (request, reply) => {
      if (atWork >= 3) return reply.json(429, {}, { 'retry-after-ms': '20' });
      atWork++;
      await sleep(5);
      await says('good')(request, reply);
      atWork--;
    };
    const { model, server } = await open(limited, {
      retry: { firstWaitMs: 10, mostWaitMs: 100, triesWhenBusy: 200 },
    });
    const replies = await Promise.all(
      Array.from({ length: 120 }, () => model.complete(ask(), never)),
    );
    assert.ok(replies.every(({ kind }) => kind === 'replied'));
    assert.ok(server.chats.length < 120 * 6, String(server.chats.length));
  });
});
