import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backlog } from '../../../../src/engine/debugging/backlog';
import type { DebuggingSettings } from '../../../../src/engine/debugging/approach';
import { selfDebug } from '../../../../src/engine/debugging/selfDebug';
import type { ChatReply, ChatRequest } from '../../../../src/engine/domain/chat';
import type { Observation } from '../../../../src/engine/domain/ports';
import type { CallRecord } from '../../../../src/engine/domain/records';
import type { Problem } from '../../../../src/engine/domain/task';
import { ChatSolver } from '../../../../src/engine/solvers/chatSolver';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aProblem, aTest } from '../../../support/builders';
import { asks, block, FakeChatModel, replied } from '../../../support/chat';
import { CommentJudge, saying } from '../../../support/comments';
import { MemoryEffects } from '../../../support/effects';

const solved = saying('v1 v2 v3');

describe('the loop with a chat model', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  interface Setup {
    readonly model: FakeChatModel;
    readonly problem?: Problem;
    readonly judge?: CommentJudge;
    readonly effects?: MemoryEffects;
    readonly debugging?: Partial<DebuggingSettings>;
    readonly maxTurns?: number;
    readonly signal?: AbortSignal;
    readonly backlog?: Backlog;
    readonly sample?: number;
  }

  const loop = (setup: Setup) => {
    const settings = { seed: 1, temperature: null, samples: 1, maxReplyTokens: 1000 };
    return selfDebug({
      problem: setup.problem ?? aProblem(),
      sample: setup.sample ?? 0,
      solver: new ChatSolver({ model: setup.model, syntax, settings }),
      judge: setup.judge ?? new CommentJudge(),
      effects: setup.effects ?? new MemoryEffects(),
      settings: {
        maxTurns: setup.maxTurns ?? 4,
        maxCandidates: 100,
        debugging: {
          ...{ feedback: 'explain', strategy: 'chain', breadth: 4, seed: 1 },
          ...setup.debugging,
        },
      },
      signal: setup.signal ?? new AbortController().signal,
      ...(setup.backlog ? { backlog: setup.backlog } : {}),
    });
  };

  /** A model that gives these programs in order and explains when asked. */
  const giving = (...programs: readonly string[]): FakeChatModel => {
    let given = 0;
    return new FakeChatModel((request) => {
      if (asks(request) === 'explanation') return 'It returns x. Conclusion: wrong';
      return `Lesson: lesson ${String(given)}.\n${block(programs[given++] ?? 'nothing left')}`;
    });
  };

  const kindsOf = ({ turns }: Awaited<ReturnType<typeof loop>>) =>
    turns.map(({ candidate }) => candidate.told?.feedback?.kind);

  it('samples, explains, then shows a trace where an assertion fails again', async () => {
    const events = [{ line: 2, function: 'double', changed: { total: '7' }, returned: '7' }];
    const trace: Observation = { kind: 'trace', tests: { v2: { events, omitted: 0 } } };
    const model = giving(saying('v1', 'a'), saying('v1', 'b'), solved);
    const trajectory = await loop({ model, judge: new CommentJudge(trace) });
    assert.equal(trajectory.stop, 'solved');
    assert.deepEqual(kindsOf(trajectory), [undefined, 'explain', 'trace']);
    assert.deepEqual(model.requests.map(asks), [
      ...['program', 'explanation', 'correction', 'correction'],
    ]);
    assert.match(model.requests[2]?.messages.at(-1)?.content ?? '', /It returns x/);
    assert.match(
      model.requests[3]?.messages.at(-1)?.content ?? '',
      /line 2: .*total = 7, returns 7/,
    );
  });

  it('falls back to the failing test where there is no trace', async () => {
    const model = giving(saying('v1', 'a'), solved);
    const trajectory = await loop({ model, debugging: { feedback: 'trace' } });
    assert.deepEqual(kindsOf(trajectory), [undefined, 'test']);
  });

  it('gives the words of the parser and asks no explanation where nothing compiles', async () => {
    const model = giving('def double(x):\n    return x  # does not compile\n', solved);
    const trajectory = await loop({ model });
    assert.deepEqual(kindsOf(trajectory), [undefined, 'test']);
    assert.match(model.requests[1]?.messages.at(-1)?.content ?? '', /line 1: invalid syntax/);
  });

  it('tells nothing that was found by running to a rubber duck', async () => {
    const model = giving(saying('v1', 'SECRET'), solved);
    const trajectory = await loop({ model, debugging: { feedback: 'rubber-duck' } });
    assert.deepEqual(kindsOf(trajectory), [undefined, 'rubber-duck']);
    const told = model.requests.slice(1).map(({ messages }) => messages.at(-1)?.content ?? '');
    assert.doesNotMatch(told.join('\n'), /SECRET|visible tests pass/);
    assert.equal(trajectory.turns[1]?.candidate.told?.feedback?.selfJudgement, 'wrong');
  });

  it('changes its ways when a failure comes back, and stops when it does once more', async () => {
    const model = giving(...['#1', '#2', '#3', '#4'].map((mark) => saying('v1', 'same') + mark));
    const trajectory = await loop({ model, maxTurns: 10 });
    assert.equal(trajectory.stop, 'repeating');
    assert.equal(trajectory.turns.length, 3);
    const [, , third] = model.requests.filter((request) => asks(request) !== 'explanation');
    assert.match(third?.messages.at(-1)?.content ?? '', /Take another way/);
    assert.ok((third?.temperature ?? 0) > 0);
  });

  it('samples afresh with a line of memory where there is no progress', async () => {
    const model = giving(saying('v1', 'a'), saying('v1', 'b'), solved);
    const trajectory = await loop({ model, debugging: { strategy: 'restart', feedback: 'test' } });
    const approaches = trajectory.turns.map(({ candidate }) => candidate.told?.approach);
    assert.deepEqual(approaches, ['sample', 'refine', 'sample']);
    assert.match(model.requests[2]?.messages.at(-1)?.content ?? '', /lesson 1/);
    assert.equal(model.requests[2]?.messages.length, 2);
  });

  it('does not build upon a turn that breaks what passed, and says so', async () => {
    const model = giving(saying('v1 v2', 'a'), saying('v3', 'b'), solved);
    const trajectory = await loop({ model, debugging: { feedback: 'test' } });
    assert.equal(trajectory.turns[2]?.candidate.told?.about, 1);
    assert.match(model.requests[2]?.messages.at(-1)?.content ?? '', /it broke .*v1, v2/);
  });

  it('answers with the best turn, not the last', async () => {
    const model = giving(saying('v1', 'a'), saying('v1 v2', 'b'), saying('', 'c'));
    const trajectory = await loop({ model, maxTurns: 3, debugging: { feedback: 'simple' } });
    assert.equal(trajectory.answer, 1);
    assert.equal(trajectory.chosenBy, 'visibleTests');
  });

  it('shows at most three lessons, the last ones, and keeps them with the turn', async () => {
    const programs = ['a', 'b', 'c', 'd', 'e', 'f'].map((value) => saying('v1', value));
    const trajectory = await loop({
      model: giving(...programs),
      maxTurns: 6,
      debugging: { feedback: 'simple' },
    });
    const { told } = trajectory.turns[5]?.candidate ?? {};
    assert.deepEqual(told?.lessons, ['lesson 2.', 'lesson 3.', 'lesson 4.']);
    assert.equal(told?.learned, 'lesson 5.');
  });

  it('takes many samples first and mends the best of them', async () => {
    let call = 0;
    const model = new FakeChatModel((request) => {
      const texts = ++call === 1 ? ['', 'v1', 'v1 v2', 'v2'] : ['v1 v2 v3'];
      const reply = replied(request, '');
      const choices = texts.map((passes, at) => ({
        ...{ text: block(saying(passes, String(at))), finish: 'stop' as const },
      }));
      return reply.kind === 'replied' ? { ...reply, choices } : reply;
    });
    const trajectory = await loop({
      model,
      debugging: { strategy: 'parallel', feedback: 'test' },
    });
    assert.equal(trajectory.stop, 'solved');
    assert.equal(trajectory.turns[0]?.screened, 4);
    assert.match(trajectory.turns[0].candidate.program, /passes v1 v2;/);
    assert.equal(model.requests[0]?.choices, 4);
  });

  it('refines in a tree what passes more far more often', async () => {
    let refinedBetter = 0;
    for (let sample = 0; sample < 40; sample++) {
      const model = giving(saying('v1 v2', 'a'), saying('', 'b'), saying('', 'c'));
      const debugging = { strategy: 'tree', feedback: 'simple' } as const;
      const { turns } = await loop({ model, debugging, maxTurns: 3, sample });
      if (turns[2]?.candidate.told?.about === 1) refinedBetter += 1;
    }
    assert.ok(refinedBetter >= 30, String(refinedBetter));
  });

  it('asks once more for a program, then counts the turn as spent', async () => {
    const replies = ['No code.', 'Still none.', block(solved)];
    const model = new FakeChatModel((_, call) => replies[call - 1] ?? '');
    const trajectory = await loop({ model });
    assert.equal(trajectory.stop, 'solved');
    assert.deepEqual([trajectory.turns[0]?.number, trajectory.missed], [2, 1]);
    assert.match(model.requests[1]?.messages.at(-1)?.content ?? '', /held no code/);
  });

  it('never takes a program from a reply that was cut within it', async () => {
    const cut = block(solved).trimEnd().replace(/`+$/, '');
    const model = new FakeChatModel((request) => replied(request, cut, { finish: 'length' }));
    const trajectory = await loop({ model, maxTurns: 2 });
    assert.deepEqual([trajectory.stop, trajectory.turns.length], ['turnsUsed', 0]);
  });

  const stops: readonly [ChatReply, string][] = [
    [{ kind: 'budget', reason: 'spent' }, 'budget'],
    [{ kind: 'unavailable', reason: 'away', mend: 'wait' }, 'modelUnavailable'],
    [{ kind: 'cancelled' }, 'cancelled'],
  ];
  for (const [reply, stop] of stops) {
    it(`stops as ${stop}, records nothing of it, and goes on when run again`, async () => {
      const effects = new MemoryEffects();
      const first = new FakeChatModel((_, call) => (call === 1 ? block(saying('v1', 'a')) : reply));
      const ended = await loop({ model: first, effects, debugging: { feedback: 'test' } });
      assert.deepEqual([ended.stop, ended.turns.length], [stop, 1]);
      if (stop === 'modelUnavailable') assert.equal(ended.reason, 'away. wait');
      const again = giving(solved);
      const trajectory = await loop({ model: again, effects, debugging: { feedback: 'test' } });
      assert.equal(trajectory.stop, 'solved');
      assert.deepEqual(again.requests.map(asks), ['correction']);
    });
  }

  it('ends as refused where the model refuses, also when run again', async () => {
    const effects = new MemoryEffects();
    const model = new FakeChatModel(() => ({ kind: 'refused', reason: 'policy' }));
    assert.equal((await loop({ model, effects })).stop, 'modelRefused');
    assert.equal((await loop({ model, effects })).stop, 'modelRefused');
    assert.equal(model.requests.length, 1);
  });

  it('costs nothing when run again', async () => {
    const effects = new MemoryEffects();
    const run = () => giving(saying('v1', 'a'), saying('v1', 'b'), solved);
    const first = await loop({ model: run(), effects });
    const silent = new FakeChatModel(() => assert.fail('a recorded call was made again'));
    const again = await loop({ model: silent, effects });
    assert.deepEqual(again, first);
  });

  it('keeps with each call what was said, by whom, and which prompts asked for it', async () => {
    const effects = new MemoryEffects();
    const model = new FakeChatModel((request) =>
      replied(request, block(solved), { reasoning: 'thought' }),
    );
    await loop({ model, effects });
    const [, record] = [...effects.recorded].find(([key]) => key.includes('call/program')) ?? [];
    const call = record as CallRecord;
    assert.equal(call.prompt, 'system@1+solve@1');
    assert.deepEqual(
      [call.choices[0]?.text, call.choices[0]?.reasoning],
      [block(solved), 'thought'],
    );
    assert.equal(call.usage?.promptTokens, 100);
  });

  it('ends within two seconds of a cancel, with calls under way', async () => {
    const controller = new AbortController();
    const model = new FakeChatModel(() => block(solved), 60_000);
    const running = loop({ model, signal: controller.signal });
    await sleep(20);
    controller.abort();
    const ended = await Promise.race([running, sleep(2000)]);
    assert.equal(ended?.stop, 'cancelled');
  });

  it('asks for no more programs while enough wait for the judge', async () => {
    const judge = new CommentJudge(undefined, 5);
    const backlog = new Backlog(2);
    const model = giving(...Array.from({ length: 100 }, (_, at) => saying('v1', String(at))));
    const problem = aProblem();
    const debugging = { feedback: 'simple' } as const;
    await Promise.all(
      Array.from({ length: 20 }, (_, sample) =>
        loop({ model, judge, backlog, problem, sample, debugging, maxTurns: 3 }),
      ),
    );
    // All twenty began together; from then on only as many are let through as there is room for.
    const programs = model.requests.filter((request) => asks(request) === 'correction').length;
    assert.equal(programs, 40);
    assert.equal(backlog.size, 0);
  });

  it('leaves out what can be spared where the context is small, and never the task', async () => {
    const explanation = 'It returns x. '.repeat(100);
    const withContext = async (contextTokens: number | null) => {
      let given = 0;
      const model = new FakeChatModel((request) =>
        asks(request) === 'explanation'
          ? explanation
          : block([saying('v1', 'a'), solved][given++] ?? ''),
      );
      model.contextTokens = contextTokens;
      assert.equal((await loop({ model })).stop, 'solved');
      return model.requests;
    };
    const whole = await withContext(null);
    assert.match(JSON.stringify(whole.at(-1)), /It returns x/);
    const small = await withContext(1700);
    assert.doesNotMatch(JSON.stringify(small.at(-1)), /It returns x/);
    for (const { messages, maxTokens } of small) {
      const chars = messages.reduce((sum, { content }) => sum + content.length, 0);
      assert.ok(chars / 3 + maxTokens <= 1700, `${String(chars)} characters`);
      assert.match(messages[1]?.content ?? '', /Write double/);
    }
    assert.match(small.at(-1)?.messages.at(-1)?.content ?? '', /First failing test: v2/);
  });

  it('says that a task does not fit where nothing can be left out', async () => {
    const model = giving(solved);
    model.contextTokens = 100;
    const trajectory = await loop({ model });
    assert.equal(trajectory.stop, 'modelRefused');
    assert.match(trajectory.reason ?? '', /does not fit/);
  });

  it('chooses by agreement with written tests where there are no visible ones', async () => {
    const problem = aProblem({ tests: [aTest('h', 'hidden')] });
    const agreeing = 'written-1 written-2 written-3';
    const programs = [saying(agreeing, 'a'), saying('written-1', 'b'), saying(agreeing, 'c')];
    let given = 0;
    const model = new FakeChatModel((request: ChatRequest) => {
      if (asks(request) === 'explanation') return 'Conclusion: wrong';
      if (asks(request) !== 'tests') return block(programs[given++] ?? '');
      return block(['1', '2', '3', '4'].map((n) => `assert double(${n}) == ${n}`).join('\n'));
    });
    const trajectory = await loop({ model, problem, maxTurns: 3 });
    assert.deepEqual([trajectory.answer, trajectory.chosenBy], [2, 'writtenTests']);
    assert.equal(trajectory.solvedVisible, false);
  });

  it('answers with the program that the model holds for right, where no test can say so', async () => {
    const problem = aProblem({ tests: [aTest('h', 'hidden')] });
    let given = 0;
    let asked = 0;
    const model = new FakeChatModel((request: ChatRequest) =>
      asks(request) === 'explanation'
        ? `Conclusion: ${asked++ === 0 ? 'wrong' : 'right'}`
        : block(saying('none', String(given++))),
    );
    const effects = new MemoryEffects();
    const trajectory = await loop({ model, problem, effects, maxTurns: 9 });
    assert.deepEqual(
      [trajectory.stop, trajectory.answer, trajectory.chosenBy, trajectory.turns.length],
      ['turnsUsed', 1, 'selfJudgement', 2],
    );
    assert.deepEqual(model.requests.map(asks), [
      ...['program', 'explanation', 'correction', 'explanation'],
    ]);
    assert.deepEqual(await loop({ model, problem, effects, maxTurns: 9 }), trajectory);
    assert.equal(model.requests.length, 4);
  });

  it('goes on where the model holds a program for right that a visible test fails', async () => {
    let given = 0;
    const model = new FakeChatModel((request: ChatRequest) =>
      asks(request) === 'explanation'
        ? 'Conclusion: right'
        : block([saying('v1', 'a'), solved][given++] ?? ''),
    );
    const trajectory = await loop({ model, debugging: { feedback: 'rubber-duck' } });
    assert.deepEqual([trajectory.stop, trajectory.turns.length], ['solved', 2]);
  });

  it('shows no program twice, and no best one that passes nothing', async () => {
    for (const [first, second] of [
      [saying('v1', 'a'), saying('v1', 'a')],
      [saying('none', 'a'), saying('none', 'b')],
    ] as const) {
      const model = giving(first, second, solved);
      await loop({ model, debugging: { feedback: 'test' } });
      const last = JSON.stringify(model.requests.at(-1)?.messages);
      assert.equal(model.requests.length, 3);
      assert.doesNotMatch(last, /the most so far/);
    }
    const model = giving(saying('v1', 'a'), saying('v1', 'b'), solved);
    await loop({ model, debugging: { feedback: 'test' } });
    assert.match(JSON.stringify(model.requests.at(-1)?.messages), /the most so far/);
  });
});
