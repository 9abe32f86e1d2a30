import assert from 'node:assert/strict';
import { selfDebug } from '../../../../../src/engine/debugging/selfDebug';
import type { Problem } from '../../../../../src/engine/domain/task';
import type { Trajectory } from '../../../../../src/engine/domain/trajectory';
import { SearchSolver } from '../../../../../src/engine/solvers/searchSolver';
import type { Behaviours } from '../../../../../src/engine/solvers/search/choose';
import { loadSyntax, type Syntax } from '../../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../../support/assets';
import { aProblem, aTest } from '../../../../support/builders';
import { MemoryEffects } from '../../../../support/effects';
import { ScriptJudge } from '../../../../support/scriptJudge';

describe('search repair in the loop', () => {
  const never = new AbortController().signal;
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  function problemWith(starter: string, tests: readonly string[]): Problem {
    return aProblem({
      ...{ language: 'javascript', entryPoint: 'f', prompt: 'Write f.', starter },
      tests: tests.map((source, at) => aTest(`v${String(at + 1)}`, 'visible', source)),
    });
  }

  function solve(
    problem: Problem,
    options: {
      readonly effects?: MemoryEffects;
      readonly maxCandidates?: number;
      readonly judge?: ScriptJudge;
      readonly behaviours?: (programs: readonly string[]) => Behaviours | null;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<Trajectory> {
    const { effects = new MemoryEffects(), judge = new ScriptJudge(), behaviours } = options;
    return selfDebug({
      problem,
      sample: 0,
      ...{ judge, effects, signal: options.signal ?? never },
      solver: new SearchSolver({
        judge,
        syntax,
        behaviours: (_, programs) => Promise.resolve(behaviours?.(programs) ?? null),
      }),
      settings: { maxTurns: null, maxCandidates: options.maxCandidates ?? 2000 },
    });
  }

  const two = 'function f(v) {\n  let p = 0;\n  for (let i = 1; i < v.length; i++) p *= v[i];\n}\n';
  const product = ['f([2, 3]) === 6', 'f([4]) === 4', 'f([]) === 1', 'f([1, 5, 2]) === 10'];

  it('mends several faults one after the other, by how near the outputs come', async () => {
    const faulty = two.replace('}\n', '  return p;\n}\n');
    const found = await solve(problemWith(faulty, product));
    assert.equal(found.stop, 'solved');
    const answer = found.turns[found.answer ?? -1]?.candidate;
    assert.match(answer?.program ?? '', /p = 1/);
    assert.equal(answer?.operator?.split('+').length, 2);
  });

  it('answers with the choice, and says what speaks for it and which test would decide', async () => {
    const problem = problemWith('function f(a, b) {\n  return a - b;\n}\n', [
      'f(2, 2) === 4',
      'f(0, 0) === 0',
    ]);
    const found = await solve(problem, {
      behaviours: (programs) => ({
        calls: ['f(1, 2)'],
        answers: programs.map((program) => [program.includes('a + b') ? '3' : '2']),
      }),
    });
    const turn = found.turns[found.answer ?? -1];
    const choice = turn?.candidate.choice;
    assert.equal(turn, found.turns.at(-1));
    assert.match(turn?.candidate.program ?? '', /a \+ b/);
    assert.equal(choice?.behaviours, 2);
    assert.equal(choice.decidingTest?.call, 'f(1, 2)');
    assert.deepEqual([...choice.decidingTest.answers].sort(), ['2', '3']);
    assert.ok(choice.alternatives.length > 0 && choice.alternatives.length <= 5);
    assert.ok(choice.passing > choice.alternatives.length - 1);
  });

  it('gives the same from the journal alone, and goes on from where it was ended', async () => {
    const problem = problemWith('function f(a, b) {\n  return a - b;\n}\n', [
      'f(2, 3) === 5',
      'f(0, 0) === 0',
    ]);
    const effects = new MemoryEffects();
    const whole = await solve(problem, { effects });
    const judge = new ScriptJudge();
    const again = await solve(problem, { effects, judge });
    assert.equal(judge.judged, 0);
    assert.deepEqual(programsOf(again), programsOf(whole));
    for (const kept of [2, 9, 40]) {
      const part = new MemoryEffects();
      for (const [key, value] of [...effects.recorded].slice(0, kept))
        part.recorded.set(key, value);
      assert.deepEqual(programsOf(await solve(problem, { effects: part })), programsOf(whole));
    }
  });

  it('stops at the bound on candidates, and where nothing is left to try', async () => {
    const problem = problemWith('function f() {\n  return 1;\n}\n', ['f() === "never"']);
    const bounded = await solve(problem, { maxCandidates: 10 });
    assert.equal(bounded.stop, 'candidatesUsed');
    assert.equal(
      bounded.turns.reduce((sum, { screened }) => sum + screened, 0),
      10,
    );
    const small = problemWith('function f() {\n  g();\n}\n', ['f() === "never"']);
    const exhausted = await solve(small, { maxCandidates: 20_000 });
    assert.equal(exhausted.stop, 'candidatesUsed');
    assert.ok(exhausted.turns.reduce((sum, { screened }) => sum + screened, 0) < 20_000);
  });

  it('is solved by a program that passes where the bound leaves no room to choose', async () => {
    const problem = problemWith('function f(a, b) {\n  return a - b;\n}\n', ['f(2, 3) === 5']);
    const found = await solve(problem, { maxCandidates: 24 });
    assert.equal(found.stop, 'solved');
    assert.ok(found.answer !== null);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const judge = new ScriptJudge();
    const judging = judge.judge.bind(judge);
    judge.judge = (program, tests) => {
      if (judge.judged > 20) controller.abort();
      return judging(program, tests);
    };
    const problem = problemWith('function f() {\n  return 1;\n}\n', ['f() === "never"']);
    const found = await solve(problem, { judge, signal: controller.signal });
    assert.equal(found.stop, 'cancelled');
  });
});

function programsOf({ turns, answer, stop }: Trajectory): unknown {
  return [stop, answer, turns.map(({ candidate, screened }) => [candidate, screened])];
}
