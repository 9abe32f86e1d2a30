import assert from 'node:assert/strict';
import { selfDebug } from '../../../../src/engine/debugging/selfDebug';
import { problemOf } from '../../../../src/engine/domain/task';
import { feedbackKinds, strategies } from '../../../../src/engine/domain/trajectory';
import { scoreTrajectory } from '../../../../src/engine/evaluation/score';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aTask, aTest } from '../../../support/builders';
import { asks, block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { MemoryEffects } from '../../../support/effects';

const canary = 'CANARY';

describe('what is hidden', () => {
  for (const visible of [0, 1, 3]) {
    it(`is in no request of any strategy and feedback, with ${String(visible)} visible tests`, async () => {
      const syntax = await loadSyntax(assetsFolder);
      const shown = Array.from({ length: visible }, (_, at) =>
        aTest(`v${String(at)}`, 'visible', `assert double(${String(at)}) == ${String(2 * at)}`),
      );
      const task = {
        ...aTask({
          reference: `def double(x):\n    return x * 2  # ${canary}1\n`,
          tests: [...shown, aTest(`${canary}2`, 'hidden', `assert double(5) == '${canary}3'`)],
        }),
        source: { name: `${canary}4`, license: null, maker: `${canary}5`, parent: null },
        family: `${canary}6`,
        extra: { note: `${canary}7` },
      };
      let requests = 0;
      for (const strategy of strategies) {
        for (const feedback of feedbackKinds) {
          let call = 0;
          const model = new FakeChatModel((request) => {
            if (asks(request) === 'tests')
              return block('assert double(1) == 2\nassert double(2) == 4');
            if (asks(request) === 'explanation') return 'It is so. Conclusion: wrong';
            return block(saying('', String(call++)));
          });
          const settings = { seed: 1, temperature: null, samples: 1, maxReplyTokens: 1000 };
          const judge = new CommentJudge();
          const effects = new MemoryEffects();
          const { signal } = new AbortController();
          const trajectory = await selfDebug({
            problem: problemOf(task),
            sample: 0,
            solver: new ChatSolver({ model, syntax, settings }),
            judge,
            effects,
            settings: {
              maxTurns: 5,
              maxCandidates: 100,
              debugging: { strategy, feedback, breadth: 3, seed: 1 },
            },
            signal,
          });
          await scoreTrajectory({ task, trajectory, judge, effects, signal });
          requests += model.requests.length;
          assert.ok(!model.sent.includes(canary), `${strategy} ${feedback}`);
          const told = JSON.stringify(trajectory.turns.map(({ candidate }) => candidate));
          assert.ok(!told.includes(canary));
        }
      }
      assert.ok(requests > 100);
    });
  }
});
