import { strict as assert } from 'node:assert';
import type { RunSummary } from '../../src/engine/domain/view';
import { until } from '../support/vscodeUntil';
import { PersonsWindow } from './window';

const demoDeadlineMs = 150_000;

describe('a person with the packed extension', function () {
  let window: PersonsWindow;

  before(async () => {
    window = await PersonsWindow.open();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    console.log(`  Screenshot and logs: ${await window.keep(this.currentTest.title)}`);
  });

  // There is none where the window could not be opened.
  after(() => (window as PersonsWindow | undefined)?.close());

  it('opens the Flywheel view and runs the demo from the palette', async () => {
    await window.page.getByRole('tab', { name: 'Flywheel' }).first().click();
    await window.command('Flywheel: Run Demo');
    const first = await until(
      'the panel shows a solved task',
      async () => (await shown(window)).solved || undefined,
      demoDeadlineMs,
    );
    await until('it counts up', async () => (await shown(window)).solved > first, 60_000);
  });

  it('finds the run again after reloading the window in the midst of it', async () => {
    const before = await shown(window);
    assert.equal(before.state, 'running', 'the demo is not done yet');
    await window.page.getByRole('tab', { name: 'Explorer' }).first().click();
    await window.reload();
    // No view of ours is open, so the extension has to have seen the journal by itself.
    for (const title of ['Show Changes of a Turn', 'Export Dataset…']) {
      await window.offers(`Flywheel: ${title}`);
    }
    await window.command('Flywheel: Show Iterations');
    await until('the panel shows at least what it showed', async () => {
      const { solved, tasks } = await shown(window);
      return solved >= before.solved && tasks === before.tasks;
    });
  });

  it('goes on with it to the end', async () => {
    // The window that drove it is gone: the panel has to find that out by itself.
    const stopped = await until(
      'the panel shows that nobody drives the run any more',
      async () => found(await shown(window), ({ state }) => /interrupted|finished/.test(state)),
      demoDeadlineMs,
    );
    if (stopped.state === 'interrupted') await window.command('Flywheel: Resume Run');
    const panel = await until(
      'the panel shows the run as finished',
      async () => found(await shown(window), ({ state }) => state === 'finished'),
      demoDeadlineMs,
    );
    const recorded = await run(window);
    assert.deepEqual(panel, {
      state: recorded.state,
      solved: recorded.solvedVisible.count,
      tasks: recorded.tasks,
      hidden: recorded.passedHidden.count,
    });
  });

  it('tells the story of a task that took several turns', async () => {
    await window.showWidePanel();
    const panel = await window.panel();
    await panel
      .getByRole('row', { name: /solved in [2-9]/ })
      .first()
      .click();
    const story = panel.getByRole('region', { name: 'Story' });
    await story.getByRole('heading', { name: /^Turn 1\b/ }).waitFor();
    assert.match(await story.innerText(), /hidden tests/);
    await window.screenshot('panel');
  });
});

interface Shown {
  readonly state: string;
  readonly solved: number;
  readonly tasks: number;
  /** Tasks whose answer passes hidden tests. */
  readonly hidden: number;
}

/** A run as a person reads it in the panel; zeros for what the panel does not say. */
async function shown(window: PersonsWindow): Promise<Shown> {
  const text = await window.panelText();
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
  return {
    state: /\b(running|interrupted|finished|cancelled|failed)\b/.exec(text)?.[1] ?? '',
    solved: number(/(\d+)\s*\/\s*\d+ solved/),
    tasks: number(/\/\s*(\d+) solved/),
    hidden: number(/(\d+) of \d+ pass/),
  };
}

/** The only run of the workspace, as the command line tells it. */
async function run(window: PersonsWindow): Promise<RunSummary> {
  const { runs } = (await window.flywheel('runs')) as { runs: RunSummary[] };
  const [only] = runs;
  assert.ok(only !== undefined && runs.length === 1, `${runs.length} runs`);
  return only;
}

function found<Value>(value: Value, isIt: (value: Value) => boolean): Value | undefined {
  return isIt(value) ? value : undefined;
}
