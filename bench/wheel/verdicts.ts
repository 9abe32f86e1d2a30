import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf, sha256 } from '../../src/engine/domain/hash';
import { programFor, type Coverage, type Judge, type Program } from '../../src/engine/domain/ports';
import {
  hiddenTests,
  isCodeTest,
  problemOf,
  type Limits,
  type Problem,
  type Task,
  type Test,
} from '../../src/engine/domain/task';
import type { ScreenedOutcome } from '../../src/engine/domain/trajectory';
import type { Verdict } from '../../src/engine/domain/verdict';
import { outcomeOf } from '../../src/engine/solvers/search/outcome';
import type { SearchSolver } from '../../src/engine/solvers/searchSolver';

const never = new AbortController().signal;

export interface Start {
  readonly verdict: Verdict;
  readonly outcome: ScreenedOutcome | null;
  readonly coverage: Coverage | null;
}

/**
 * Real verdicts of the sandboxed judge, each (task, program) judged once: arms and seeds that
 * propose the same program share its verdict. With a file they outlast the process.
 */
export class Verdicts {
  /** Verdicts that were asked for, and those that had to be found out. */
  asked = 0;
  judged = 0;
  private readonly outcomes = new Map<string, ScreenedOutcome | null>();
  private readonly hidden = new Map<string, boolean>();
  private readonly starts = new Map<string, Promise<Start>>();
  private readonly wholes = new Map<string, Verdict>();
  private readonly problems = new Map<string, Problem>();
  private waiting: string[] = [];

  constructor(
    private readonly judge: Judge,
    private readonly solver: SearchSolver,
    private readonly file: string | null,
  ) {
    if (file === null) return;
    mkdirSync(path.dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line === '') continue;
      const [kind, key, value] = JSON.parse(line) as [string, string, unknown];
      if (kind === 'o') this.outcomes.set(key, value as ScreenedOutcome | null);
      else if (kind === 'h') this.hidden.set(key, value as boolean);
      else if (kind === 'w') this.wholes.set(key, value as Verdict);
      else this.starts.set(key, Promise.resolve(value as Start));
    }
  }

  problem(task: Task): Problem {
    let problem = this.problems.get(task.hash);
    if (!problem) this.problems.set(task.hash, (problem = problemOf(task)));
    return problem;
  }

  start(task: Task): Promise<Start> {
    let start = this.starts.get(task.hash);
    if (!start) this.starts.set(task.hash, (start = this.findStart(task)));
    return start;
  }

  private async findStart(task: Task): Promise<Start> {
    const problem = this.problem(task);
    const { tests, limits, starter = '' } = problem;
    const program = programFor(problem, starter);
    const verdict = await this.screen(problem, starter);
    const codeTests = tests.filter(isCodeTest);
    const seen = await this.judge.observe(program, codeTests, 'coverage', limits, never);
    const start = {
      verdict,
      outcome: outcomeOf(verdict, tests),
      coverage: seen.kind === 'coverage' ? seen : null,
    };
    this.keep('s', task.hash, start);
    return start;
  }

  /** The verdict on all of given tests, for making tasks. */
  async whole(program: Program, tests: readonly Test[], limits: Limits): Promise<Verdict> {
    const key = hashOf([program, tests, limits]);
    const known = this.wholes.get(key);
    if (known) return known;
    const { judge } = this;
    const verdict = await (judge.screen ?? judge.judge).call(judge, program, tests, limits, never);
    this.wholes.set(key, verdict);
    this.keep('w', key, verdict);
    return verdict;
  }

  /** What judging programs on the visible tests shows, as the search solver has them judged. */
  async of(task: Task, programs: readonly string[]): Promise<(ScreenedOutcome | null)[]> {
    const problem = this.problem(task);
    const { verdict } = await this.start(task);
    const limits = this.solver.screeningLimits(problem, verdict);
    this.asked += programs.length;
    return Promise.all(
      programs.map(async (source) => {
        const key = `${task.hash} ${sha256(source)}`;
        const known = this.outcomes.get(key);
        if (known !== undefined) return known;
        this.judged += 1;
        const outcome = outcomeOf(await this.screen(problem, source, limits), problem.tests);
        // What is not about the program may come out otherwise the next time.
        if (outcome === null) return null;
        this.outcomes.set(key, outcome);
        this.keep('o', key, outcome);
        return outcome;
      }),
    );
  }

  /** Whether a program passes the hidden tests; labels and scores, and guides no search. */
  async passesHidden(task: Task, source: string): Promise<boolean> {
    const key = `${task.hash} ${sha256(source)}`;
    const known = this.hidden.get(key);
    if (known !== undefined) return known;
    const program = programFor(task, source);
    const verdict = await this.judge.judge(program, hiddenTests(task), task.limits, never);
    const passes = verdict.status === 'passed';
    this.hidden.set(key, passes);
    this.keep('h', key, passes);
    return passes;
  }

  flush(): void {
    if (this.file !== null && this.waiting.length > 0) {
      appendFileSync(this.file, this.waiting.join(''));
    }
    this.waiting = [];
  }

  private screen(problem: Problem, source: string, limits = problem.limits): Promise<Verdict> {
    const { judge } = this;
    const asked = [programFor(problem, source), problem.tests, limits, never] as const;
    return judge.screen ? judge.screen(...asked) : judge.judge(...asked);
  }

  private keep(kind: string, key: string, value: unknown): void {
    if (this.file === null) return;
    this.waiting.push(`${JSON.stringify([kind, key, value])}\n`);
    if (this.waiting.length >= 2000) this.flush();
  }
}
