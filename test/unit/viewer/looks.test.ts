import assert from 'node:assert/strict';
import { statuses } from '../../../src/engine/domain/verdict';
import { callKinds } from '../../../src/engine/domain/records';
import { evidences, feedbackKinds, stopReasons } from '../../../src/engine/domain/trajectory';
import { pauseReasons } from '../../../src/engine/domain/view';
import { unreadReasons } from '../../../src/engine/solvers/replies/reply';
import { gridShape, lastCells } from '../../../src/viewer/gridShape';
import { LiveSummary } from '../../../src/viewer/liveSummary';
import { markOf, quartersOf } from '../../../src/viewer/marks';
import { countRows, filterRows } from '../../../src/viewer/rowFilter';
import { textsFor, type Texts } from '../../../src/viewer/texts';
import {
  cellLabel,
  costWords,
  durationWords,
  intervalWords,
  leftOutWords,
  nothingWords,
  numberWords,
  rejectionWords,
  rowLabel,
  rowWords,
  shareWords,
  solverWords,
} from '../../../src/viewer/words';
import { cell, row, summary } from './rows';

const english = textsFor('en');
const chinese = textsFor('zh-cn');

describe('marks of a verdict', () => {
  it('never rests on colour alone', () => {
    const shapes = statuses.map((status) => {
      const { tone, icon, letter } = markOf(status);
      assert.ok((icon ?? letter) !== undefined, status);
      return `${icon ?? letter} ${tone}`;
    });
    assert.equal(new Set(shapes).size, statuses.length);
  });

  it('fills whole only where all tests pass, and empty only where none does', () => {
    assert.deepEqual(
      [quartersOf(0, 7), quartersOf(1, 100), quartersOf(50, 100), quartersOf(99, 100)],
      [0, 1, 2, 3],
    );
    assert.equal(quartersOf(7, 7), 4);
    assert.equal(quartersOf(0, 0), 0);
  });
});

describe('words of a row', () => {
  const failing = [cell(1, 'failed', 3), cell(2, 'failed', 5)];

  it('says what matters', () => {
    const said = (more: Parameters<typeof row>[1]) => rowWords(row('f', more), english, true);
    assert.equal(said({ state: 'waiting' }), 'waiting');
    assert.equal(said({ state: 'running' }), 'starting');
    assert.equal(said({ state: 'running', turns: failing }), '5/7 tests · turn 2');
    const passed = cell(3, 'passed', 7);
    const solved = { stop: 'solved', solvedVisible: true, passedHidden: true } as const;
    assert.equal(said({ ...solved, turns: [...failing, passed], passedAt: 3 }), 'solved in 3');
    assert.equal(said({ ...solved, turns: [passed], passedAt: 1 }), 'first try');
    assert.equal(said({ ...solved, turns: [passed], passedHidden: false }), 'fails hidden tests');
    assert.equal(said({ stop: 'turnsUsed', turns: failing }), '5/7 · turns used up');
    assert.equal(said({ stop: 'infrastructure' }), 'sandbox fault');
  });

  it('says the turn that solved it, and not those that only looked for a better program', () => {
    const solved = { stop: 'solved', solvedVisible: true, passedHidden: true } as const;
    const turns = [
      cell(1, 'failed', 3),
      cell(2, 'passed', 7),
      cell(3, 'failed', 5),
      cell(4, 'passed', 7),
    ];
    const said = (passedAt: number): string =>
      rowWords(row('f', { ...solved, turns, passedAt }), english, false);
    assert.equal(said(2), 'solved in 2');
    assert.equal(said(1), 'first try');
  });

  it('says of a task that its run left in the middle that it was interrupted', () => {
    const left = row('f', { state: 'waiting', turns: failing });
    assert.equal(rowWords(left, english, false), 'interrupted');
    assert.equal(rowWords(left, chinese, false), '已中断');
    assert.equal(rowWords(left, english, true), 'waiting');
    assert.equal(rowWords(row('f', { state: 'waiting' }), english, false), 'waiting');
  });

  it('has plain words for every stop and every status, in both languages', () => {
    for (const texts of [english, chinese]) {
      for (const stop of stopReasons) assert.ok(texts.stops[stop] && texts.stopSentences[stop]);
      for (const status of statuses) assert.ok(texts.statuses[status]);
    }
    assert.equal(textsFor('zh-tw'), chinese);
    assert.equal(textsFor('de'), english);
  });

  it('has every text in both languages, with places filled', () => {
    const keys = (texts: Texts): string[] => Object.keys(texts).sort();
    assert.deepEqual(keys(english), keys(chinese));
    for (const [key, text] of Object.entries(chinese)) {
      assert.notEqual(text, '', key);
      if (typeof text === 'function') {
        const told = String(Reflect.apply(text, undefined, ['1', '2', '3', '4', '5']));
        assert.doesNotMatch(told, /undefined/, key);
      }
    }
  });

  it('says why tasks were turned away and languages left out, in plain words', () => {
    assert.equal(rejectionWords('noFailingTests', english), 'no test notices the fault');
    assert.equal(rejectionWords('timedOut', chinese), '植入缺陷后运行不结束');
    for (const texts of [english, chinese])
      assert.equal(rejectionWords('newCode', texts), 'newCode');
    const python = { language: 'python', reason: 'no sandbox here' };
    assert.equal(leftOutWords(python, english), 'Python left out: no sandbox here');
    assert.equal(leftOutWords(python, chinese), '未包含 Python：no sandbox here');
    assert.match(leftOutWords({ language: 'rust', reason: '' }, english), /^rust left out/);
  });

  it('counts samples where a task has several', () => {
    const samples = { best: 2, of: 6, ended: 6, solved: 3, passedHidden: 2 };
    const solved = row('f', { turns: failing, solvedVisible: true, passedHidden: true, samples });
    assert.equal(rowWords(solved, english, true), '3/6 samples solved');
    assert.equal(rowWords(solved, chinese, true), '样本 3/6 已解决');
    const cheated = { ...solved, passedHidden: false, samples: { ...samples, passedHidden: 0 } };
    assert.equal(rowWords(cheated, english, true), '3/6 · fails hidden');
    const begun = { ...solved, state: 'waiting', samples: { ...samples, ended: 3 } } as const;
    assert.equal(rowWords(begun, english, false), '3/6 samples solved · interrupted');
    const waiting = row('f', { state: 'waiting', samples: { ...samples, ended: 0, solved: 0 } });
    assert.equal(rowWords(waiting, english, true), 'waiting');
  });

  it('says of a turn without a program that there was none, and gives it no verdict', () => {
    const empty = { ...cell(3, 'notCompiled'), nothing: 'noCode' };
    assert.equal(cellLabel(empty, english), 'turn 3 brought no program');
    const trying = row('f', { state: 'running', turns: [...failing, empty] });
    assert.equal(rowWords(trying, english, true), '5/7 tests · turn 2');
    const never = row('f', { state: 'running', turns: [empty] });
    assert.equal(rowWords(never, english, true), 'no program');
  });

  it('has words for all that a model can be told, ask, and fail in', () => {
    for (const texts of [english, chinese]) {
      for (const kind of feedbackKinds) assert.ok(texts.feedbackKinds[kind]);
      for (const evidence of evidences) assert.ok(texts.chosenBy[evidence]);
      for (const reason of pauseReasons) assert.ok(texts.pauses[reason]);
      for (const kind of callKinds) assert.ok(texts.callKinds[kind]);
      for (const reason of unreadReasons) assert.notEqual(nothingWords(reason, texts), reason);
      assert.equal(nothingWords('something new', texts), 'something new');
    }
  });

  it('tells a screen reader the whole row', () => {
    const label = rowLabel(row('merge', { stop: 'turnsUsed', turns: failing }), english, false);
    assert.match(label, /^merge, python, 5\/7 · turns used up, turn 1 failed, 3 of 7 tests/);
  });
});

describe('numbers as words', () => {
  it('says shares, intervals and durations', () => {
    assert.equal(shareWords({ count: 31, of: 48, interval: null }), '65 %');
    assert.equal(shareWords({ count: 0, of: 0, interval: null }), '–');
    assert.equal(intervalWords({ count: 31, of: 48, interval: [0.502, 0.766] }), '[50–77]');
    assert.equal(intervalWords({ count: 0, of: 0, interval: null }), '');
    assert.deepEqual(
      [840, 2140, 59_400, 73_000, 3_725_000].map((ms) => durationWords(ms, english)),
      ['840 ms', '2.1 s', '59 s', '1 min 13 s', '1 h 2 min'],
    );
  });

  it('never says 0 for a cost that is not known, nor for one that is small', () => {
    assert.deepEqual(
      [null, 0, 0.00000012, 0.00213, 0.0834, 12.5].map((usd) => costWords(usd, english)),
      ['unknown', '$0', '<$0.0001', '$0.0021', '$0.08', '$12.50'],
    );
    assert.equal(costWords(null, chinese), '未知');
    assert.equal(numberWords(1_234_567, english), '1,234,567');
  });

  it('never calls a search a model', () => {
    assert.equal(solverWords('search-repair@1', english), 'search repair');
    assert.equal(solverWords('qwen3-coder@2', english), 'qwen3-coder');
    assert.equal(solverWords('chat@1 qwen3@localhost', english), 'Chat model');
  });
});

describe('filters', () => {
  const rows = [
    row('solved', { stop: 'solved', solvedVisible: true, passedHidden: true }),
    row('onlyVisible', { stop: 'solved', solvedVisible: true, passedHidden: false }),
    row('failed', { stop: 'turnsUsed', solvedVisible: false }),
    row('trying', { state: 'running', turns: [cell(1, 'failed')] }),
    row('waiting', { state: 'waiting' }),
  ];

  it('counts what each shows, solved as the header does', () => {
    assert.deepEqual(countRows(rows), { all: 5, failing: 2, solved: 2 });
    assert.equal(filterRows(rows, 'failing', '').length, 2);
  });

  it('looks for text in names', () => {
    assert.deepEqual(
      filterRows(rows, 'all', ' TRY ').map(({ hash }) => hash),
      ['trying'],
    );
  });

  it('leaves the rows alone where nothing is filtered', () => {
    assert.equal(filterRows(rows, 'all', ''), rows);
  });
});

describe('shape of the grid', () => {
  const turns = Array.from({ length: 9 }, (_, index) => cell(index + 1, 'failed'));

  it('shows the last turns that have room, with a count of the others', () => {
    const { shown, earlier } = lastCells(turns, 4);
    assert.deepEqual(
      shown.map(({ number }) => number),
      [7, 8, 9],
    );
    assert.equal(earlier, 6);
    assert.equal(lastCells(turns, 9).earlier, 0);
  });

  it('turns to two lines where it is narrow', () => {
    const rows = [row('a', { turns })];
    assert.equal(gridShape(rows, 220).twoLines, true);
    assert.equal(gridShape(rows, 500).twoLines, false);
    assert.ok(gridShape(rows, 220).cells * 23 < 220);
    assert.equal(gridShape([], 500).cells, gridShape(rows.slice(1), 500).cells);
    assert.equal(
      gridShape([row('a')], 500).cells,
      gridShape([row('a', { turns: turns.slice(4) })], 500).cells,
    );
  });
});

describe('live summary', () => {
  it('speaks at most each five seconds, and at once when the run ends', () => {
    const live = new LiveSummary();
    live.tell(summary('a', { ended: 1 }), english, 10_000);
    const first = live.text;
    live.tell(summary('a', { ended: 2 }), english, 14_000);
    assert.equal(live.text, first);
    live.tell(summary('a', { ended: 3 }), english, 15_000);
    assert.notEqual(live.text, first);
    live.tell(summary('a', { ended: 4, state: 'finished' }), english, 15_100);
    assert.match(live.text, /finished/);
  });
});
