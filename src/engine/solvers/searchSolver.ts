import { sha256 } from '../domain/hash';
import { programFor, type Judge, type Solver } from '../domain/ports';
import type { Problem } from '../domain/task';
import { maxBatch, type Candidate, type Turn } from '../domain/trajectory';
import { applyEdit, editsOf, type Edit, type Operator } from '../syntax/edits';
import { functionsOf } from '../syntax/functions';
import type { Syntax } from '../syntax/parser';
import { statementLines } from './statementLines';
import { ochiai } from './suspicion';

export interface SearchSolverOptions {
  readonly judge: Judge;
  readonly syntax: Syntax;
}

/** The first batch is small, so that an easy fault costs little; each next one is twice as large. */
const firstBatch = 8;
const maxPlans = 16;
/** The task names the function that misbehaves: what it calls is less often at fault. */
const outsideEntry = 0.7;

/** How often an edit of this kind is the mend, as a share of 1; orders the search. */
const priority: Readonly<Record<Operator, number>> = {
  comparison: 1,
  offByOne: 0.9,
  constant: 0.85,
  boolean: 0.85,
  arithmetic: 0.8,
  negation: 0.75,
  call: 0.7,
  argument: 0.65,
  variable: 0.6,
  condition: 0.4,
  unwrap: 0.3,
  statement: 0.3,
};

/**
 * Search repair: proposes every one-edit change of the starter, those first that change
 * suspicious lines (Ochiai over the visible tests) by edits that often mend. Lines that no
 * failing test runs are left alone. It proposes the same for the same problem and history.
 */
export class SearchSolver implements Solver {
  readonly name = 'search-repair@1';
  private readonly plans = new Map<string, Promise<readonly Edit[]>>();

  constructor(private readonly options: SearchSolverOptions) {}

  async propose(
    problem: Problem,
    history: readonly Turn[],
    signal: AbortSignal,
  ): Promise<readonly Candidate[]> {
    const { starter } = problem;
    if (starter === undefined) return [];
    const edits = await this.planFor(problem, starter, signal);
    const tried = history.reduce((sum, turn) => sum + turn.screened, 0);
    const size = Math.min(maxBatch, firstBatch * 2 ** history.length);
    const parent = sha256(starter);
    return edits.slice(tried, tried + size).map((edit) => ({
      program: applyEdit(starter, edit),
      proposer: this.name,
      parent,
      operator: edit.operator,
      note: `${edit.operator}, line ${String(edit.line)}: ${edit.note}`,
    }));
  }

  private planFor(
    problem: Problem,
    starter: string,
    signal: AbortSignal,
  ): Promise<readonly Edit[]> {
    const known = this.plans.get(problem.hash);
    if (known) return known;
    const plan = this.plan(problem, starter, signal);
    this.plans.set(problem.hash, plan);
    // A plan that was cancelled or failed is no plan for the next time.
    plan.catch(() => this.plans.delete(problem.hash));
    if (this.plans.size > maxPlans) {
      const oldest = this.plans.keys().next();
      if (oldest.done !== true) this.plans.delete(oldest.value);
    }
    return plan;
  }

  private async plan(
    problem: Problem,
    starter: string,
    signal: AbortSignal,
  ): Promise<readonly Edit[]> {
    const { judge, syntax } = this.options;
    const program = programFor(problem, starter);
    const [verdict, observation] = await Promise.all([
      judge.judge(program, problem.tests, problem.limits, signal),
      judge.observe(program, problem.tests, problem.limits, signal),
    ]);
    signal.throwIfAborted();
    const edits = editsOf(syntax, problem.language, starter);
    if (observation.kind === 'unavailable') return byRank(edits, (edit) => priority[edit.operator]);
    const suspicion = ochiai(observation, verdict);
    const statementLine = statementLines(syntax, problem.language, starter);
    const entry = functionsOf(syntax, problem.language, starter).find(
      ({ name }) => name === problem.entryPoint,
    );
    const isInEntry = ({ start }: Edit): boolean =>
      entry === undefined || (start >= entry.start && start < entry.end);
    const rank = (edit: Edit): number => {
      const lines = [edit.line, statementLine(edit.start)];
      const most = Math.max(...lines.map((line) => suspicion.get(line) ?? 0));
      return most * priority[edit.operator] * (isInEntry(edit) ? 1 : outsideEntry);
    };
    return byRank(edits, rank).filter((edit) => rank(edit) > 0);
  }
}

/** Highest rank first; by position among equals. */
function byRank(edits: readonly Edit[], rank: (edit: Edit) => number): readonly Edit[] {
  return edits
    .map((edit) => ({ edit, rank: rank(edit) }))
    .sort((a, b) => b.rank - a.rank || a.edit.start - b.edit.start)
    .map(({ edit }) => edit);
}
