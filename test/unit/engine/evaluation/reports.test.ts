import assert from 'node:assert/strict';
import { evaluationOf } from '../../../../src/engine/evaluation/evaluation';
import { compareWith } from '../../../../src/engine/evaluation/metrics/comparison';
import { reportFormats } from '../../../../src/engine/evaluation/report/formats';
import { render } from '../../../../src/engine/evaluation/report/render';
import { sheetOf } from '../../../../src/engine/evaluation/report/sheetOf';
import { anAttempt, tasksWith } from './attempts';

const hostile = '<img src=x onerror=alert(1)>\u001b]0;x\u0007|=cmd()';

function sheet(taskId = 'a') {
  const tasks = tasksWith({ a: ['xP', 'xx'], b: ['P', 'xvv'], c: ['xx', 'vx'] });
  const attempts = tasks.flatMap((task) => task.attempts);
  const failing = { test: 'h1', outcome: 'failed', message: hostile } as const;
  const [first, ...rest] = attempts.map((attempt) => ({
    ...attempt,
    taskId: attempt.task === 'a' ? taskId : attempt.task,
    turns: attempt.turns.map((turn) => ({ ...turn, failing })),
  }));
  const evaluation = evaluationOf({
    name: 'run-1',
    attempts: first ? [...rest, first] : rest,
    ks: [1, 2, 5],
    seed: 1,
    drawsSamples: true,
    hasVisible: true,
  });
  const other = { name: 'run-2', tasks: tasksWith({ a: ['P'], b: ['P'], c: ['x'] }) };
  const comparisons = compareWith({ name: 'run-1', tasks }, [other], 1);
  return sheetOf(evaluation, comparisons, ['It was looked at too often.']);
}

describe('the report', () => {
  it('ends, in the terminal, with what it comes to, and warns at the top', () => {
    const lines = render(sheet(), 'text').split('\n');
    assert.equal(lines[0], 'Evaluation of run-1');
    assert.ok(lines.includes('! It was looked at too often.'));
    assert.match(lines.slice(-2).join(' '), /no test could find a difference\.$/);
  });

  it('has an interval beside every rate and says what is undefined, and why', () => {
    const text = render(sheet(), 'text');
    assert.match(text, /pass@1 +\d+\.\d % {2}\[[ \d.]+–[ \d.]+\]/);
    assert.match(text, /pass@5 +undefined/);
    assert.match(text, /pass@5 is undefined: 3 of 3 tasks have fewer than 5 samples\./);
  });

  it('aligns the columns of every table', () => {
    const [, table = ''] =
      /Turn by turn\n([\s\S]*?)\n {2}"realised"/.exec(render(sheet(), 'text')) ?? [];
    const ends = table
      .split('\n')
      .filter((line) => !line.includes('─'))
      .map((line) => line.length);
    assert.equal(new Set(ends).size, 1, table);
  });

  it('lets nothing act that a test, a program or a name wrote', () => {
    for (const format of reportFormats) {
      const report = render(sheet(hostile), format);
      assert.ok(!report.includes('\u001b'), format);
      if (format === 'html' || format === 'markdown') assert.ok(!report.includes('<img'), format);
    }
    const csv = render(sheet('=1+1'), 'csv');
    assert.ok(!/(^|,)=/m.test(csv));
  });

  it('is one page in HTML that loads nothing, runs nothing, and has charts with their tables', () => {
    const page = render(sheet(), 'html');
    assert.match(page, /default-src 'none'; style-src 'unsafe-inline'/);
    assert.ok(!/<script|https?:|url\(|<link|@import/.test(page));
    assert.equal((page.match(/<svg/g) ?? []).length, 4);
    assert.ok((page.match(/<table>/g) ?? []).length > 4);
    assert.ok(!/NaN|Infinity|undefined,|null/.test(page));
  });

  it('has a line for each number in CSV, with its interval', () => {
    const lines = render(sheet(), 'csv').trim().split('\r\n');
    assert.equal(lines[0], 'table,row,column,value,low,high,text');
    const pass = lines.find((line) => line.startsWith('pass,pass@1,rate,'));
    const [, , , value, low, high] = (pass ?? '').split(',').map(Number);
    assert.ok(low !== undefined && value !== undefined && high !== undefined);
    assert.ok(low < value && value < high);
  });

  it('is written for no attempt at all', () => {
    const none = {
      name: 'n',
      attempts: [],
      ks: [1],
      seed: 1,
      drawsSamples: true,
      hasVisible: false,
    };
    for (const format of reportFormats) {
      const report = render(sheetOf(evaluationOf(none), [], []), format);
      assert.ok(!report.includes('NaN'), report);
    }
    const single = { ...none, attempts: [anAttempt('t', 'P')] };
    assert.match(
      render(sheetOf(evaluationOf(single), [], []), 'text'),
      /100\.0 % {2}\[ 2\.5– 100\]/,
    );
  });
});
