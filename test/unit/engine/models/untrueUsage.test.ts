import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatReply } from '../../../../src/engine/domain/chat';
import type { BudgetOptions } from '../../../../src/engine/models/budgets';
import { type Behaviour, fails, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

describe('what an endpoint tells of usage', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);
  const bounded = (perRun: BudgetOptions['perRun']) => ({
    budget: { stateFolder: folder.path, run: 'r', perRun: perRun ?? {} },
    rateLimits: { concurrency: 64 },
  });
  const priced = (input: number, output: number): string => {
    const file = folder.file('prices.json');
    const row = { provider: 'compatible', model: '*', input, output, asOf: '2026-01-01' };
    writeFileSync(file, JSON.stringify({ format: 1, prices: [row] }));
    return file;
  };
  type Completing = {
    complete: (request: ReturnType<typeof ask>, signal: AbortSignal) => Promise<ChatReply>;
  };
  const many = async (model: Completing, calls = 64): Promise<readonly ChatReply[]> =>
    await Promise.all(Array.from({ length: calls }, () => model.complete(ask(), never)));
  const countOf = (replies: readonly ChatReply[], kind: ChatReply['kind']): number =>
    replies.filter((reply) => reply.kind === kind).length;

  it('beyond the bound on a reply never lets parallel calls pass a budget in dollars', async () => {
    const usage = { prompt_tokens: 300, completion_tokens: 30_000 };
    const { model, server, budgets } = await open(says({ usage, delayMs: 5 }), {
      ...bounded({ maxUsd: 1 }),
      pricesFile: priced(2, 15),
    });
    const replies = await many(model);
    // Each costs $0.4506: two fit.
    assert.deepEqual([countOf(replies, 'replied'), countOf(replies, 'budget')], [2, 62]);
    assert.equal(server.chats.length, 2);
    assert.ok((budgets.spentByRun().usd ?? 2) <= 1);
  });

  it('beyond the count of a prompt never lets parallel calls pass a budget in tokens', async () => {
    const usage = { prompt_tokens: 20_000, completion_tokens: 5 };
    const { model, budgets } = await open(
      says({ usage, delayMs: 5 }),
      bounded({ maxTokens: 100_000 }),
    );
    const replies = await many(model);
    const { tokens } = budgets.spentByRun();
    assert.ok(tokens <= 100_000 && tokens > 70_000, String(tokens));
    assert.equal(countOf(replies, 'replied') + countOf(replies, 'budget'), 64);
  });

  it('a price above the known one never lets parallel calls pass a budget', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, cost: 0.4 };
    const { model, server, budgets } = await open(says({ usage, delayMs: 5 }), {
      ...bounded({ maxUsd: 1 }),
      pricesFile: priced(1, 1),
    });
    await many(model);
    assert.ok((budgets.spentByRun().usd ?? 2) <= 1);
    assert.ok(server.chats.length >= 1 && server.chats.length <= 2);
  });

  it('one call that alone takes more than a budget ends it: no other is sent', async () => {
    const usage = { prompt_tokens: 300, completion_tokens: 30_000 };
    const { model, server, budgets } = await open(says({ usage }), bounded({ maxTokens: 1_000 }));
    const replies = await many(model);
    assert.deepEqual([countOf(replies, 'budget'), server.chats.length], [63, 1]);
    assert.equal(budgets.spentByRun().tokens, 30_300);
  });

  it('is waited for by one call alone, and then many are in flight', async () => {
    let mostWithFirst = 0;
    let open_ = 0;
    let isFirstOver = false;
    const behaviour: Behaviour = async (request, reply) => {
      open_++;
      if (!isFirstOver) mostWithFirst = Math.max(mostWithFirst, open_);
      await sleep(30);
      if (request.number === 1) isFirstOver = true;
      open_--;
      // The first teaches nothing, so the second goes alone too.
      await (request.number === 0 ? fails(429) : says('x'))(request, reply);
    };
    const { model, server } = await open(behaviour, bounded({ maxTokens: 1_000_000 }));
    assert.equal(countOf(await many(model, 32), 'replied'), 32);
    assert.equal(mostWithFirst, 1);
    assert.ok(server.mostOpen > 1, String(server.mostOpen));
  });

  it('is not waited for without a bound in tokens or money', async () => {
    const { model, server } = await open(says({ delayMs: 40 }), bounded({ maxCalls: 100 }));
    await many(model, 8);
    assert.ok(server.mostOpen > 1);
  });

  it('a call that waits for the first of them ends when it is cancelled', async () => {
    const { model, server } = await open(() => undefined, bounded({ maxTokens: 1_000_000 }));
    const first = new AbortController();
    const second = new AbortController();
    const probe = model.complete(ask(), first.signal);
    const waiting = model.complete(ask(), second.signal);
    second.abort();
    assert.deepEqual(await waiting, { kind: 'cancelled' });
    first.abort();
    assert.deepEqual(await probe, { kind: 'cancelled' });
    assert.ok(server.chats.length <= 1);
  });

  it('is not believed where it is far below what came', async () => {
    const text = 'def double(x):\n    return x * 2\n'.repeat(200);
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    const { model, budgets } = await open(says({ texts: [text], usage }));
    const asked = { ...ask('Write all of these functions. '.repeat(40)), maxTokens: 4000 };
    const reply = await model.complete(asked, never);
    assert.ok(reply.kind === 'replied' && reply.usage.estimated);
    const { promptTokens, completionTokens } = reply.usage;
    assert.ok(completionTokens > 1500 && completionTokens < 4000, String(completionTokens));
    assert.ok(promptTokens > 150 && promptTokens < 400, String(promptTokens));
    assert.equal(budgets.spentByRun().tokens, promptTokens + completionTokens);
  });

  it('is believed where another tokenizer makes somewhat fewer of it', async () => {
    const usage = { prompt_tokens: 8, completion_tokens: 14 };
    const { model } = await open(says({ texts: ['one two three four five '.repeat(4)], usage }));
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'replied');
    assert.deepEqual(reply.usage, { promptTokens: 8, completionTokens: 14, estimated: false });
  });

  it('is believed for long runs of one character, of which tokenizers make few', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 40 };
    const { model } = await open(says({ texts: [`# ${'='.repeat(2_000)}\nx`], usage }));
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'replied' && !reply.usage.estimated);
  });

  it('a cost of nothing is not believed where the price is known', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 50, cost: 0 };
    const { model } = await open(says({ usage }), { pricesFile: priced(1, 10) });
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'replied' && Math.abs((reply.costUsd ?? 0) - 0.0006) < 1e-9);
  });
});
