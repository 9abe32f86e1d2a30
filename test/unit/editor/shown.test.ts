import assert from 'node:assert/strict';
import { shownProblem, shownRows, shownRun, shownStory } from '../../../src/editor/shown';
import { row, story, summary } from '../viewer/rows';

const hostile = 'a\u202e\u001b]0;t\u0007';
const shown = 'a‹U+202E›␛';

describe('what the panel is sent', () => {
  it('has its texts cleaned, and the names that it sends back as they were', () => {
    const run = shownRun({ ...summary('r'), id: hostile, title: hostile, message: hostile });
    assert.deepEqual([run.id, run.title, run.message], [hostile, shown, shown]);
    const [task] = shownRows([{ ...row('h'), hash: hostile, id: hostile, reason: hostile }]);
    assert.deepEqual([task?.hash, task?.id, task?.reason], [hostile, shown, shown]);
    const problem = shownProblem({ message: hostile, mend: hostile });
    assert.deepEqual(problem, { message: shown, mend: shown });
  });

  it('shows no program, output or message of a story as it is', () => {
    const failing = { id: hostile, outcome: 'failed', message: hostile, actual: hostile };
    const clean = shownStory({
      ...story('r', row('h')),
      prompt: hostile,
      starter: { program: 'sha', status: 'failed', passed: 0, of: 1, failing },
      turns: [
        {
          ...{ number: 1, status: 'failed', passed: 0, of: 1, screened: 1, program: 'sha' },
          ...{ difference: [{ kind: 'added', text: hostile }], fixed: [hostile], broke: [] },
          ...{ failing, output: hostile, isolation: 'separate', durationMs: 1 },
        },
      ],
    });
    assert.ok(!JSON.stringify(clean).includes('\u202e'));
    assert.equal(clean.turns[0]?.difference[0]?.text, shown);
    assert.equal(clean.turns[0]?.program, 'sha');
  });
});
