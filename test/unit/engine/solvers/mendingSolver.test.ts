import assert from 'node:assert/strict';
import { selfDebug } from '../../../../src/engine/debugging/selfDebug';
import { MendingSolver, plainReason } from '../../../../src/engine/solvers/mendingSolver';
import { aProblem } from '../../../support/builders';
import { FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { MemoryEffects } from '../../../support/effects';

const [failed, right] = [saying('v1', 'failed'), saying('v1 v2 v3', 'right')];

describe('repairing trajectories that failed', () => {
  const mended = async (reply: string, how: { right?: string } = {}) => {
    const problem = aProblem();
    const model = new FakeChatModel(() => reply);
    const mendings = new Map([[problem.hash, { failed, right: how.right ?? right }]]);
    const trajectory = await selfDebug({
      ...{ problem, sample: 0, judge: new CommentJudge(), effects: new MemoryEffects() },
      solver: new MendingSolver({ mendings, model, seed: 1 }),
      settings: {
        ...{ maxTurns: 2, maxCandidates: 10 },
        debugging: { feedback: 'test', strategy: 'chain', breadth: 1, seed: 1 },
      },
      signal: new AbortController().signal,
    });
    return { trajectory, model };
  };

  it('puts a right program behind the failed one, with the reason given afterwards', async () => {
    const { trajectory, model } = await mended('It adds one where it should double.');
    assert.deepEqual(
      trajectory.turns.map(({ candidate }) => candidate.program),
      [failed, right],
    );
    assert.equal(trajectory.solvedVisible, true);
    const told = trajectory.turns[1]?.candidate.told;
    assert.deepEqual(
      [told?.about, told?.feedback?.explanation],
      [1, 'It adds one where it should double.'],
    );
    assert.equal(model.requests.length, 1);
    assert.ok(
      model.sent.includes(JSON.stringify(right).slice(1, -1)),
      'it was shown for the reason',
    );
    assert.ok(!JSON.stringify(told).includes(right), 'and is not in what is kept of it');
  });

  it('keeps no reason that speaks of what was shown, and goes without', async () => {
    for (const reply of [
      'The second program doubles.',
      'Compared with the right version it adds.',
      '```python\nx\n```',
      '',
    ]) {
      assert.equal(plainReason(reply), '', reply);
    }
    const { trajectory } = await mended('The corrected program doubles.');
    assert.equal(trajectory.turns[1]?.candidate.told?.feedback?.explanation, undefined);
    assert.equal(trajectory.solvedVisible, true);
  });

  it('is judged as any other: a program that is not right solves nothing', async () => {
    const { trajectory } = await mended('It adds.', { right: saying('v1 v2', 'other') });
    assert.equal(trajectory.solvedVisible, false);
  });
});
