import { programFor, type Judge, type Solver } from '../domain/ports';
import { isCodeTest, isOurs, type Limits, type Problem } from '../domain/task';
import { maxBatch, type Candidate, type Turn } from '../domain/trajectory';
import type { Verdict } from '../domain/verdict';
import type { Syntax } from '../syntax/parser';
import { choose, type Behaviours } from './search/choose';
import { outcomeOf } from './search/outcome';
import { policyHash, type EditPolicy } from './search/policy/editPolicy';
import { orderedBy } from './search/policy/order';
import { Search, type Tried } from './search/search';
import { choiceWords } from './search/words';

export interface SearchSolverOptions {
  readonly judge: Judge;
  readonly syntax: Syntax;
  /** What programs give on generated calls, in the sandbox; without it, agreement is not asked. */
  readonly behaviours?: (
    problem: Problem,
    programs: readonly string[],
    signal: AbortSignal,
  ) => Promise<Behaviours | null>;
  /** In which order edits are tried; the hand priority where absent. */
  readonly policy?: EditPolicy;
}

/** The first batch is small, so that an easy fault costs little; each next one is twice as large. */
const firstBatch = 8;
const maxSearches = 16;
/**
 * Candidates judged behind the first that passes, for each of its edits: rivals, to find the call
 * that would decide. None, 12, 16 and 32 gave as many right choices, but for one task in 42
 * (`npm run bench search`); that many cost some 40 ms.
 */
const behindFirst = 32;
/**
 * A candidate that runs away costs no more processor time than this, and no more than so many times
 * what judging the starter took: but for an edit or two it is the same program on the same tests.
 */
const mostCpuMs = 400;
const leastCpuMs = 50;
const timesStarter = 3;
/** Where the starter runs away itself most candidates do too, and a right one is a small program still. */
const runawayCpuMs = 20;

const untaughtName = 'search-repair@2';

/** What is kept of one trajectory: the search, and the turns that it has seen. */
interface Kept {
  readonly search: Search;
  readonly turns: Turn[];
  readonly batches: (readonly Tried[])[];
  isOver: boolean;
}

/**
 * Search repair: programs one to three small edits away from the starter. Edits of suspicious lines
 * (Ochiai over the visible tests) by operators that often mend come first; programs whose outputs
 * come nearer to the expected ones are gone on from. It goes on for a while behind the first that
 * passes, then chooses, says how far the choice is to be trusted, and keeps the next best. It
 * proposes the same for the same problem and history.
 */
export class SearchSolver implements Solver {
  readonly name: string;
  readonly choosesAmongPassing = true;
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly options: SearchSolverOptions) {
    const { policy } = options;
    this.name = policy ? `${untaughtName}+${policyHash(policy).slice(0, 12)}` : untaughtName;
  }

  screeningLimits({ limits }: Problem, start?: Verdict): Limits {
    const tookMs = start?.durationMs ?? Infinity;
    const adaptedMs =
      start?.status === 'timedOut'
        ? runawayCpuMs
        : Math.min(mostCpuMs, Math.max(leastCpuMs, timesStarter * tookMs));
    return { ...limits, cpuMs: Math.ceil(Math.min(limits.cpuMs ?? mostCpuMs, adaptedMs)) };
  }

  async propose(
    problem: Problem,
    history: readonly Turn[],
    signal: AbortSignal,
  ): Promise<readonly Candidate[]> {
    const kept = await this.keptFor(problem, history, signal);
    if (kept === null || kept.isOver) return [];
    const { search, batches } = kept;
    const batch = search.next(batchSize(search, history.length));
    if (batch.length > 0) {
      batches.push(batch);
      return batch.map(({ candidate }) => candidate);
    }
    kept.isOver = true;
    const sources = problem.tests.map((test) => ('source' in test ? test.source : ''));
    const chosen = await choose(search, sources, problem.prompt, (programs) => {
      return this.options.behaviours?.(problem, programs, signal) ?? Promise.resolve(null);
    });
    signal.throwIfAborted();
    if (chosen === null) return [];
    batches.push([chosen]);
    const { candidate, choice } = chosen;
    return [{ ...candidate, choice, note: `${candidate.note ?? ''} (${choiceWords(choice)})` }];
  }

  /** The search as the history left it; from the start where it is another than was seen. */
  private async keptFor(
    problem: Problem,
    history: readonly Turn[],
    signal: AbortSignal,
  ): Promise<Kept | null> {
    let kept = this.kept.get(problem.hash);
    const isNext =
      kept !== undefined &&
      kept.batches.length === history.length &&
      kept.turns.every((turn, at) => turn === history[at]);
    if (!kept || !isNext) {
      const search = await this.begin(problem, signal);
      if (search === null) return null;
      kept = { search, turns: [], batches: [], isOver: false };
      this.keep(problem.hash, kept);
    }
    for (const turn of history.slice(kept.turns.length)) {
      const at = kept.turns.length;
      const proposed = (): readonly Tried[] => kept.search.next(batchSize(kept.search, at));
      const batch = kept.batches[at] ?? (turn.candidate.choice ? [] : proposed());
      kept.batches[at] = batch;
      // The last batch may have been cut by the bound on candidates.
      kept.search.absorb(batch.slice(0, turn.screened), turn.outcomes ?? []);
      kept.batches[at] = [];
      kept.turns.push(turn);
      kept.isOver ||= turn.candidate.choice !== undefined;
    }
    return kept;
  }

  private keep(hash: string, kept: Kept): void {
    this.kept.delete(hash);
    this.kept.set(hash, kept);
    if (this.kept.size <= maxSearches) return;
    const oldest = this.kept.keys().next();
    if (oldest.done !== true) this.kept.delete(oldest.value);
  }

  private async begin(problem: Problem, signal: AbortSignal): Promise<Search | null> {
    const { judge, syntax, policy } = this.options;
    const { language, starter, tests, limits } = problem;
    if (starter === undefined || !isOurs(language)) return null;
    const program = programFor(problem, starter);
    const [verdict, observation] = await Promise.all([
      // As its candidates are judged, so that what they give is compared with like.
      (judge.screen ?? judge.judge).call(judge, program, tests, limits, signal),
      judge.observe(program, tests.filter(isCodeTest), 'coverage', limits, signal),
    ]);
    signal.throwIfAborted();
    const outcome = outcomeOf(verdict, tests);
    if (outcome === null) return null;
    const coverage = observation.kind === 'coverage' ? observation : null;
    return new Search(syntax, {
      problem: { ...problem, language },
      ...{ starter, verdict, outcome, coverage, proposer: this.name },
      ...(policy ? { order: (state, ranked) => orderedBy(policy, syntax, state, ranked) } : {}),
    });
  }
}

/** Of the batch that comes behind so many; 0 once there is enough to choose from. */
function batchSize(search: Search, batches: number): number {
  return Math.min(maxBatch, firstBatch * 2 ** batches, search.wanted(behindFirst));
}
