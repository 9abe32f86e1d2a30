import assert from 'node:assert/strict';
import { sha256 } from '../../../../src/engine/domain/hash';
import type { Judge, Observation } from '../../../../src/engine/domain/ports';
import type { Candidate, Turn } from '../../../../src/engine/domain/trajectory';
import { SearchSolver } from '../../../../src/engine/solvers/searchSolver';
import { ochiai } from '../../../../src/engine/solvers/suspicion';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aProblem, aVerdict } from '../../../support/builders';

describe('suspicion', () => {
  const vectors: readonly (readonly [number, number, number, number, number])[] = [
    [3, 1, 0, 6, 0.866025],
    [3, 7, 0, 0, 0.547723],
    [2, 0, 1, 7, 0.816497],
    [3, 0, 0, 7, 1],
  ];
  for (const [ef, ep, nf, np, expected] of vectors) {
    it(`of a line run by ${String(ef)} failing and ${String(ep)} passing tests is ${String(expected)}`, () => {
      const runs = [
        ...Array.from({ length: ef }, () => ({ failing: true, runs: true })),
        ...Array.from({ length: ep }, () => ({ failing: false, runs: true })),
        ...Array.from({ length: nf }, () => ({ failing: true, runs: false })),
        ...Array.from({ length: np }, () => ({ failing: false, runs: false })),
      ];
      const tests = runs.map(({ failing }, index) => {
        return { id: String(index), outcome: failing ? ('failed' as const) : ('passed' as const) };
      });
      const lines = Object.fromEntries(
        runs.map((run, index) => [String(index), run.runs ? [7] : []]),
      );
      const suspicion = ochiai({ kind: 'coverage', lines }, aVerdict('failed', tests));
      assert.ok(Math.abs((suspicion.get(7) ?? 0) - expected) < 1e-6);
    });
  }

  it('is known of no line where no failing test was watched', () => {
    const tests = [
      { id: 'a', outcome: 'passed' as const },
      { id: 'b', outcome: 'timedOut' as const },
    ];
    const found = ochiai({ kind: 'coverage', lines: { a: [1, 2] } }, aVerdict('timedOut', tests));
    assert.equal(found.size, 0);
  });
});

describe('search repair', () => {
  const starter = `def clamp(x, low, high):
    if x < low:
        return low
    if x > high:
        return low
    return x
`;
  const problem = aProblem({ starter, entryPoint: 'clamp' });
  const lines: Observation = {
    kind: 'coverage',
    lines: { v1: [2, 4, 5], v2: [2, 3], v3: [2, 4, 6] },
  };
  const judge: Judge = {
    judge: () =>
      Promise.resolve(
        aVerdict('failed', [
          { id: 'v1', outcome: 'failed' },
          { id: 'v2', outcome: 'passed' },
          { id: 'v3', outcome: 'passed' },
        ]),
      ),
    observe: () => Promise.resolve(lines),
  };
  const never = new AbortController().signal;
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  /** All that it proposes, turn by turn. */
  async function all(): Promise<Candidate[][]> {
    const solver = new SearchSolver({ judge, syntax });
    const batches: Candidate[][] = [];
    const history: Turn[] = [];
    for (;;) {
      const batch = [...(await solver.propose(problem, history, never))];
      const [candidate] = batch;
      if (!candidate) return batches;
      batches.push(batch);
      history.push({
        number: history.length + 1,
        candidate,
        verdict: aVerdict('failed'),
        screened: batch.length,
        durationMs: 0,
      });
    }
  }

  it('proposes each edit once, with who proposed it and what it came from', async () => {
    const candidates = (await all()).flat();
    const programs = candidates.map(({ program }) => program);
    assert.equal(new Set(programs).size, programs.length);
    assert.ok(!programs.includes(starter));
    assert.ok(candidates.every(({ parent }) => parent === sha256(starter)));
    assert.ok(
      programs.includes(starter.replace('return low\n    return x', 'return high\n    return x')),
    );
  });

  it('begins with the line that only failing tests run, and leaves alone what none of them runs', async () => {
    const [first] = await all();
    assert.match(first?.[0]?.note ?? '', /line 5/);
    const notes = (await all()).flat().map(({ note }) => note ?? '');
    assert.ok(
      notes.every((note) => !/, line 3:/.test(note) && !/, line 6:/.test(note)),
      notes.join('\n'),
    );
  });

  it('proposes the same again for the same history', async () => {
    assert.deepEqual(await all(), await all());
  });

  it('has nothing to propose without a program to change', async () => {
    const solver = new SearchSolver({ judge, syntax });
    const { starter: _, ...bare } = problem;
    assert.deepEqual(await solver.propose(bare, [], never), []);
  });
});
