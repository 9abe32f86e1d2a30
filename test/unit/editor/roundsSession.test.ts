import assert from 'node:assert/strict';
import { UserError } from '../../../src/engine/domain/errors';
import type { RoundsStory } from '../../../src/engine/domain/roundsStory';
import { readFromRounds } from '../../../src/editor/roundsMessages';
import { RoundsSession } from '../../../src/editor/roundsSession';
import { RunStore } from '../../../src/editor/runStore';
import { StepQuestions } from '../../../src/editor/stepQuestions';
import type { ToRounds } from '../../../src/viewer/rounds/messages';
import { summary } from '../viewer/rows';

const never = new AbortController().signal;
const asked = { round: 1, step: 'evolve', tasks: 4, candidates: 80 } as const;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function roundsOf(step: 'measure' | 'solve', more: object = {}) {
  return summary('r', { kind: 'rounds', round: { number: 1, step }, ...more });
}

function sessionOf(answer: () => unknown) {
  const sent: ToRounds[] = [];
  const calls: unknown[] = [];
  const call = async (name: string, input: unknown): Promise<unknown> => {
    calls.push([name, input]);
    return name === 'roundsStory' ? answer() : null;
  };
  const store = new RunStore({ call: async () => [] }, async () => false);
  const questions = new StepQuestions();
  const session = new RoundsSession('r', store, questions, {
    language: 'en',
    trusted: () => true,
    reason: (code) => `words of ${code}`,
    // The fake answers each call by its name, as the real one does.
    call: call as never,
    post: (message) => sent.push(message),
  });
  return { session, sent, calls, store, questions };
}

const storyIn = (run = roundsOf('measure')): RoundsStory =>
  ({
    ...{ run, goals: {}, curve: [], lessons: [], next: null, spent: {} },
    rounds: [{ number: 1, confirmed: [], update: { refused: { notSolved: 2 } } }],
  }) as unknown as RoundsStory;

describe('session of a page of rounds', () => {
  it('sends nothing before it is ready, then the whole story with reasons in words', async () => {
    const { session, sent, store } = sessionOf(() => storyIn());
    await store.take(roundsOf('measure'), []);
    assert.equal(sent.length, 0);
    await session.start();
    const [told] = sent;
    assert.ok(told?.kind === 'rounds' && told.story !== null);
    assert.deepEqual(told.story.rounds[0]?.update?.refused, { 'words of notSolved': 2 });
    session.dispose();
  });

  it('tells counts as they come, and reads the story again only where there may be more', async () => {
    const { session, sent, store, calls } = sessionOf(() => storyIn());
    await session.start();
    for (let done = 1; done <= 5; done++) await store.take(roundsOf('measure', { done }), []);
    await wait(350);
    assert.equal(calls.length, 1);
    assert.equal(sent.filter(({ kind }) => kind === 'progress').length, 5);
    await store.take(roundsOf('solve'), []);
    await store.take(summary('other'), []);
    await wait(700);
    assert.equal(calls.length, 2);
    session.dispose();
  });

  it('shows a run that has not begun as nothing yet, and what cannot be read with its mend', async () => {
    let error: unknown = new UserError({ code: 'noSuchRun', message: 'none', mend: '' });
    const { session, sent } = sessionOf(() => {
      throw error;
    });
    await session.start();
    error = new UserError({ code: 'journalBroken', message: 'broken', mend: 'Mend it.' });
    await session.start();
    const told = sent.map((message) => message.kind === 'rounds' && message.problem);
    assert.deepEqual(told, [null, { message: 'broken', mend: 'Mend it.' }]);
    session.dispose();
  });

  it('asks in the page, and changes lessons through the engine', async () => {
    const { session, sent, questions, calls } = sessionOf(() => storyIn());
    await session.start();
    const answer = questions.ask('r', asked, never);
    const question = sent.at(-1);
    assert.ok(question?.kind === 'question' && question.question?.step === 'evolve');
    questions.answer(question.question.number, true);
    assert.equal(await answer, true);
    assert.deepEqual(sent.at(-1), { kind: 'question', question: null });
    await session.change({ lesson: 'l', state: 'off' });
    assert.deepEqual(calls.at(-2), ['changeLesson', { run: 'r', lesson: 'l', state: 'off' }]);
    session.dispose();
  });
});

describe('questions of steps', () => {
  it('take the first answer, and an abort for a no', async () => {
    const questions = new StepQuestions();
    const first = questions.ask('r', asked, never);
    const number = questions.of('r')?.number ?? 0;
    assert.equal(questions.of('other'), null);
    questions.answer(number + 1, true);
    questions.answer(number, false);
    questions.answer(number, true);
    assert.equal(await first, false);
    const stopping = new AbortController();
    const second = questions.ask('r', asked, stopping.signal);
    questions.answer(number, true);
    assert.notEqual(questions.of('r'), null, 'an answer to an old question is none to the next');
    stopping.abort();
    assert.equal(await second, false);
    assert.equal(questions.of('r'), null);
    assert.equal(await questions.ask('r', asked, stopping.signal), false);
  });
});

describe('messages of the page of rounds', () => {
  it('are taken in every part or not at all', () => {
    const good = [
      { kind: 'ready' },
      { kind: 'openTask', run: 'r/1/choose', task: 'h' },
      { kind: 'answer', question: 1, isYes: true },
      { kind: 'switchLesson', lesson: 'l', isOn: false },
      { kind: 'editLesson', lesson: 'l', text: 'x' },
      { kind: 'command', command: 'resume' },
    ];
    for (const message of good) assert.deepEqual(readFromRounds(message), message);
    const bad = [
      { kind: 'openTask', run: 'r' },
      { kind: 'editLesson', lesson: 'l', text: 'x'.repeat(401) },
      { kind: 'editLesson', lesson: 'l', text: '' },
      { kind: 'command', command: 'workbench.action.terminal.new' },
      { kind: 'answer', question: '1', isYes: true },
      { kind: 'ready', more: 1 },
      null,
    ];
    for (const message of bad) assert.equal(readFromRounds(message), null);
  });
});
