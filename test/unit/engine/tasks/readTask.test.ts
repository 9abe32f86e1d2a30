import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { formatNames } from '../../../../src/engine/tasks/formats/format';
import { writeTask } from '../../../../src/engine/tasks/formats/ownFormat';
import { readTask, taskFormats } from '../../../../src/engine/tasks/readTask';
import { assetsFolder } from '../../../support/assets';
import { publishedSets } from '../../../support/publishedSets';

describe('reading one task of a published set', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const read = (record: unknown) => readTask(JSON.stringify(record), syntax);
  const taskOf = (record: unknown) => {
    const found = read(record);
    assert.ok('task' in found, JSON.stringify(found));
    return found.task;
  };
  const setOf = (format: string) =>
    publishedSets.find((set) => set.format === format)?.records ?? [];

  for (const { format, records, roles } of publishedSets) {
    it(`tells ${format} by content, and gives its tests their roles`, () => {
      assert.equal(read(records[0]).format, format);
      const { tests } = taskOf(records[0]);
      assert.deepEqual(
        tests.map(({ id, role }) => [id, role === 'visible']),
        roles,
      );
    });

    it(`writes ${format} in our format and reads back the same tasks`, () => {
      for (const record of records) {
        const task = taskOf(record);
        const again = readTask(writeTask(task), syntax);
        assert.ok('task' in again);
        assert.deepEqual(again.task, task);
        assert.equal(again.format, 'flywheel');
      }
    });
  }

  it('keeps what hidden tests know out of all that a solver is shown', () => {
    for (const record of setOf('evalplus')) {
      const { support = '', tests, prompt } = taskOf(record);
      const shown = [prompt, support, ...tests.filter(({ role }) => role === 'visible')];
      assert.ok(!JSON.stringify(shown).includes(String(record['canonical_solution']).trim()));
    }
    const [task] = setOf('swe-smith').map(taskOf);
    assert.ok(!JSON.stringify([task?.prompt, task?.tests, task?.starter]).includes('diff --git'));
  });

  it('takes of a docstring only calls with literals that give a literal', () => {
    const [record] = setOf('humaneval');
    const examples = taskOf(record).tests.filter(({ role }) => role === 'visible');
    assert.deepEqual(
      examples.map((test) => 'source' in test && test.source),
      ['assert doubled([1, 2]) == [2, 4]', 'assert doubled(\n     []) == []'],
    );
  });

  it('takes numbers of EvalPlus as they were written: 1.0 is no 1, and none is rounded', () => {
    const written = '[[1.0, 123456789012345678901234567890, NaN, -Infinity]]';
    const record = JSON.stringify({ ...setOf('evalplus')[0], base_input: 'HERE' });
    const found = readTask(record.replace('"HERE"', written), syntax);
    assert.ok('task' in found, JSON.stringify(found));
    const base = found.task.tests.find(({ id }) => id === 'base');
    assert.ok(base && 'source' in base && base.source.includes(JSON.stringify(written)));
  });

  it('says why it takes no other language, no SWE-bench and no unittest', () => {
    const reason = (record: unknown) => {
      const found = read(record);
      return 'rejected' in found ? found.rejected : found;
    };
    assert.equal(reason({ ...setOf('humaneval-x')[0], task_id: 'CPP/0' }), 'otherLanguage');
    assert.equal(reason({ ...setOf('multipl-e')[0], language: 'rs' }), 'otherLanguage');
    assert.equal(reason({ ...setOf('humaneval')[0], test: 'class TestCases: pass' }), 'noCheck');
    const { image_name: _, ...bench } = setOf('swe-smith')[0] ?? {};
    assert.equal(reason({ ...bench, test_patch: '' }), 'sweBench');
  });

  it('never throws: whatever a line holds, it is a task or has a problem', () => {
    const keys = [...new Set(publishedSets.flatMap(({ records }) => records.flatMap(Object.keys)))];
    const strange = fc.oneof(fc.string(), fc.integer(), fc.jsonValue({ maxDepth: 3 }));
    const records = publishedSets.flatMap((set) => [...set.records]);
    // Real records in which some keys hold anything.
    const nearly = fc
      .tuple(fc.constantFrom(...records), fc.dictionary(fc.constantFrom(...keys), strange))
      .map(([record, other]) => JSON.stringify({ ...record, ...other }));
    const line = fc.oneof(fc.string(), fc.json(), nearly);
    fc.assert(
      fc.property(line, fc.constantFrom(undefined, ...formatNames), (text, only) => {
        const found = readTask(text, syntax, only);
        assert.ok('task' in found ? found.task.hash.length === 64 : found.problem.length > 0);
      }),
      { numRuns: 1500 },
    );
  });

  it('has each format once, with its roles told', () => {
    assert.deepEqual(taskFormats.map(({ name }) => name).sort(), [...formatNames].sort());
    assert.ok(taskFormats.every(({ roles }) => roles.length > 10));
  });
});
