import type { RoundStep } from '../../engine/domain/rounds';
import type { RoundsStory, RoundStory } from '../../engine/domain/roundsStory';
import type { RunSummary } from '../../engine/domain/view';
import type { StepQuestion } from './messages';
import type { RoundsTexts } from './texts';

export const steps = [
  'measure',
  'choose',
  'evolve',
  'solve',
  'update',
  'compare',
] as const satisfies readonly RoundStep[];

/** `62 %`, with a digit behind the point only where it says something. */
export function rateWords(share: number): string {
  const percent = 100 * share;
  const rounded = Math.round(percent * 10) / 10;
  return `${Number.isInteger(rounded) ? rounded.toFixed(0) : rounded.toFixed(1)} %`;
}

/** `[50–77]`, in per cent. */
export function intervalWords([low, high]: readonly [number, number]): string {
  return `[${Math.round(100 * low)}–${Math.round(100 * high)}]`;
}

/** A difference of shares in percentage points, always with its sign. */
export function pointsWords(difference: number): string {
  const points = Math.round(1000 * difference) / 10;
  const sign = points > 0 ? '+' : points < 0 ? '−' : '±';
  return `${sign}${Math.abs(points).toFixed(1)}`;
}

/** `[−4.0, +21.3]`, of a difference in percentage points. */
export function pointsInterval([low, high]: readonly [number, number]): string {
  return `[${pointsWords(low)}, ${pointsWords(high)}]`;
}

export function countWords(count: number, texts: RoundsTexts): string {
  return new Intl.NumberFormat(texts.locale).format(count);
}

/** Where rounds are, in one line. */
export function placeWords(run: RunSummary, texts: RoundsTexts): string {
  const { round, goals, state, done = 0, total = 0 } = run;
  if (state === 'finished') return texts.roundsDone(goals?.rounds ?? round?.number ?? 0);
  if (round === undefined) return texts.gathering;
  const of = Math.max(goals?.rounds ?? 0, round.number);
  const place = texts.nowAt(round.number, of, texts.steps[round.step]);
  return total > 0 && state === 'running' ? `${place} · ${texts.doneOf(done, total)}` : place;
}

export type StepState = 'done' | 'now' | 'waits' | 'stopped' | 'next';

/** How far a step of a round is. */
export function stepState(
  round: RoundStory,
  step: RoundStep,
  run: RunSummary,
  question: StepQuestion | null,
): StepState {
  if (round[step] !== undefined) return 'done';
  if (question?.round === round.number && question.step === step) return 'waits';
  const isHere = run.round?.number === round.number && run.round.step === step;
  if (!isHere) return 'next';
  return run.state === 'running' ? 'now' : 'stopped';
}

/** What a step came to, in a few words; empty where it has not ended. */
export function stepWords(round: RoundStory, step: RoundStep, texts: RoundsTexts): string {
  const count = (number: number): string => countWords(number, texts);
  const { measure, choose, evolve, solve, update, compare } = round;
  switch (step) {
    case 'measure':
      return measure ? texts.measured(rateWords(measure.rate), count(measure.tasks)) : '';
    case 'choose':
      return choose ? texts.chose(count(choose.chosen), count(choose.of)) : '';
    case 'evolve':
      return evolve ? texts.evolved(count(evolve.made), count(evolve.old), count(evolve.new)) : '';
    case 'solve':
      return solve ? texts.solved(count(solve.solved), count(solve.tasks)) : '';
    case 'update':
      return update ? texts.updated(count(update.pairs), count(update.replayed)) : '';
    case 'compare':
      return compare
        ? texts.measured(rateWords(compare.after.rate), count(compare.after.tasks))
        : '';
  }
}

/** The run that holds what a step tried, where it holds any. */
export function stepRun(round: RoundStory, step: RoundStep): string | null {
  switch (step) {
    case 'measure':
      return round.measure?.run ?? null;
    case 'choose':
      return round.choose?.run ?? null;
    case 'solve':
      return round.solve?.run ?? null;
    case 'compare':
      return round.compare?.after.run ?? null;
    case 'evolve':
    case 'update':
      return null;
  }
}

/** The verdict on a round in words: `better · kept`. */
export function verdictWords({ compare }: RoundStory, texts: RoundsTexts): string {
  if (compare === undefined) return '';
  const kept = compare.isKept ? texts.kept : texts.rolledBack;
  return `${texts.outcomes[compare.outcome]} · ${kept}`;
}

/** What a question says, whole. */
export function questionWords(question: StepQuestion, texts: RoundsTexts): string {
  const { round, step, tasks, candidates } = question;
  const cost =
    step === 'update'
      ? texts.askedTasks(countWords(tasks, texts))
      : texts.askedCost(countWords(tasks, texts), countWords(candidates, texts));
  return `${texts.asks(round, texts.stepAims[step])} ${cost}`;
}

/** Counts by reason, the largest first. */
export function reasonsWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');
}

/** Said once when it changes, for those who do not see the page. */
export function spokenWords(
  { run, rounds }: RoundsStory,
  question: StepQuestion | null,
  texts: RoundsTexts,
): string {
  if (question !== null) return questionWords(question, texts);
  const last = rounds.findLast(({ compare }) => compare !== undefined);
  const verdict = last ? `${texts.roundName(last.number)}: ${verdictWords(last, texts)}. ` : '';
  const { done: _, total: _total, ...place } = run;
  return `${verdict}${texts.states[run.state]}, ${placeWords(place, texts)}`;
}
