import { strict as assert } from 'node:assert';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { Account } from '../../../../src/engine/models/account';
import { type BudgetOptions, openBudgets, spentInRun } from '../../../../src/engine/models/budgets';
import { nothing } from '../../../../src/engine/models/spend';
import { SpendFile, type SpendState } from '../../../../src/engine/models/spendFile';
import { type Behaviour, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('budgets', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);
  const priced = (input: number, output: number): string => {
    const file = folder.file('prices.json');
    const row = { provider: 'compatible', model: '*', input, output, asOf: '2026-01-01' };
    writeFileSync(file, JSON.stringify({ format: 1, prices: [row] }));
    return file;
  };
  const budget = (perRun: BudgetOptions['perRun'], perDay: BudgetOptions['perDay'] = {}) => ({
    ...{ stateFolder: folder.path, run: 'r', perRun: perRun ?? {}, perDay: perDay ?? {} },
  });
  const tokens = (amount: number) => ({ ...nothing, tokens: amount, calls: 1 });

  it('parallel calls never pass them together, whatever calls turn out to use', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 500 }),
        fc.array(
          fc.record({
            need: fc.integer({ min: 1, max: 120 }),
            used: fc.double({ min: 0, max: 1, noNaN: true }),
          }),
          { maxLength: 25 },
        ),
        fc.integer(),
        async (limit, calls, run) => {
          const budgets = await openBudgets({
            ...{ stateFolder: folder.path, run: String(run), perRun: { maxTokens: limit } },
          });
          let inFlight = 0;
          let spent = 0;
          await Promise.all(
            calls.map(async ({ need, used }) => {
              const got = await budgets.reserve(() => tokens(need), never);
              if (got.kind !== 'reserved') return;
              inFlight += need;
              assert.ok(spent + inFlight <= limit);
              await new Promise((resolve) => setImmediate(resolve));
              inFlight -= need;
              spent += Math.floor(need * used);
              got.settle(tokens(Math.floor(need * used)));
            }),
          );
          budgets.close();
          assert.ok(spent <= limit);
          assert.equal(budgets.spentByRun().tokens >= spent, true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a call waits for calls in flight that hold what it needs, and is refused where it never fits', async () => {
    const budgets = await openBudgets(budget({ maxTokens: 100 }));
    const first = await budgets.reserve(() => tokens(80), never);
    assert.equal(first.kind, 'reserved');
    const second = budgets.reserve(() => tokens(50), never);
    if (first.kind === 'reserved') first.settle(tokens(10));
    assert.equal((await second).kind, 'reserved');
    const third = await budgets.reserve(() => tokens(91), never);
    assert.ok(third.kind === 'budget' && third.reason.includes('100 tokens'));
    budgets.close();
  });

  it('a call that waits is let go when it is cancelled', async () => {
    const budgets = await openBudgets(budget({ maxTokens: 100 }));
    await budgets.reserve(() => tokens(100), never);
    const first = new AbortController();
    const second = new AbortController();
    const waiting = budgets.reserve(() => tokens(10), first.signal);
    const behind = budgets.reserve(() => tokens(10), second.signal);
    second.abort();
    assert.deepEqual(await behind, { kind: 'cancelled' });
    first.abort();
    assert.deepEqual(await waiting, { kind: 'cancelled' });
    budgets.close();
  });

  it('are kept across restarts, by run and by day', async () => {
    for (const [run, used] of [
      ['a', 70],
      ['b', 20],
    ] as const) {
      const budgets = await openBudgets({ stateFolder: folder.path, run });
      const got = await budgets.reserve(() => tokens(used), never);
      if (got.kind === 'reserved') got.settle(tokens(used));
      budgets.close();
    }
    const again = await openBudgets({
      ...{
        stateFolder: folder.path,
        run: 'a',
        perRun: { maxTokens: 80 },
        perDay: { maxTokens: 95 },
      },
    });
    assert.deepEqual([again.spentByRun().tokens, again.spentToday().tokens], [70, 90]);
    const tooMuch = await again.reserve(() => tokens(6), never);
    assert.ok(tooMuch.kind === 'budget' && tooMuch.reason.includes('of the day'));
    assert.equal((await again.reserve(() => tokens(5), never)).kind, 'reserved');
    again.close();
  });

  it('a new day begins at nothing', async () => {
    let now = new Date(2026, 10, 20, 23, 59).getTime();
    const budgets = await openBudgets({
      ...{ stateFolder: folder.path, perDay: { maxCalls: 1 }, now: () => now },
    });
    const first = await budgets.reserve(() => tokens(1), never);
    if (first.kind === 'reserved') first.settle(tokens(1));
    assert.equal((await budgets.reserve(() => tokens(1), never)).kind, 'budget');
    now += 120_000;
    assert.equal((await budgets.reserve(() => tokens(1), never)).kind, 'reserved');
    budgets.close();
  });

  it('processes together never pass the budget of a day', async () => {
    const script = await spender();
    const children = Array.from({ length: 3 }, () => fork(script, [folder.path, '2000']));
    const told = await Promise.all(
      children.map(async (child) => Number(((await once(child, 'message')) as [string])[0])),
    );
    const total = told.reduce((sum, used) => sum + used, 0);
    assert.ok(
      told.every((used) => used > 0),
      told.join(),
    );
    assert.ok(total <= 2000 && total > 1900, String(total));
    const after = await openBudgets({ stateFolder: folder.path, perDay: { maxTokens: 2000 } });
    assert.equal(after.spentToday().tokens, total);
    after.close();
  });

  it('a process that must look again because another was quicker takes no more than is left', () => {
    const limits = { ...nothing, tokens: 100, calls: 9, nanoUsd: 9, wallMs: 9e9, unpricedCalls: 9 };
    const place = folder.file('spend');
    const quicker = new Account(new SpendFile(place), limits);
    class Contended extends SpendFile {
      override change(next: (state: SpendState) => SpendState): SpendState {
        next(this.read());
        assert.equal(quicker.reserve(tokens(60)).kind, 'reserved');
        return super.change(next);
      }
    }
    const slower = new Account(new Contended(place), limits);
    assert.equal(slower.reserve(tokens(60)).kind, 'wait');
  });

  it('what a killed process held counts as spent', async () => {
    const script = await spender();
    const child = fork(script, [folder.path, '1000', 'hold']);
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const after = await openBudgets({ stateFolder: folder.path, perDay: { maxTokens: 1000 } });
    assert.equal((await after.reserve(() => tokens(1000 - 399), never)).kind, 'budget');
    assert.equal((await after.reserve(() => tokens(500), never)).kind, 'reserved');
    after.close();
  });

  it('what a killed process had in flight is told as spent, with no bound too', async () => {
    const script = await spender();
    const child = fork(script, [folder.path, 'none', 'hold']);
    await once(child, 'message');
    assert.equal(spentInRun(folder.path, 'r')?.tokens, 0, 'it may end yet');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { tokens: told = 0, calls } = spentInRun(folder.path, 'r') ?? {};
    assert.ok(told >= 400 && told <= 500, String(told));
    assert.equal(calls, 1);
    const after = await openBudgets(budget({ maxTokens: told + 100 }));
    assert.equal(after.spentByRun().tokens, told);
    assert.equal((await after.reserve(() => tokens(101), never)).kind, 'budget');
    assert.equal((await after.reserve(() => tokens(100), never)).kind, 'reserved');
    after.close();
  });

  it('a torn file of a spend is passed over for the one before it', () => {
    const file = new SpendFile(folder.file('spend'));
    for (const calls of [1, 2])
      file.change((state) => ({ ...state, spent: { ...nothing, calls } }));
    writeFileSync(path.join(file.folder, '000000003.json'), '{"format": 1, "rec');
    assert.equal(file.read().spent.calls, 2);
    file.change((state) => ({ ...state, spent: { ...nothing, calls: state.spent.calls + 1 } }));
    assert.equal(file.read().spent.calls, 3);
  });

  it('a change that began before the first of many others is not lost', () => {
    const file = new SpendFile(folder.file('spend'));
    const more = (by: SpendFile): unknown =>
      by.change((state) => ({ ...state, spent: { ...nothing, calls: state.spent.calls + 1 } }));
    let isFirst = true;
    file.change((state) => {
      const others = new SpendFile(file.folder);
      for (let change = 0; isFirst && change < 200; change++) more(others);
      isFirst = false;
      return { ...state, spent: { ...nothing, calls: state.spent.calls + 1 } };
    });
    assert.equal(file.read().spent.calls, 201);
  });

  it('a change beside another that was as late is not lost', () => {
    const file = new SpendFile(folder.file('spend'));
    const others = new SpendFile(file.folder);
    const more = (by: SpendFile): unknown =>
      by.change((state) => ({ ...state, spent: { ...nothing, calls: state.spent.calls + 1 } }));
    for (let change = 0; change < 5; change++) more(others);
    const fifth = path.join(file.folder, '000000005.json');
    const late = readFileSync(fifth, 'utf8');
    let isFirst = true;
    file.change((state) => {
      for (let change = 0; isFirst && change < 100; change++) more(others);
      // What a process leaves that read the fourth state, and went on only now.
      if (isFirst) writeFileSync(fifth, late);
      isFirst = false;
      return { ...state, spent: { ...nothing, calls: state.spent.calls + 1 } };
    });
    assert.equal(file.read().spent.calls, 106);
  });

  it('keeps few files, however often a spend changes', () => {
    const file = new SpendFile(folder.file('spend'));
    for (let change = 0; change < 200; change++) {
      file.change((state) => ({ ...state, spent: { ...nothing, calls: state.spent.calls + 1 } }));
    }
    assert.equal(file.read().spent.calls, 200);
    assert.ok(readdirSync(file.folder).length <= 65);
  });

  describe('of a model', () => {
    it('in dollars need a price, told before anything is sent', async () => {
      await assert.rejects(
        open(says('x'), { budget: budget({ maxUsd: 1 }) }),
        /price of test-model is not known/,
      );
      await assert.rejects(open(says('x'), { budget: budget({}, { maxUsd: 1 }) }), /price/);
    });

    it('stop it before it could pass them, and not long before', async () => {
      const usage = { prompt_tokens: 20, completion_tokens: 100 };
      const { model, server, budgets } = await open(says({ usage }), {
        pricesFile: priced(1, 10),
        budget: budget({ maxUsd: 0.01 }),
      });
      const replies = await Promise.all(
        Array.from({ length: 40 }, () => model.complete(ask(), never)),
      );
      const replied = replies.filter(({ kind }) => kind === 'replied');
      const stopped = replies.filter(({ kind }) => kind === 'budget');
      assert.equal(replied.length + stopped.length, 40);
      const { usd } = budgets.spentByRun();
      assert.ok(usd !== null && usd <= 0.01 && usd > 0.008, String(usd));
      assert.equal(server.chats.length, replied.length);
      assert.ok(
        Math.abs((replied[0]?.kind === 'replied' ? (replied[0].costUsd ?? 0) : 0) - 0.00102) < 1e-9,
      );
    });

    it('hold for choices too, and for tokens, calls and time', async () => {
      const several = await open(says({ texts: ['a', 'b'] }), {
        budget: budget({ maxTokens: 150 }),
      });
      assert.equal((await several.model.complete({ ...ask(), choices: 2 }, never)).kind, 'budget');
      assert.equal(several.server.chats.length, 0);
      const calls = await open(says('x'), { budget: { ...budget({ maxCalls: 2 }), run: 'calls' } });
      const kinds = await Promise.all([1, 2, 3].map(() => calls.model.complete(ask(), never)));
      assert.deepEqual(kinds.map(({ kind }) => kind).sort(), ['budget', 'replied', 'replied']);
      const time = await open(() => undefined, {
        budget: { ...budget({ maxWallMs: 80 }), run: 'time' },
      });
      assert.equal((await time.model.complete(ask(), never)).kind, 'budget');
      assert.equal((await time.model.complete(ask(), never)).kind, 'budget');
      assert.equal(time.server.chats.length, 1);
    });

    it('count tries that may have cost something, and none that cannot have', async () => {
      const cut: Behaviour = async (_request, reply) => {
        reply.startEvents();
        await reply.delta({ content: 'one two three' });
        await new Promise((resolve) => setTimeout(resolve, 20));
        reply.drop();
      };
      const busy: Behaviour = (_request, reply) => reply.json(429, {});
      const { model, budgets } = await open([
        busy,
        cut,
        says({ usage: { prompt_tokens: 9, completion_tokens: 5 } }),
      ]);
      assert.equal((await model.complete(ask(), never)).kind, 'replied');
      const { tokens: used, calls } = budgets.spentByRun();
      assert.equal(calls, 3);
      assert.ok(used > 14 + 3 && used < 14 + 3 + 30, String(used));
    });

    it('take the price that a router tells of the call itself', async () => {
      const usage = { prompt_tokens: 9, completion_tokens: 5, cost: 0.00042 };
      const { model } = await open(says({ usage }), { pricesFile: priced(1, 1) });
      const reply = await model.complete(ask(), never);
      assert.equal(reply.kind === 'replied' && reply.costUsd, 0.00042);
    });

    it('unknown prices leave the money unknown, never zero', async () => {
      const { model, budgets } = await open(says('x'));
      await model.complete(ask(), never);
      assert.equal(budgets.spentByRun().usd, null);
      assert.equal(budgets.spentToday().usd, null);
    });
  });
});

/** The process of `test/support/spender.ts`, built. */
async function spender(): Promise<string> {
  const outfile = path.resolve('out/test/support/spender.js');
  const node = { bundle: true, platform: 'node', format: 'cjs', packages: 'external' } as const;
  await build({ ...node, entryPoints: ['test/support/spender.ts'], outfile });
  return outfile;
}
