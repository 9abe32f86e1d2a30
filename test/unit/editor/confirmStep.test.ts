import assert from 'node:assert/strict';
import type { FromEngine } from '../../../src/editor/engineCalls';
import { serveEngine } from '../../../src/editor/engineServer';
import type { RoundsResult, Workbench } from '../../../src/engine/flywheel/workbench';

const step = { round: 1, step: 'evolve', tasks: 3, candidates: 60 } as const;

describe('a step of a round that waits for the person', () => {
  it('is asked of the editor with the run that it belongs to, and goes by its answer', async () => {
    const answers: boolean[] = [];
    const rounds: Workbench['rounds'] = async ({ run }, confirm, _, signal) => {
      answers.push(await confirm(step, signal));
      return { run } as RoundsResult;
    };
    const posted: FromEngine[] = [];
    const take = serveEngine(
      async () => ({ rounds }) as Workbench,
      (message) => {
        posted.push(message);
        if (message.kind !== 'ask') return;
        void take({ kind: 'answer', id: message.id, value: posted.length === 1 });
      },
    );
    const options = { journalFile: '', assetsFolder: '', samplesFolder: '', version: '' };
    await take({ kind: 'open', options });
    const input = { goalFile: 'g.goals.json', rounds: 1, run: 'r' };
    await take({ kind: 'call', id: 1, call: 'rounds', input });
    await take({ kind: 'call', id: 2, call: 'rounds', input });
    assert.deepEqual(answers, [true, false]);
    const [asked] = posted;
    assert.ok(asked?.kind === 'ask' && asked.ask === 'confirmStep');
    assert.deepEqual(asked.input, { run: 'r', asked: step });
  });
});
