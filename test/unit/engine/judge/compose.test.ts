import assert from 'node:assert/strict';
import type { SandboxOutcome } from '../../../../src/engine/domain/ports';
import type { TestOutcome } from '../../../../src/engine/domain/verdict';
import { composeVerdict, type Told } from '../../../../src/engine/judge/compose';
import { aTest } from '../../../support/builders';

const tests = [aTest('a', 'visible'), aTest('b', 'hidden')];
const outcome = (parts: Partial<SandboxOutcome> = {}): SandboxOutcome => ({
  end: 'finished',
  messages: [],
  output: '',
  durationMs: 5,
  ...parts,
});
const told = (ended: readonly TestOutcome[], parts: Partial<Told> = {}): Told => ({
  ended: new Map(ended.map((test) => [test.id, test])),
  done: true,
  ...parts,
});
const passed = (id: string): TestOutcome => ({ id, outcome: 'passed' });
const verdict = (of: Told, how = outcome()) => composeVerdict(tests, of, how, 'shared');

describe('a verdict', () => {
  it('is passed only when each test told so and all were done', () => {
    assert.equal(verdict(told([passed('a'), passed('b')])).status, 'passed');
    assert.equal(verdict(told([passed('a')])).status, 'failed');
    assert.equal(verdict(told([passed('a'), passed('b')], { done: false })).status, 'crashed');
  });

  it('is never passed with no test', () => {
    assert.equal(composeVerdict([], told([]), outcome(), 'shared').status, 'noTests');
  });

  it('follows how the process ended before anything that was told', () => {
    const all = told([passed('a'), passed('b')]);
    for (const end of ['timedOut', 'outOfMemory', 'outputExceeded', 'cancelled'] as const) {
      assert.equal(verdict(all, outcome({ end })).status, end);
    }
    assert.equal(verdict(all, outcome({ end: 'infrastructure' })).status, 'infrastructure');
  });

  it('tells the test in which the time ran out, and that later ones did not run', () => {
    const found = verdict(told([], { running: 'a', done: false }), outcome({ end: 'timedOut' }));
    assert.deepEqual(
      found.tests.map((test) => test.outcome),
      ['timedOut', 'notRun'],
    );
    assert.match(found.message ?? '', /in a$/);
  });

  it('does not blame the program for tests that do not compile', () => {
    assert.equal(verdict(told([], { unusable: 'b: no' })).status, 'infrastructure');
  });

  it('tells a program that could not be loaded', () => {
    const unloaded = { status: 'notCompiled', message: 'line 1' } as const;
    const found = verdict(told([], { unloaded, done: false }));
    assert.equal(found.status, 'notCompiled');
    assert.deepEqual(
      found.tests.map((test) => test.outcome),
      ['notRun', 'notRun'],
    );
  });
});
