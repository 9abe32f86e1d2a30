import assert from 'node:assert/strict';
import { selfDebug } from '../../../../src/engine/debugging/selfDebug';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aProblem } from '../../../support/builders';
import { block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { MemoryEffects } from '../../../support/effects';

describe('a request that is longer than the model reads', () => {
  const loop = async (model: FakeChatModel, effects: MemoryEffects) =>
    selfDebug({
      ...{ problem: aProblem(), sample: 0, judge: new CommentJudge(), effects },
      solver: new ChatSolver({
        model,
        syntax: await loadSyntax(assetsFolder),
        settings: { seed: 1, temperature: null, samples: 1, maxReplyTokens: 1000 },
      }),
      settings: {
        ...{ maxTurns: 4, maxCandidates: 100 },
        debugging: { feedback: 'explain', strategy: 'chain', breadth: 4, seed: 1 },
      },
      signal: new AbortController().signal,
    });

  for (const [told, contextTokens, asked] of [
    ['told', 1400, [1000, 700, 350]],
    ['not told', null, [1000, 500]],
  ] as const) {
    it(`is asked with less where the length is ${told}, and replayed so`, async () => {
      const model = new FakeChatModel((request) =>
        request.maxTokens > 600
          ? { kind: 'refused', reason: 'too long', tooLong: { contextTokens } }
          : block(saying('v1 v2 v3')),
      );
      const effects = new MemoryEffects();
      assert.equal((await loop(model, effects)).stop, 'solved');
      assert.deepEqual(
        model.requests.map(({ maxTokens }) => maxTokens),
        asked,
      );
      const silent = new FakeChatModel(() => ({ kind: 'cancelled' }));
      assert.equal((await loop(silent, effects)).stop, 'solved');
      assert.equal(silent.requests.length, 0);
    });
  }

  it('ends its own trajectory where nothing shorter is left', async () => {
    const deaf = new FakeChatModel(() => ({
      ...{ kind: 'refused', reason: 'too long', tooLong: { contextTokens: null } },
    }));
    assert.equal((await loop(deaf, new MemoryEffects())).stop, 'modelRefused');
    assert.ok(deaf.requests.length <= 8, String(deaf.requests.length));
  });
});
