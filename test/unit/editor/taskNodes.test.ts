import assert from 'node:assert/strict';
import { nodeContexts } from '../../../src/editor/ids';
import { pathOf, placeIn } from '../../../src/editor/taskFiles/taskPlaces';
import {
  entriesOf,
  entryContext,
  groupsOf,
  readTaskTarget,
  taskTarget,
} from '../../../src/editor/views/taskNodes';
import type { TaskEntry, TaskFileView } from '../../../src/engine/flywheel/workbench';

const entry = (line: number, more: Partial<TaskEntry> = {}): TaskEntry => ({
  ...{ file: '/w/x.tasks.jsonl', line, id: `t${line}`, hash: `h${line}`, language: 'python' },
  ...{ entryPoint: 'f', maker: 'own', visible: 1, hidden: 1, state: 'admitted', toldBy: 'journal' },
  ...{ mutationScore: 1, difficulty: null, run: null },
  ...more,
});

const view = (tasks: readonly TaskEntry[], more: Partial<TaskFileView> = {}): TaskFileView => ({
  ...{ tasks, bad: [], more: 0 },
  ...more,
});

describe('nodes of the Tasks tree', () => {
  const file = '/w/x.tasks.jsonl';

  it('are the states that a file has tasks of, what is no task first', () => {
    const tasks = [
      entry(1),
      entry(2, { state: 'rejected' }),
      entry(3, { state: 'rejected' }),
      entry(4, { state: 'notChecked' }),
    ];
    const groups = groupsOf(file, view(tasks, { bad: [{ line: 9, problem: 'x' }], more: 7 }));
    assert.deepEqual(
      groups.map((node) =>
        node.kind === 'state'
          ? [node.state, node.count]
          : [node.kind, node.kind === 'bad' ? node.line : 7],
      ),
      [
        ['bad', 9],
        ['admitted', 1],
        ['rejected', 2],
        ['notChecked', 1],
        ['more', 7],
      ],
    );
    assert.deepEqual(groupsOf(file, view([])), []);
  });

  it('are the tasks of a state in the order of the file, as many as are shown, then how many are left', () => {
    const tasks = Array.from({ length: 12 }, (_, at) => entry(at + 1));
    const shown = entriesOf(file, 'admitted', view(tasks), 10);
    assert.deepEqual(
      shown.map((node) =>
        node.kind === 'entry' ? node.line : node.kind === 'more' ? -node.left : 0,
      ),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -2],
    );
    assert.equal(entriesOf(file, 'admitted', view(tasks), 12).length, 12);
    assert.deepEqual(entriesOf(file, 'rejected', view(tasks)), []);
  });

  it('offer a report where something is known, and the last run where there is one', () => {
    assert.equal(entryContext(entry(1)), nodeContexts.checkedTask);
    assert.equal(entryContext(entry(1, { run: 'r' })), nodeContexts.checkedRanTask);
    const fresh = entry(1, { state: 'notChecked' });
    assert.equal(entryContext(fresh), nodeContexts.newTask);
    assert.equal(entryContext({ ...fresh, run: 'r' }), nodeContexts.newRanTask);
  });

  it('are read back by commands, and nothing else is', () => {
    const target = taskTarget(entry(3, { run: 'r' }));
    assert.deepEqual(readTaskTarget({ ...target, kind: 'entry' }), target);
    for (const other of [
      undefined,
      'x',
      null,
      {},
      { ...target, line: '3' },
      { ...target, id: 1 },
    ]) {
      assert.equal(readTaskTarget(other), null);
    }
  });
});

describe('the place of a problem in a line', () => {
  const line = '  {"id": "a", "tests": [{"id": "t", "kind": "asert"}], "limits": {"timeoutMs": 1}}';
  const textAt = async (problem: string): Promise<string> => {
    const { start, end } = await placeIn(line, pathOf(problem));
    return line.slice(start, end);
  };

  it('is the value that it names', async () => {
    assert.equal(await textAt('tests[0].kind: asert is not judged by this version'), '"asert"');
    assert.equal(await textAt('limits.timeoutMs: too small'), '1');
    assert.equal(await textAt('id: a stands already on line 1'), '"a"');
  });

  it('is what it would stand in where it is missing, else the whole of the line', async () => {
    assert.equal(await textAt('tests[0].source: is missing'), '{"id": "t", "kind": "asert"}');
    assert.equal(await textAt('language: is missing'), line.trim());
    assert.equal(await textAt('is not a JSON object'), line.trim());
    const { start, end } = await placeIn('{"id": ', []);
    assert.deepEqual([start, end], [0, 6]);
    assert.deepEqual(await placeIn('', []), { start: 0, end: 1 });
  });
});
