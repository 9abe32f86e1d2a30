import { passedCount, type Verdict } from '../domain/verdict';
import { maxLessons, type FeedbackKind, type Strategy, type Turn } from '../domain/trajectory';
import { fingerprint } from './fingerprint';
import { drawNode } from './tree';

/** How a guided trajectory goes on; frozen with a run. */
export interface DebuggingSettings {
  readonly feedback: FeedbackKind;
  readonly strategy: Strategy;
  /** Samples of the first turn with the strategy `parallel`. */
  readonly breadth: number;
  readonly seed: number;
}

/** The same failure this often changes the approach, and then ends the trajectory. */
const stuckAt = 2;
const repeatingAt = 3;

export interface NextStep {
  readonly kind: 'sample' | 'refine';
  readonly breadth: number;
  readonly base?: Turn;
  readonly best?: Turn;
  readonly lessons: readonly string[];
  readonly isStuck: boolean;
  readonly feedback: FeedbackKind;
  /** Visible tests that the last turn broke, where it is not built upon for that. */
  readonly broken: readonly string[];
}

/**
 * What to do after the turns so far: sample or refine, which turn, with which feedback. Null where
 * the same failure came back too often. Only what visible tests found is looked at.
 */
export function nextStep(
  turns: readonly Turn[],
  settings: DebuggingSettings,
  random: () => number,
  missed: number,
): NextStep | null {
  const last = turns.at(-1);
  const first = settings.strategy === 'parallel' ? settings.breadth : 1;
  const sample = { kind: 'sample', breadth: 1, broken: [], feedback: settings.feedback } as const;
  if (missed >= repeatingAt) return null;
  if (!last) return { ...sample, breadth: first, lessons: [], isStuck: missed > 0 };
  const print = fingerprint(last);
  const times = turns.filter((turn) => fingerprint(turn) === print).length;
  if (times >= repeatingAt) return null;
  const isStuck = times >= stuckAt || missed > 0;
  const fresh = { ...sample, isStuck, lessons: lessonsOf(turns, true) };
  const base = baseOf(turns, settings, random, isStuck);
  if (base === null) return fresh;
  const broken = base === last ? [] : brokenBy(base.verdict, last.verdict);
  const best = bestOf(turns);
  return {
    kind: 'refine',
    breadth: 1,
    base,
    isStuck,
    broken,
    lessons: lessonsOf(turns, false),
    feedback: feedbackKind(turns, base, settings.feedback, isStuck),
    ...(best && isWorthShowing(best, base) ? { best } : {}),
  };
}

/** A best turn is shown beside the one to mend where it passes something and is another program. */
function isWorthShowing(best: Turn, base: Turn): boolean {
  const isOther = best.candidate.program.trim() !== base.candidate.program.trim();
  return isOther && passedCount(best.verdict) > 0;
}

/** The turn to mend; null for a fresh sample. */
function baseOf(
  turns: readonly Turn[],
  { strategy }: DebuggingSettings,
  random: () => number,
  isStuck: boolean,
): Turn | null {
  switch (strategy) {
    case 'tree':
      return drawNode(turns, random);
    case 'restart':
      return isStuck || !hasProgress(turns) ? null : standing(turns);
    case 'chain':
    case 'parallel':
      return standing(turns);
  }
}

/** The last turn that broke nothing of what the one before it, that stands, had passed. */
function standing(turns: readonly Turn[]): Turn | null {
  return turns.reduce<Turn | null>(
    (stands, turn) =>
      stands !== null && brokenBy(stands.verdict, turn.verdict).length > 0 ? stands : turn,
    null,
  );
}

/** Tests that passed before and do not now. */
export function brokenBy(before: Verdict, after: Verdict): string[] {
  const passes = new Set(
    after.tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id),
  );
  return before.tests
    .filter(({ id, outcome }) => outcome === 'passed' && !passes.has(id))
    .map(({ id }) => id);
}

/** False after a correction that passes no more than the best turn before it. */
function hasProgress(turns: readonly Turn[]): boolean {
  const last = turns.at(-1);
  if (!last || last.candidate.told?.approach !== 'refine') return true;
  const before = Math.max(...turns.slice(0, -1).map(({ verdict }) => passedCount(verdict)));
  return passedCount(last.verdict) > before;
}

/** The turn that passes most, the earlier among equals. */
export function bestOf(turns: readonly Turn[]): Turn | undefined {
  return turns.reduce<Turn | undefined>(
    (best, turn) => (!best || isBetter(turn, best) ? turn : best),
    undefined,
  );
}

/** What its proposer chose among equals stands before the first of them. */
function isBetter(turn: Turn, best: Turn): boolean {
  const more = passedCount(turn.verdict) - passedCount(best.verdict);
  return more > 0 || (more === 0 && turn.candidate.choice !== undefined);
}

/** The last lessons that the solver wrote down; else one line of what failed, for a fresh sample. */
function lessonsOf(turns: readonly Turn[], isFresh: boolean): string[] {
  const learned = turns.flatMap(({ candidate }) => candidate.told?.learned ?? []);
  const distinct = [...new Set(learned)].slice(-maxLessons);
  const last = turns.at(-1);
  return distinct.length > 0 || !isFresh || !last ? distinct : [memoryOf(last.verdict)];
}

const maxMemoryChars = 200;

function memoryOf({ tests, status, message }: Verdict): string {
  const failing = tests.find(({ outcome }) => outcome !== 'passed' && outcome !== 'notRun');
  const what = failing?.statement ?? failing?.message ?? message ?? status;
  return `An earlier attempt ended as ${status}: ${what.replace(/\s+/g, ' ')}`.slice(
    0,
    maxMemoryChars,
  );
}

/**
 * `explain` moves on to `trace` once an explanation was given and the failure is an assertion, or
 * as soon as it repeats. What does not compile gets the parser's words and no explanation; where
 * nothing can be run there is only an explanation.
 */
function feedbackKind(
  turns: readonly Turn[],
  base: Turn,
  asked: FeedbackKind,
  isStuck: boolean,
): FeedbackKind {
  const { verdict } = base;
  if (verdict.status === 'noTests') return asked === 'simple' ? 'simple' : 'rubber-duck';
  if (verdict.status === 'notCompiled') return 'test';
  if (asked !== 'explain') return asked;
  const wasExplained = turns.some(({ candidate }) => {
    const kind = candidate.told?.feedback?.kind;
    return kind === 'explain' || kind === 'trace';
  });
  const isAssertion = verdict.tests.some(({ outcome }) => outcome === 'failed');
  return isStuck || (wasExplained && isAssertion) ? 'trace' : 'explain';
}
