import { isRight, lastTurn, type Attempt, type AttemptTurn } from '../attempt';
import { talliesOf, type TaskAttempts } from './byTask';
import { isRightBy } from './passRates';
import { rateOf, type Rate } from './rate';

/** What one turn changed, over all attempts that had a program before and in it. */
export interface TurnRow {
  readonly turn: number;
  /** Attempts that had a program in this turn. */
  readonly programs: number;
  /** Solved where the right turn could be told: an upper bound that no stop rule reaches. */
  readonly oracleStop: Rate;
  /** Solved by the answer that the stop rule gives with so many turns. May fall. */
  readonly realised: Rate;
  /** Wrong before, right now; and the other way round. Against the program before. */
  readonly fixed: number;
  readonly broke: number;
  readonly stayedRight: number;
  readonly stayedWrong: number;
}

/** Curves and changes per turn; both curves stand beside each other, their gap is the stop rule's. */
export function turnRows(tasks: readonly TaskAttempts[]): TurnRow[] {
  const attempts = tasks.flatMap((task) => task.attempts);
  return Array.from({ length: lastTurn(attempts) }, (_, index) => {
    const turn = index + 1;
    const steps = attempts.flatMap((attempt) => stepsOf(attempt).filter((one) => one.to === turn));
    const count = (before: boolean, after: boolean): number =>
      steps.filter((step) => step.wasRight === before && step.isRight === after).length;
    return {
      turn,
      programs: attempts.filter(({ turns }) => (turns[index]?.program ?? null) !== null).length,
      oracleStop: rateOf(talliesOf(tasks, (attempt) => isRightBy(attempt, turn))),
      realised: rateOf(talliesOf(tasks, (attempt) => isRight(attempt, turn))),
      fixed: count(false, true),
      broke: count(true, false),
      stayedRight: count(true, true),
      stayedWrong: count(false, false),
    };
  });
}

/** How often the program after a failing one of some kind was right. */
export interface FixedByClass {
  readonly status: AttemptTurn['status'];
  readonly failing: number;
  readonly fixed: number;
}

export function fixedByClass(attempts: readonly Attempt[]): FixedByClass[] {
  const steps = attempts.flatMap(stepsOf).filter(({ wasRight }) => !wasRight);
  return [...Map.groupBy(steps, ({ before }) => before.status)]
    .map(([status, some]) => ({
      status,
      failing: some.length,
      fixed: some.filter((step) => step.isRight).length,
    }))
    .sort((a, b) => b.failing - a.failing);
}

interface Step {
  readonly to: number;
  readonly before: AttemptTurn;
  readonly wasRight: boolean;
  readonly isRight: boolean;
}

/** From each program to the next one; where hidden verdicts are missing there is no step. */
function stepsOf({ turns }: Attempt): Step[] {
  const programs = turns.filter(({ program }) => program !== null);
  return programs.slice(1).flatMap((after, index): Step[] => {
    const before = programs[index];
    if (!before || before.passesHidden === null || after.passesHidden === null) return [];
    const { passesHidden: wasRight } = before;
    return [{ to: after.number, before, wasRight, isRight: after.passesHidden }];
  });
}
