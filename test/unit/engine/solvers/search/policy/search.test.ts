import assert from 'node:assert/strict';
import { sha256 } from '../../../../../../src/engine/domain/hash';
import type { Problem } from '../../../../../../src/engine/domain/task';
import type { Candidate } from '../../../../../../src/engine/domain/trajectory';
import { SearchSolver } from '../../../../../../src/engine/solvers/searchSolver';
import {
  policyHash,
  untaughtPolicy,
  type EditPolicy,
} from '../../../../../../src/engine/solvers/search/policy/editPolicy';
import {
  examplesOf,
  pathTo,
} from '../../../../../../src/engine/solvers/search/policy/makeExamples';
import { loadSyntax, type Syntax } from '../../../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../../../support/assets';
import { aProblem, aTest } from '../../../../../support/builders';
import { ScriptJudge } from '../../../../../support/scriptJudge';

const never = new AbortController().signal;
const starter = 'function f(a, b) {\n  if (a < b) return a;\n  return b - 1;\n}\n';
const problem: Problem = aProblem({
  ...{ language: 'javascript', entryPoint: 'f', prompt: 'Write f.', starter },
  tests: [aTest('v1', 'visible', 'f(1, 2) === 2'), aTest('v2', 'visible', 'f(2, 1) === 2')],
});

describe('search repair with a policy', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  async function firstBatch(policy?: EditPolicy): Promise<readonly Candidate[]> {
    const solver = new SearchSolver({
      ...{ judge: new ScriptJudge(), syntax },
      ...(policy ? { policy } : {}),
    });
    return solver.propose(problem, [], never);
  }

  const taught = (weights: Record<string, number>): EditPolicy => ({ ...untaughtPolicy, weights });

  it('tries first what the policy learned, and says whose order it was', async () => {
    const policy = taught({ 'operator=variable': 8 });
    const batch = await firstBatch(policy);
    const [usual] = await firstBatch();
    assert.deepEqual([usual?.operator, batch[0]?.operator], ['offByOne', 'variable']);
    assert.equal(batch[0]?.proposer, `search-repair@2+${policyHash(policy).slice(0, 12)}`);
  });

  it('tries the same in the same order where nothing was taught', async () => {
    const plain = await firstBatch();
    const untaught = await firstBatch(untaughtPolicy);
    assert.equal(plain[0]?.proposer, 'search-repair@2');
    assert.deepEqual(
      untaught.map(({ program, note }) => [program, note]),
      plain.map(({ program, note }) => [program, note]),
    );
  });

  it('leaves nothing out: what a policy holds for unlikely comes later', async () => {
    const all = async (policy?: EditPolicy): Promise<string[]> => {
      const made: string[] = [];
      const solver = new SearchSolver({
        ...{ judge: new ScriptJudge(), syntax },
        ...(policy ? { policy } : {}),
      });
      const turns = [];
      for (let number = 1; number <= 4; number++) {
        const batch = await solver.propose(problem, turns, never);
        const [candidate] = batch;
        if (!candidate) break;
        made.push(...batch.map(({ program }) => program));
        const verdict = await new ScriptJudge().judge(
          { language: 'javascript', entryPoint: 'f', source: candidate.program },
          problem.tests,
        );
        turns.push({ number, candidate, verdict, screened: batch.length, durationMs: 1 });
      }
      return made;
    };
    const unlikely = new Set(await all(taught({ 'operator=comparison': -8 })));
    const usual = (await all()).slice(0, 8);
    const later = usual.filter((program) => unlikely.has(program));
    assert.ok(later.length > 0);
  });
});

describe('examples from a way to a verified program', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const middle = starter.replace('<', '>');
  const right = middle.replace('b - 1', 'b');
  const made = (path: readonly string[]) =>
    examplesOf({
      ...{ problem, family: 'f', path, judge: new ScriptJudge(), syntax, signal: never },
    });

  it('are one for each step, with the state in which it was taken', async () => {
    const { examples, left } = await made([starter, middle, right]);
    assert.equal(left, null);
    assert.deepEqual(
      examples.map(({ program, becomes, steps, outcome, reward }) => {
        return [program, becomes, steps.length, outcome.passed, reward];
      }),
      [
        [starter, middle, 0, '00', 0.5],
        [middle, right, 1, '01', 1],
      ],
    );
  });

  it('end where a step is no edit that the search knows, and say so', async () => {
    const { examples, left } = await made([starter, 'function f() { return eval("2"); }\n']);
    assert.deepEqual([examples.length, left], [0, 'notOneEdit']);
    assert.equal((await made(['function f( {', right])).left, 'doesNotParse');
  });

  it('follow the parents that the solver named, and nothing where one is missing', () => {
    const first: Candidate = { program: middle, proposer: 's', parent: sha256(starter) };
    const last: Candidate = { program: right, proposer: 's', parent: sha256(middle) };
    assert.deepEqual(pathTo(starter, [first], last), [starter, middle, right]);
    assert.equal(pathTo(starter, [], last), null);
    const circle: Candidate = { program: middle, proposer: 's', parent: sha256(middle) };
    assert.equal(pathTo(starter, [circle], last), null);
  });
});
