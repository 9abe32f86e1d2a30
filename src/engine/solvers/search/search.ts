import { sha256 } from '../../domain/hash';
import type { Coverage } from '../../domain/ports';
import type { Language, Problem } from '../../domain/task';
import type { Candidate, ScreenedOutcome } from '../../domain/trajectory';
import type { Verdict } from '../../domain/verdict';
import { mendsOf, type Mend } from '../../syntax/mends';
import type { Words } from '../../syntax/operators/operator';
import { wordsOf } from '../../syntax/operators/wordsOfTask';
import type { Syntax } from '../../syntax/parser';
import { syntaxProblem } from '../../syntax/problem';
import { structureOf } from '../../syntax/structure';
import { ochiai } from '../suspicion';
import { edited, noteOf, starterAttempt, type Attempt, type Opened } from './attempt';
import { Crossing } from './crossing';
import { Frontier } from './frontier';
import { notationRepairs } from './notationRepairs';
import { placesOf } from './placeWeight';
import type { EditState } from './policy/features';
import { byRank, handRanks, type RankedMend } from './ranking';

export interface SearchStart {
  readonly problem: Problem & { readonly language: Language };
  readonly starter: string;
  readonly verdict: Verdict;
  readonly outcome: ScreenedOutcome;
  /** Null where the starter ran nothing that could be watched. */
  readonly coverage: Coverage | null;
  readonly proposer: string;
  /** In which order the edits of a program are tried; the hand priority where absent. */
  readonly order?: EditOrder;
}

/** Puts the edits of one state in order. It may leave none out, and depends on nothing else. */
export type EditOrder = (state: EditState, ranked: readonly RankedMend[]) => readonly RankedMend[];

/** The most edits of one program: more are no small mend, and hardly ever right. */
export const maxEdits = 3;
/** Of every batch, the share for edits of the starter while there are any: its first, the rest. */
const starterShare = 0.7;
const lateStarterShare = 0.4;
const firstEdits = 300;
/** A candidate that was judged and passed, or stands to be judged. */
export interface Tried {
  readonly attempt: Attempt;
  readonly candidate: Candidate;
}

/**
 * Best-first search over one to three edits of a starter. What it proposes depends on the start and
 * on the outcomes that it was told, and on nothing else. Programs of the same structure are
 * proposed once, those that do not parse never.
 */
export class Search {
  readonly passing: Tried[] = [];
  /** Candidates judged since the first that passed. */
  sincePassed = 0;
  /** By place of a visible test: whether some judged program passed it, and some did not. */
  readonly sawPassed: boolean[] = [];
  readonly sawFailed: boolean[] = [];
  private readonly root: Opened;
  private readonly frontier = new Frontier();
  private readonly crossing: Crossing;
  /** Programs by their text, which costs nothing to compare, and by their structure. */
  private readonly met = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly words: Words;
  private readonly suspicion: ReadonlyMap<number, number> | null;
  private readonly notation: Attempt[];

  constructor(
    private readonly syntax: Syntax,
    private readonly start: SearchStart,
  ) {
    const { starter, problem, verdict, coverage, outcome } = start;
    this.root = { attempt: starterAttempt(starter), outcome, edits: null, tried: 0 };
    this.crossing = new Crossing(starter, maxEdits);
    this.words = wordsOf(problem.prompt, problem.language);
    const suspicion = coverage && ochiai(coverage, verdict);
    this.suspicion = suspicion?.size ? suspicion : null;
    this.seen.add(this.structureOf(starter) ?? sha256(starter));
    this.met.add(starter);
    this.notation =
      verdict.status === 'notCompiled'
        ? [...notationRepairs(syntax, problem.language, starter, verdict)]
        : [];
    this.noteTests(outcome);
  }

  /** How many more to judge before choosing: behind the first that passed, so many for each edit. */
  wanted(perEdit: number): number {
    if (this.passing.length === 0) return Infinity;
    const fewest = Math.min(...this.passing.map(({ attempt }) => attempt.edits.length));
    return Math.max(0, perEdit * fewest - this.sincePassed);
  }

  /** The next candidates, at most `size`; fewer only where the space is exhausted. */
  next(size: number): readonly Tried[] {
    const batch: Tried[] = [];
    const share = this.root.tried < firstEdits ? starterShare : lateStarterShare;
    const ofStarter = Math.ceil(size * share);
    while (batch.length < size) {
      const best = this.frontier.best();
      const isStarters = batch.length < ofStarter || best === undefined;
      // Each second one of those: what was put together may lead nowhere.
      const crossed = isStarters || batch.length % 2 === 0 ? null : this.crossed();
      const attempt = this.notation.shift() ?? crossed ?? this.goOn(isStarters ? this.root : best);
      if (attempt) batch.push(this.tried(attempt));
      else if (isStarters && best === undefined) {
        if (!this.frontier.reopen()) break;
      } else if (isStarters) {
        const other = this.goOn(best);
        if (other) batch.push(this.tried(other));
        else this.frontier.remove(best);
      } else this.frontier.remove(best);
    }
    return batch;
  }

  /** What judging a batch showed, by place in it. */
  absorb(batch: readonly Tried[], outcomes: readonly (ScreenedOutcome | null)[]): void {
    if (this.passing.length > 0) this.sincePassed += batch.length;
    for (const [place, one] of batch.entries()) {
      const outcome = outcomes[place];
      if (!outcome) continue;
      this.noteTests(outcome);
      if (outcome.status === 'passed') this.passing.push(one);
      else if (one.attempt.edits.length < maxEdits) {
        const opened = { attempt: one.attempt, outcome, edits: null, tried: 0 };
        if (this.isNearer(outcome)) {
          this.crossing.add(one.attempt, outcome.behaviour, outcome.distance);
          this.frontier.add(opened);
        } else this.frontier.setAside(opened);
      }
    }
  }

  private isNearer({ behaviour, distance }: ScreenedOutcome): boolean {
    const { outcome } = this.root;
    return behaviour !== outcome.behaviour && distance <= outcome.distance;
  }

  private noteTests({ passed }: ScreenedOutcome): void {
    for (const [place, mark] of Array.from(passed).entries()) {
      (mark === '1' ? this.sawPassed : this.sawFailed)[place] = true;
    }
  }

  private crossed(): Attempt | null {
    for (;;) {
      const attempt = this.crossing.next();
      if (!attempt) return null;
      if (this.isNew(attempt.program)) return attempt;
    }
  }

  /** Marks a program as met; false where it, or one of its structure, was, or it does not parse. */
  private isNew(program: string): boolean {
    if (this.met.has(program)) return false;
    this.met.add(program);
    const structure = this.structureOf(program);
    if (structure === null || this.seen.has(structure)) return false;
    this.seen.add(structure);
    return true;
  }

  private goOn(from: Opened): Attempt | null {
    from.edits ??= this.editsOf(from);
    while (from.tried < from.edits.length) {
      const edit = from.edits[from.tried];
      from.tried += 1;
      if (!edit) break;
      const attempt = edited(from.attempt, edit);
      if (this.isNew(attempt.program)) return attempt;
    }
    return null;
  }

  private tried(attempt: Attempt): Tried {
    const { proposer } = this.start;
    const candidate: Candidate = {
      program: attempt.program,
      proposer,
      parent: sha256((attempt.parent ?? attempt).program),
      operator: attempt.edits.map(({ operator }) => operator).join('+'),
      note: noteOf(attempt),
    };
    return { attempt, candidate };
  }

  private structureOf(program: string): string | null {
    return structureOf(this.syntax, this.start.problem.language, program);
  }

  private editsOf({ attempt, outcome }: Opened): readonly Mend[] {
    const { problem } = this.start;
    const { language, entryPoint } = problem;
    const { program } = attempt;
    if (syntaxProblem(this.syntax, language, program) !== null) return [];
    const edits = mendsOf(this.syntax, language, program, this.words);
    const { suspicion } = this;
    const { lineInStarter, edits: steps } = attempt;
    const places = { language, entryPoint, program, suspicion, lineInStarter, edits: steps.length };
    const placeOf = placesOf(this.syntax, places);
    const ranked = handRanks(edits, outcome.symptom, (edit) => placeOf(edit).weight);
    const state = { language, program, outcome, steps, placeOf };
    const inOrder = this.start.order?.(state, ranked) ?? byRank(ranked);
    return inOrder.map(({ edit }) => edit);
  }
}
