import assert from 'node:assert/strict';
import fc from 'fast-check';
import { concurrently } from '../../../../src/engine/domain/concurrently';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const never = new AbortController().signal;

describe('working concurrently', () => {
  it('answers in order and never works on more than the limit at a time', async () => {
    const delays = fc.array(fc.nat(4), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 5 }), async (items, limit) => {
        let running = 0;
        const results = await concurrently(items, limit, never, async (item, place) => {
          running++;
          assert.ok(running <= limit);
          await pause(item);
          running--;
          return place;
        });
        assert.deepEqual(results, [...items.keys()]);
      }),
      { numRuns: 30 },
    );
  });

  it('throws the first error only when all that was begun has ended, and begins no more', async () => {
    const ended: number[] = [];
    const work = concurrently([1, 2, 3, 4], 2, never, async (item) => {
      await pause(item === 1 ? 1 : 15);
      ended.push(item);
      if (item === 1) throw new Error('one');
    });
    await assert.rejects(work, /one/);
    assert.deepEqual(ended, [1, 2]);
  });

  it('throws on abort, also when all work had ended', async () => {
    const controller = new AbortController();
    const work = concurrently([1, 2, 3], 1, controller.signal, (item) => {
      if (item === 3) controller.abort();
      return Promise.resolve(item);
    });
    await assert.rejects(work, { name: 'AbortError' });
  });
});
