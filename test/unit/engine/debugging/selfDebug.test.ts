import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selfDebug } from '../../../../src/engine/debugging/selfDebug';
import type { Solver } from '../../../../src/engine/domain/ports';
import type { Candidate, Turn } from '../../../../src/engine/domain/trajectory';
import { aCandidate, aProblem, FakeJudge } from '../../../support/builders';
import { MemoryEffects } from '../../../support/effects';

const settings = { maxTurns: null, maxCandidates: 100 };

function solverOf(batches: readonly (readonly string[])[]): Solver {
  return {
    name: 'test@1',
    propose: (_problem, history: readonly Turn[]): Promise<readonly Candidate[]> =>
      Promise.resolve((batches[history.length] ?? []).map(aCandidate)),
  };
}

/** Programs say which tests they pass: `pass v1 v2`. */
const bySaying = (program: string, test: string): boolean => program.split(' ').includes(test);

function loop(
  batches: readonly (readonly string[])[],
  options: Partial<Parameters<typeof selfDebug>[0]> = {},
) {
  return selfDebug({
    problem: aProblem(),
    sample: 0,
    solver: solverOf(batches),
    judge: new FakeJudge(bySaying),
    effects: new MemoryEffects(),
    settings,
    signal: new AbortController().signal,
    ...options,
  });
}

describe('the loop', () => {
  it('stops as solved at the first program that passes all visible tests', async () => {
    const trajectory = await loop([['v1'], ['v2', 'v1 v2 v3', 'x'], ['y']]);
    assert.equal(trajectory.stop, 'solved');
    assert.equal(trajectory.solvedVisible, true);
    assert.equal(trajectory.turns.length, 2);
    assert.equal(trajectory.answer, 1);
    assert.equal(trajectory.turns[1]?.screened, 2);
  });

  it('stops when there is nothing left to propose', async () => {
    const { stop, answer } = await loop([['v1'], ['v1 v2']]);
    assert.deepEqual({ stop, answer }, { stop: 'candidatesUsed', answer: 1 });
  });

  it('stops at the bound on turns', async () => {
    const bound = { settings: { ...settings, maxTurns: 2 } };
    const { stop, turns } = await loop([['a'], ['b'], ['v1 v2 v3']], bound);
    assert.deepEqual([stop, turns.length], ['turnsUsed', 2]);
  });

  it('never judges more candidates than it may', async () => {
    const judge = new FakeJudge(bySaying);
    const bound = { judge, settings: { ...settings, maxCandidates: 3 } };
    const { stop } = await loop(
      [
        ['a', 'b'],
        ['c', 'd', 'e'],
      ],
      bound,
    );
    assert.equal(stop, 'candidatesUsed');
    assert.deepEqual(judge.judged.slice(1), ['a', 'b', 'c']);
  });

  it('stops as repeating when a batch holds nothing new', async () => {
    assert.equal((await loop([['a'], ['a'], ['b']])).stop, 'repeating');
  });

  it('chooses the best answer on visible tests, the earliest among equals', async () => {
    assert.equal((await loop([['v1'], ['v1 v2'], ['v2 v3'], ['v1']])).answer, 1);
  });

  it('tells the solver the first failing visible test after each turn', async () => {
    const { turns } = await loop([['v1']]);
    assert.match(
      turns[0]?.feedback?.text ?? '',
      /1 of 3 visible tests pass[^]*v2[^]*double\(2\) == 4/,
    );
  });

  it('ends as cancelled, with what was found so far', async () => {
    const controller = new AbortController();
    const effects = new MemoryEffects();
    const trajectory = await loop([['a'], ['b'], ['c']], {
      effects,
      signal: controller.signal,
      onTurn: ({ number }) => {
        if (number === 2) controller.abort();
      },
    });
    assert.equal(trajectory.stop, 'cancelled');
    assert.equal(trajectory.turns.length, 2);
  });

  it('does again only what was not recorded', async () => {
    const effects = new MemoryEffects();
    const controller = new AbortController();
    const batches = [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'v1 v2 v3'],
    ];
    await loop(batches, {
      effects,
      signal: controller.signal,
      onTurn: ({ number }) => {
        if (number === 2) controller.abort();
      },
    });
    const judge = new FakeJudge(bySaying);
    const resumed = await loop(batches, { effects, judge });
    assert.equal(resumed.stop, 'solved');
    assert.deepEqual(judge.judged, ['e', 'v1 v2 v3']);
    const whole = await loop(batches);
    assert.deepEqual(
      resumed.turns.map(({ number, candidate, screened }) => [number, candidate.program, screened]),
      whole.turns.map(({ number, candidate, screened }) => [number, candidate.program, screened]),
    );
  });

  it('gives the same turns whichever program is judged sooner', async () => {
    const batch = fc.array(fc.constantFrom('v1', 'v1 v2', 'v1 v2 v3', 'x', 'v2 v3'), {
      minLength: 1,
      maxLength: 9,
    });
    const told = async (programs: readonly string[], delays: readonly number[]) => {
      const numbered = programs.map((program, index) => `${program} #${String(index)}`);
      const judge = new FakeJudge(bySaying, (program) => {
        const place = Number(program.split('#')[1] ?? 0);
        return delays[place % delays.length] ?? 0;
      });
      const { turns, stop } = await loop([numbered], { judge });
      return [stop, turns.map(({ candidate, screened }) => [candidate.program, screened])];
    };
    await fc.assert(
      fc.asyncProperty(batch, fc.array(fc.nat(3), { minLength: 1 }), async (programs, delays) => {
        assert.deepEqual(await told(programs, delays), await told(programs, [0]));
      }),
      { numRuns: 40 },
    );
  });
});
