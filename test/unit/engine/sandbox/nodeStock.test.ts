import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NodeStock } from '../../../../src/engine/sandbox/node/nodeStock';

/** Like a process: for a moment after it was killed it looks as if it were still there. */
class Item {
  readonly ready = Promise.resolve();
  readonly gone = new Promise<void>(() => undefined);
  readonly isUsable = true;
  wasKilled = false;

  constructor(readonly kind: string) {}

  kill(): void {
    this.wasKilled = true;
  }
}

describe('a stock of processes', () => {
  it('lends none that was killed, whatever kinds are asked for in turn', async () => {
    const stock = new NodeStock<string, Item>(
      2,
      (a, b) => a === b,
      (kind) => new Item(kind),
    );
    const never = new AbortController().signal;
    for (const kind of ['apart', 'apart', 'together', 'apart', 'together', 'together', 'apart']) {
      const state = await stock.lend(
        kind,
        (item) => Promise.resolve([item.kind, item.wasKilled]),
        never,
      );
      assert.deepEqual(state, [kind, false]);
      for (let turn = 0; turn < 3; turn++) await nextTurn();
    }
  });

  it('lends one started for it alone where what stood ready may be broken too', async () => {
    const started: Item[] = [];
    const stock = new NodeStock<string, Item>(
      2,
      (a, b) => a === b,
      (kind) => {
        const item = new Item(kind);
        started.push(item);
        return item;
      },
    );
    const never = new AbortController().signal;
    const lend = (fresh: boolean): Promise<Item | 'cancelled'> =>
      stock.lend('apart', (item) => Promise.resolve(item), never, fresh);
    await lend(false);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    const ahead = [...started];
    assert.ok(ahead.length > 1, 'some stand ready');
    assert.ok(!ahead.includes((await lend(true)) as Item));
    assert.ok(ahead.includes((await lend(false)) as Item));
    await Promise.race([stock.close(), nextTurn()]);
  });
});
