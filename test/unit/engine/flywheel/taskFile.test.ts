import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { taskHash } from '../../../../src/engine/domain/hash';
import { openWorkbench } from '../../../../src/engine/flywheel/openWorkbench';
import type { TaskFileView, Workbench } from '../../../../src/engine/flywheel/workbench';
import { Journal } from '../../../../src/engine/journal/journal';
import type { GateReport } from '../../../../src/engine/tasks/gate/gateReport';
import { assetsFolder } from '../../../support/assets';
import { aTask } from '../../../support/builders';
import { temporaryFolder } from '../../../support/temporary';

const never = new AbortController().signal;

describe('a file of tasks as it is known', () => {
  const folder = temporaryFolder();
  const file = (): string => folder.file('x.tasks.jsonl');
  let workbench: Workbench;

  beforeEach(async () => {
    workbench = await openWorkbench({
      ...{ journalFile: folder.file('journal.db'), assetsFolder, version: '0' },
      samplesFolder: folder.path,
    });
    folder.closing(() => workbench.close());
  });

  const [one, two, three] = ['one', 'two', 'three'].map((id) => aTask({ id, prompt: id }));
  assert.ok(one && two && three);

  const write = (name: string, lines: readonly unknown[]): void =>
    writeFileSync(
      folder.file(name),
      lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    );
  const read = (text?: string): Promise<TaskFileView> =>
    workbench.taskFile({ file: file(), ...(text === undefined ? {} : { text }) }, never);
  const told = ({ tasks }: TaskFileView) =>
    tasks.map(({ id, state, toldBy }) => [id, state, toldBy]);

  const report = (more: Partial<GateReport>): GateReport => ({
    ...{ version: 'gate@1', state: 'admitted', steps: [], droppedTests: [] },
    ...more,
  });
  const rejected = report({
    ...{ state: 'rejected', reason: 'weakTests' },
    steps: [{ step: 'strength', outcome: 'failed', saw: 'kills 1 of 9' }],
    mutation: {
      ...{ mutants: 9, killed: 1, killedByWritten: 1, likelyEquivalent: 0, score: 1 / 9 },
      survivors: [{ line: 2, operator: 'o', note: '< to <=' }],
    },
  });

  /** A run of the gate as it records its reports, under the hash that each task had before. */
  async function record(
    id: string,
    records: readonly {
      readonly given: string;
      readonly task: object;
      readonly report: GateReport;
    }[],
  ): Promise<void> {
    const journal = Journal.open(folder.file('journal.db'));
    const run = journal.drive({ id, kind: 'gate', title: file(), solver: '', settings: { id } });
    for (const { given, ...rest } of records) {
      const key = { task: given, sample: 0, turn: 0, kind: 'gate', ordinal: 0 };
      await run.once(key, { given }, () => Promise.resolve({ ...rest, maker: 'own' }));
    }
    run.release('finished');
    journal.close();
  }

  it('says nothing of tasks that were never checked, and makes no journal', async () => {
    write('x.tasks.jsonl', [one, two]);
    assert.deepEqual(told(await read()), [
      ['one', 'notChecked', null],
      ['two', 'notChecked', null],
    ]);
    assert.deepEqual(workbench.runs(), []);
    assert.equal(existsSync(folder.file('journal.db')), false);
  });

  it('says what the gate found, by the hash that a task had before and by that which it has since', async () => {
    const after = { ...one, prompt: 'one, settled' };
    const now = { ...after, hash: taskHash(after) };
    write(
      'x.tasks.jsonl',
      [one, now, two, three].map((task, at) => ({ ...task, id: `${at}` })),
    );
    await record('check-1', [
      {
        given: one.hash,
        task: now,
        report: report({ difficulty: { solver: 's', solved: 1, samples: 6 } }),
      },
      { given: two.hash, task: two, report: rejected },
    ]);
    const view = await read();
    assert.deepEqual(told(view), [
      ['0', 'admitted', 'journal'],
      ['1', 'admitted', 'journal'],
      ['2', 'rejected', 'journal'],
      ['3', 'notChecked', null],
    ]);
    const [, , weak] = view.tasks;
    assert.deepEqual(
      [weak?.reason, weak?.saw, weak?.mutationScore],
      ['weakTests', 'kills 1 of 9', 1 / 9],
    );
    const whole = await workbench.taskReport({ file: file(), line: 3 });
    assert.deepEqual(
      [whole.steps, whole.survivors],
      [rejected.steps, rejected.mutation?.survivors],
    );
    assert.ok((whole.checkedAt ?? 0) > 0);
  });

  it('takes the newest check, and keeps the newest difficulty that was estimated', async () => {
    write('x.tasks.jsonl', [one]);
    const difficulty = { solver: 's', solved: 2, samples: 6 };
    await record('check-1', [{ given: one.hash, task: one, report: report({ difficulty }) }]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await record('check-2', [{ given: one.hash, task: one, report: rejected }]);
    const [entry] = (await read()).tasks;
    assert.equal(entry?.state, 'rejected');
    assert.deepEqual(entry.difficulty, difficulty);
  });

  it('tells the same work under two names once it was checked', async () => {
    write('x.tasks.jsonl', [one, { ...one, id: 'again' }]);
    await record('check-1', [{ given: one.hash, task: one, report: report({}) }]);
    const [, twin] = (await read()).tasks;
    assert.deepEqual(
      [twin?.state, twin?.reason, twin?.saw],
      ['rejected', 'duplicate', 'the same work as one'],
    );
  });

  it('takes what a line says of itself as that, and only where it can be read', async () => {
    write('x.tasks.jsonl', [
      { ...one, gate: rejected },
      { ...two, gate: { state: 'admitted', steps: 'many' } },
      { ...three, gate: { state: 'splendid' } },
    ]);
    const view = await read();
    assert.deepEqual(told(view), [
      ['one', 'rejected', 'file'],
      ['two', 'notChecked', null],
      ['three', 'notChecked', null],
    ]);
    const whole = await workbench.taskReport({ file: file(), line: 1 });
    assert.deepEqual([whole.survivors.length, whole.checkedAt], [1, null]);
  });

  it('has the rejected ones of the file beside it, and lines that are no task with their reason', async () => {
    write('x.tasks.jsonl', [one, '{"id": ', { ...two, tests: 3 }, { ...two, id: 'one' }]);
    write('x.rejected.jsonl', [{ ...three, gate: rejected }]);
    const view = await read();
    assert.deepEqual(
      view.tasks.map(({ id, file: of, line }) => [id, of, line]),
      [
        ['one', file(), 1],
        ['three', folder.file('x.rejected.jsonl'), 1],
      ],
    );
    assert.deepEqual(
      view.bad.map(({ line }) => line),
      [2, 3, 4],
    );
    assert.match(view.bad[1]?.problem ?? '', /^tests: /);
    assert.equal(view.bad[2]?.problem, 'id: one stands already on line 1');
    await assert.rejects(workbench.taskReport({ file: file(), line: 2 }), /no task on this line/);
  });

  it('reads the text that is open instead of what lies on disk', async () => {
    write('x.tasks.jsonl', [one]);
    assert.deepEqual(
      told(await read(`\n${JSON.stringify(two)}\n`)).map(([id]) => id),
      ['two'],
    );
  });

  it('names the newest run that worked on a task, also where its tests were settled for it', async () => {
    write('x.tasks.jsonl', [one, two]);
    const settled = { ...two, judging: 'apart' as const };
    const journal = Journal.open(folder.file('journal.db'));
    for (const [id, tasks, kind] of [
      ['first', [one, { ...settled, hash: taskHash(settled) }], 'solve'],
      ['second', [one], 'solve'],
      ['hidden', [one, two], 'gate'],
    ] as const) {
      const run = journal.drive({ id, kind, title: id, solver: '', settings: {} });
      run.setTasks(tasks);
      run.release('finished');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    journal.close();
    assert.deepEqual(
      (await read()).tasks.map(({ run }) => run),
      ['second', 'first'],
    );
  });

  it('ends when it is cancelled', async () => {
    write(
      'x.tasks.jsonl',
      Array.from({ length: 400 }, (_, at) => ({ ...one, id: `${at}` })),
    );
    const controller = new AbortController();
    const reading = workbench.taskFile({ file: file() }, controller.signal);
    controller.abort();
    await assert.rejects(reading, { name: 'AbortError' });
  });
});
