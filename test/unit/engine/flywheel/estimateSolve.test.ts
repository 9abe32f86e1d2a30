import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { feedbackKinds, strategies } from '../../../../src/engine/domain/trajectory';
import { openWorkbench } from '../../../../src/engine/flywheel/openWorkbench';
import { chatDefaults } from '../../../../src/engine/flywheel/solverFor';
import { solveTasks } from '../../../../src/engine/flywheel/solveTasks';
import { Journal } from '../../../../src/engine/journal/journal';
import { loadTokenCounter } from '../../../../src/engine/models/tokens';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';
import { asks, block, FakeChatModel } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;

describe('the estimate of a run', () => {
  const folder = temporaryFolder();
  const whole = aTask({ prompt: 'Write double(x).' });
  const untested = aTask({
    ...{ id: 'half', prompt: 'Write half(x).' },
    tests: whole.tests.filter(({ role }) => role === 'hidden'),
  });

  const workbench = (models = {}) =>
    openWorkbench({
      ...{ journalFile: folder.file('journal.db'), assetsFolder, version: '0' },
      ...{ samplesFolder: folder.path, models },
    });

  for (const strategy of strategies) {
    for (const feedback of strategy === 'chain' ? feedbackKinds : (['explain'] as const)) {
      it(`is never passed by the worst of models: ${strategy}, ${feedback}`, async () => {
        const tasksFile = folder.file('x.tasks.jsonl');
        const tasks = [whole, untested];
        writeFileSync(tasksFile, tasks.map((task) => JSON.stringify(task)).join('\n'));
        const engine = await workbench();
        const asked = { tasksFile, solver: 'chat', model: 'm', strategy, feedback } as const;
        const { atMost } = await engine.estimate(asked, never);
        await engine.close();

        const counter = loadTokenCounter(assetsFolder);
        let programs = 0;
        const model = new FakeChatModel((request) => {
          const ask = asks(request);
          const long = 'word '.repeat(3000);
          if (ask === 'explanation') return `${long}\nConclusion: wrong`;
          if (ask === 'tests') return long;
          programs += 1;
          if (programs % 2 === 1) return long;
          return `Lesson: ${long}\n${block(`${saying('v1', String(programs))}\n# ${long}`)}`;
        });
        const journal = Journal.open(folder.file('loop.db'));
        const named = { id: 'r', kind: 'solve', title: 't', solver: 'chat@1', settings: {} };
        const run = journal.drive(named);
        const settings = { seed: 1, temperature: null, samples: 1, maxReplyTokens: 4096 };
        await solveTasks({
          ...{ tasks, concurrency: 1, journal: run, signal: never, judge: new CommentJudge() },
          solver: new ChatSolver({ model, syntax: await loadSyntax(assetsFolder), settings }),
          settings: {
            maxTurns: chatDefaults.turns,
            maxCandidates: 100,
            debugging: { feedback, strategy, breadth: chatDefaults.breadth, seed: 1 },
          },
          onChange: () => undefined,
        });
        run.release('finished');
        journal.close();
        // A call for several replies may come to as many calls.
        const calls = model.requests.map(({ choices = 1 }) => choices);
        const tokens = model.requests.map(
          ({ messages, choices = 1, maxTokens }) =>
            choices * (counter.prompt(messages) + maxTokens),
        );
        const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
        assert.ok(calls.length > 4, 'it took turns');
        assert.ok(sum(calls) <= atMost.calls, `${sum(calls)} calls, ${atMost.calls} told`);
        assert.ok(sum(tokens) <= atMost.tokens, `${sum(tokens)} tokens, ${atMost.tokens} told`);
      });
    }
  }

  it('goes by the price that a person gave', async () => {
    const tasksFile = folder.file('x.tasks.jsonl');
    const pricesFile = folder.file('prices.json');
    writeFileSync(tasksFile, JSON.stringify(whole));
    const row = { provider: 'openai', model: 'own', input: 1, output: 2, asOf: '2026-01-01' };
    writeFileSync(pricesFile, JSON.stringify({ format: 1, prices: [row] }));
    const engine = await workbench({ pricesFile });
    const { atMost } = await engine.estimate({ tasksFile, solver: 'chat', model: 'own' }, never);
    assert.ok((atMost.usd ?? 0) > 0);
    await engine.close();
  });
});
