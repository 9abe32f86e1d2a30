import assert from 'node:assert/strict';
import { readFromEngine } from '../../../src/editor/engineCalls';
import { fitStory, pagesOf } from '../../../src/editor/messageSize';
import { programOf, turnBefore } from '../../../src/editor/programs';
import { readFromViewer } from '../../../src/editor/viewerMessages';
import { maxMessageChars } from '../../../src/viewer/messages';
import { viewerHtml } from '../../../src/editor/views/viewerHtml';
import type { TurnStory } from '../../../src/engine/domain/view';
import { cell, row, story, summary } from '../viewer/rows';

const turn = (number: number, more: Partial<TurnStory> = {}): TurnStory => ({
  ...cell(number, 'failed'),
  program: `program ${number}`,
  difference: [],
  fixed: [],
  broke: [],
  isolation: 'separate',
  durationMs: 1,
  ...more,
});

describe('messages of the viewer at the door', () => {
  it('lets in what we know', () => {
    const good = [
      { kind: 'ready', run: null, task: null },
      { kind: 'selectTask', run: 'a', task: 'b' },
      { kind: 'openChanges', run: 'a', task: 'b', turn: 2 },
      { kind: 'openChanges', run: 'a', task: 'b', sample: 3, turn: 2 },
      { kind: 'selectSample', run: 'a', task: 'b', sample: 5 },
      { kind: 'ready', run: 'a', task: 'b', sample: 5 },
      { kind: 'command', command: 'flywheel.runDemo', run: null },
    ];
    for (const message of good) assert.deepEqual(readFromViewer(message), message);
  });

  it('drops everything else', () => {
    const bad = [
      null,
      'ready',
      { kind: 'ready' },
      { kind: 'command', command: 'workbench.action.terminal.new', run: null },
      { kind: 'command', command: 'flywheel.runDemo', run: null, args: ['x'] },
      { kind: 'openChanges', run: 'a', task: 'b', turn: -1 },
      { kind: 'selectSample', run: 'a', task: 'b', sample: 0.5 },
      { kind: 'selectSample', run: 'a', task: 'b', sample: -1 },
      { kind: 'selectRun', run: '' },
      { kind: 'selectRun', run: 'a'.repeat(1000) },
    ];
    for (const message of bad) assert.equal(readFromViewer(message), null);
  });
});

describe('messages of the engine at the door', () => {
  it('lets in what we know and drops the rest', () => {
    const changed = { kind: 'changed', id: 1, run: summary('a'), rows: [row('x')] };
    assert.deepEqual(readFromEngine(changed), changed);
    assert.equal(readFromEngine({ kind: 'changed', id: 1, run: {}, rows: [] }), null);
    assert.equal(readFromEngine({ kind: 'failure', id: 1, error: 'no' }), null);
    const live = { task: 'x', sample: 0, turn: 1, kind: 'call/program', text: 'def' };
    const writing = { kind: 'writing', id: 1, texts: [{ ...live, chars: 3, isDone: false }] };
    assert.deepEqual(readFromEngine(writing), writing);
    assert.equal(readFromEngine({ kind: 'writing', id: 1, texts: ['def'] }), null);
    assert.equal(readFromEngine(undefined), null);
  });
});

describe('size of messages to the viewer', () => {
  it('splits rows into pages that fit, and loses none', () => {
    const rows = Array.from({ length: 3000 }, (_, index) =>
      row(`${index}`.padStart(64, '0'), { turns: [cell(1, 'failed'), cell(2, 'passed')] }),
    );
    const pages = pagesOf(rows);
    assert.ok(pages.length > 1);
    assert.deepEqual(pages.flat(), rows);
    for (const page of pages) assert.ok(JSON.stringify(page).length < maxMessageChars);
    assert.deepEqual(pagesOf([]), [[]]);
  });

  it('cuts the long texts of a story until it fits', () => {
    const long = 'x\n'.repeat(100_000);
    const difference = Array.from({ length: 5000 }, () => ({ kind: 'added', text: 'y' }) as const);
    const turns = [1, 2, 3].map((number) => turn(number, { output: long, difference }));
    const told = fitStory(story('a', row('x'), { prompt: long, turns }));
    assert.ok(JSON.stringify(told).length < maxMessageChars);
    assert.equal(told.turns.length, 3);
    assert.equal(told.turns[0]?.difference.at(-1)?.kind, 'gap');
    const call = { kind: 'call/program', model: 'm', prompt: 'refine@1' };
    const unknown = { promptTokens: null, completionTokens: null, costUsd: null };
    const replies = Array.from({ length: 8 }, () => ({ text: '\u0007'.repeat(3000) }));
    const talkative = Array.from({ length: 60 }, (_, index) =>
      turn(index + 1, {
        calls: [{ ...call, ...unknown, replies }],
        told: { approach: 'refine', about: 1, lessons: [long.slice(0, 9000)] },
      }),
    );
    const cut = fitStory(story('a', row('x'), { turns: talkative }));
    assert.ok(JSON.stringify(cut).length < maxMessageChars);
    assert.equal(cut.turns.length, 60);
    assert.equal(cut.turns[59]?.program, talkative[59]?.program);
    const small = story('a', row('x'), { turns: [turn(1)] });
    assert.equal(fitStory(small), small);
  });
});

describe('programs of a story', () => {
  const source = { program: async (hash: string) => `text of ${hash}` };
  const told = story('a', row('x'), {
    starter: { program: 'pass', status: 'failed', passed: 0, of: 1 },
    turns: [turn(1, { program: 'f'.repeat(64) }), turn(3)],
  });

  it('reads starters as text and turns by hash', async () => {
    assert.equal(await programOf(told, 0, source), 'pass');
    assert.equal(await programOf(told, 1, source), `text of ${'f'.repeat(64)}`);
    assert.equal(await programOf(told, 2, source), null);
    const empty = story('a', row('x'), { turns: [turn(1, { program: null })] });
    assert.equal(await programOf(empty, 1, source), null);
  });

  it('compares a turn with the one before it, the first with the starter', () => {
    assert.equal(turnBefore(told, 1), 0);
    assert.equal(turnBefore(told, 3), 1);
    const mended = story('a', row('x'), { turns: [turn(1), turn(2), turn(3, { against: 1 })] });
    assert.equal(turnBefore(mended, 3), 1);
    const fresh = story('a', row('x'), { turns: [turn(1), turn(2, { against: 0 })] });
    assert.equal(turnBefore(fresh, 2), 0);
  });
});

describe('page of the viewer', () => {
  it('lets in nothing but our script, styles and font, and no inline style', () => {
    const html = viewerHtml({
      script: 'https://host/viewer.js',
      styles: ['https://host/viewer.css'],
      source: 'https://host',
      nonce: 'abc',
      language: 'zh-cn"><script>',
      title: 'Iterations',
      element: 'flywheel-viewer',
    });
    assert.match(html, /default-src 'none'; script-src 'nonce-abc'; style-src https:\/\/host;/);
    assert.doesNotMatch(html, /unsafe|style="|<style/);
    assert.equal(html.match(/<script/g)?.length, 1);
  });
});
