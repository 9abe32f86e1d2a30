import { maxBatch } from '../../src/engine/domain/trajectory';
import { isOurs, type Task } from '../../src/engine/domain/task';
import type { Attempt } from '../../src/engine/solvers/search/attempt';
import type { PolicyExample } from '../../src/engine/solvers/search/policy/example';
import { examplesAlong } from '../../src/engine/solvers/search/policy/makeExamples';
import { Search, type EditOrder } from '../../src/engine/solvers/search/search';
import { ochiai } from '../../src/engine/solvers/suspicion';
import type { Syntax } from '../../src/engine/syntax/parser';
import type { Verdicts } from './verdicts';

const firstBatch = 8;
/** As the search solver goes on behind the first program that passes. */
const behindFirst = 32;

export interface Passing {
  readonly attempt: Attempt;
  /** Verdicts up to it, itself included. */
  readonly at: number;
  readonly isRight: boolean;
}

export interface Trial {
  readonly task: Task;
  readonly candidates: number;
  /** Programs that pass the visible tests. */
  readonly passing: readonly Passing[];
}

/**
 * A search under a budget of verdicts. `until: 'fix'` ends it at the first program that passes the
 * hidden tests too, which the search is not told; `'choice'` as the search solver ends it.
 */
export async function trial(
  task: Task,
  options: {
    readonly order: EditOrder | null;
    readonly budget: number;
    readonly until: 'fix' | 'choice';
    readonly verdicts: Verdicts;
    readonly syntax: Syntax;
  },
): Promise<Trial> {
  const { order, budget, until, verdicts, syntax } = options;
  const { verdict, outcome, coverage } = await verdicts.start(task);
  const problem = verdicts.problem(task);
  const { language, starter = '' } = problem;
  if (outcome === null || !isOurs(language)) return { task, candidates: 0, passing: [] };
  const search = new Search(syntax, {
    problem: { ...problem, language },
    ...{ starter, verdict, outcome, coverage, proposer: 'bench' },
    ...(order ? { order } : {}),
  });
  const passing: Passing[] = [];
  let judged = 0;
  let most = budget;
  for (let size = firstBatch; judged < most; size = Math.min(maxBatch, 2 * size)) {
    const batch = search.next(Math.min(size, most - judged));
    if (batch.length === 0) break;
    const outcomes = await verdicts.of(
      task,
      batch.map(({ candidate }) => candidate.program),
    );
    search.absorb(batch, outcomes);
    for (const [place, { attempt }] of batch.entries()) {
      if (outcomes[place]?.status !== 'passed') continue;
      const at = judged + place + 1;
      const isRight = await verdicts.passesHidden(task, attempt.program);
      passing.push({ attempt, at, isRight });
      if (until === 'choice' && passing.length === 1) most = Math.min(budget, at + behindFirst);
      if (until === 'fix' && isRight) return { task, candidates: at, passing };
    }
    judged += batch.length;
  }
  return { task, candidates: judged, passing };
}

/** What the steps to a program teach, where each is an edit that can be found again. */
export async function stepsTo(
  task: Task,
  path: readonly string[],
  verdicts: Verdicts,
  syntax: Syntax,
): Promise<readonly PolicyExample[]> {
  const { verdict, outcome, coverage } = await verdicts.start(task);
  const between = await verdicts.of(task, path.slice(1, -1));
  return examplesAlong({
    ...{ problem: verdicts.problem(task), family: task.family, path, syntax },
    outcomes: [outcome, ...between],
    suspicion: coverage && ochiai(coverage, verdict),
  }).examples;
}

export function pathOf(attempt: Attempt): string[] {
  const path: string[] = [];
  for (let at: Attempt | null = attempt; at !== null; at = at.parent) path.unshift(at.program);
  return path;
}
