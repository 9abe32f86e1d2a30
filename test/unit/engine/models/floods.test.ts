import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BudgetOptions } from '../../../../src/engine/models/budgets';
import { type Behaviour, says } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

const text = 'one two three four five six seven eight nine ten ';
const maxTokens = 100;
const inFlight = 20;

describe('an endpoint that sends past max_tokens', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);

  /** Honest at first, then without end, several tokens a piece and as fast as it is read. */
  const floods = (deltaOf: (piece: string) => unknown, honestCalls: number): Behaviour => {
    return async (request, reply) => {
      if (request.number < honestCalls) return says('x')(request, reply);
      reply.startEvents();
      // All are in flight before any of them ends.
      await sleep(150);
      for (let piece = 0; piece < 3_000 && !reply.isGone; piece++) {
        await reply.delta(deltaOf(text));
        if (piece % 8 === 0) await sleep(1);
      }
      await reply.delta({}, 0, 'stop');
      reply.end();
    };
  };
  const kinds: Readonly<Record<string, (piece: string) => unknown>> = {
    text: (content) => ({ content }),
    thoughts: (reasoning_content) => ({ reasoning_content }),
    'tool calls': (piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] }),
  };
  const prices = (): string => {
    const file = folder.file('prices.json');
    const row = { provider: 'compatible', model: '*', input: 1, output: 1000, asOf: '2026-01-01' };
    writeFileSync(file, JSON.stringify({ format: 1, prices: [row] }));
    return file;
  };
  const spentBy = async (perRun: BudgetOptions['perRun'], deltaOf: (piece: string) => unknown) => {
    const { model, budgets, server } = await open(floods(deltaOf, 2), {
      budget: { stateFolder: folder.path, run: 'r', perRun: perRun ?? {} },
      rateLimits: { concurrency: inFlight },
      pricesFile: prices(),
    });
    for (let honest = 0; honest < 2; honest++) await model.complete(ask(), never);
    const calls = Array.from({ length: 3 * inFlight }, () => model.complete(ask(), never));
    const replies = await Promise.all(calls);
    assert.ok(replies.every(({ kind }) => kind === 'budget' || kind === 'refused'));
    assert.ok(replies.some(({ kind }) => kind === 'budget'));
    assert.ok(server.mostOpen > 1, String(server.mostOpen));
    return budgets.spentByRun();
  };

  for (const [kind, deltaOf] of Object.entries(kinds)) {
    it(`in ${kind} passes a bound in tokens by no more than one call`, async () => {
      const bound = 2_500;
      const { tokens } = await spentBy({ maxTokens: bound }, deltaOf);
      assert.ok(tokens > bound / 2 && tokens <= bound + 1.1 * maxTokens, String(tokens));
    });
  }

  it('passes a bound in dollars by no more than one call', async () => {
    const { usd } = await spentBy({ maxUsd: 2.3 }, (content) => ({ content }));
    assert.ok(usd !== null && usd > 1.1 && usd <= 2.3 + 0.11, String(usd));
  });

  it('is cut at once without a budget, and is no reply', async () => {
    const { model, budgets, server } = await open(floods((content) => ({ content }), 0));
    const reply = await model.complete(ask(), never);
    assert.deepEqual([reply.kind, server.chats.length], ['refused', 2]);
    // By the worst of tokenizers it may have been honest up to twice the count.
    assert.ok(budgets.spentByRun().tokens < 2 * (2.5 * maxTokens), 'cut late');
  });

  it('by our count alone is let through: other tokenizers make fewer of a text', async () => {
    const long = text.repeat(15);
    const usage = { prompt_tokens: 10, completion_tokens: 100 };
    const { model, server } = await open(says({ texts: [long], finish: 'length', usage }), {
      budget: { stateFolder: folder.path, run: 'r', perRun: { maxTokens: 1_000 } },
    });
    const reply = await model.complete(ask(), never);
    assert.ok(reply.kind === 'replied', reply.kind);
    assert.deepEqual([reply.choices[0]?.text, server.chats.length], [long, 1]);
  });
});
