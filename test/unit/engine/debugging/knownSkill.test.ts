import assert from 'node:assert/strict';
import { selfDebug } from '../../../../src/engine/debugging/selfDebug';
import { randomOf } from '../../../../src/engine/domain/random';
import type { Observation } from '../../../../src/engine/domain/ports';
import type { FeedbackKind } from '../../../../src/engine/domain/trajectory';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { clopperPearson } from '../../../../src/engine/statistics/clopperPearson';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aProblem } from '../../../support/builders';
import { block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { MemoryEffects } from '../../../support/effects';

const trajectories = 400;
/** So wide that all six intervals together fail a right loop once in ten thousand seeds. */
const confidence = 1 - 1e-4 / 6;

/** Right on the first try, after a failing test, after a trace: what the model is made to be. */
const skill = { first: 0.4, test: 0.3, trace: 0.6 };

describe('the loop with a model of known skill', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  const measure = async (feedback: FeedbackKind) => {
    const events = [{ line: 1, function: null, changed: { x: '1' } }];
    const trace: Observation = { kind: 'trace', tests: { v1: { events, omitted: 0 } } };
    const judge = new CommentJudge(trace);
    const settings = { seed: 3, temperature: 1, samples: trajectories, maxReplyTokens: 1000 };
    const attempted = [0, 0, 0];
    const solvedAt = [0, 0, 0];
    for (let sample = 0; sample < trajectories; sample++) {
      const random = randomOf(7, `${feedback}/${String(sample)}`);
      const model = new FakeChatModel(({ messages }) => {
        const last = messages.at(-1)?.content ?? '';
        const isTold = last.includes('The program above is not right');
        const right = !isTold
          ? skill.first
          : last.includes('Its execution')
            ? skill.trace
            : skill.test;
        return block(random() < right ? saying('v1 v2 v3') : saying('', String(random())));
      });
      const { turns } = await selfDebug({
        problem: aProblem(),
        sample,
        solver: new ChatSolver({ model, syntax, settings }),
        judge,
        effects: new MemoryEffects(),
        settings: {
          maxTurns: 3,
          maxCandidates: 10,
          debugging: { feedback, strategy: 'chain', breadth: 1, seed: 1 },
        },
        signal: new AbortController().signal,
      });
      for (const { number, verdict } of turns) {
        attempted[number - 1] = (attempted[number - 1] ?? 0) + 1;
        if (verdict.status === 'passed') solvedAt[number - 1] = (solvedAt[number - 1] ?? 0) + 1;
      }
    }
    return attempted.map((of, at) => ({ of, count: solvedAt[at] ?? 0 }));
  };

  for (const [feedback, later, other] of [
    ['test', skill.test, skill.trace],
    ['trace', skill.trace, skill.test],
  ] as const) {
    it(`measures by turn the skill that the model has with ${feedback} feedback`, async () => {
      const measured = await measure(feedback);
      assert.equal(measured[0]?.of, trajectories);
      measured.forEach(({ count, of }, at) => {
        const known = at === 0 ? skill.first : later;
        const [low, high] = clopperPearson(count, of, confidence) ?? [1, 0];
        const told = `turn ${String(at + 1)}: ${String(count)} of ${String(of)}, known ${String(known)}`;
        assert.ok(low <= known && known <= high, told);
        // Narrow enough that the skill with the other feedback could not pass for this one.
        if (at === 1) assert.ok(other < low || other > high, told);
      });
    });
  }
});
