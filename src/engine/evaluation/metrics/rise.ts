import type { Attempt, AttemptTurn } from '../attempt';
import { talliesOf, type TaskAttempts } from './byTask';
import { isRightBy } from './passRates';
import { rateOf, rateOfValues, undefinedRate, mean, type Rate } from './rate';

/**
 * The measures of RISE (Qu et al. 2024, 2407.18219). `m1@t1`: one sample, its first turn. `m5@t1`:
 * the majority of five first turns. `m1@t5`: the majority of the five turns of one trajectory.
 * `p1@t5`: any of those five. `m5@t1` and `m1@t5` use equally many programs.
 */
export interface RiseMeasures {
  readonly 'm1@t1': Rate;
  readonly 'm5@t1': Rate;
  readonly 'm1@t5': Rate;
  readonly 'p1@t5': Rate;
  /** Attempts that ended before turn 5 because visible tests passed: fewer turns voted. */
  readonly endedEarly: number;
}

const votes = 5;

/** The majority is one of behaviours on the inputs of tests, right or wrong; ties go to the later. */
export function riseMeasures(tasks: readonly TaskAttempts[]): RiseMeasures {
  const attempts = tasks.flatMap((task) => task.attempts);
  const isBounded = attempts.some(({ turns, stop }) => turns.length < votes && stop !== 'solved');
  const byTurns = (is: (attempt: Attempt) => boolean | null): Rate =>
    isBounded
      ? undefinedRate('not all trajectories that were not solved have 5 turns')
      : rateOf(talliesOf(tasks, is));
  return {
    'm1@t1': rateOf(talliesOf(tasks, (attempt) => isRightBy(attempt, 1))),
    'm5@t1': majorityOfSamples(tasks),
    'm1@t5': byTurns((attempt) => majority(attempt.turns.slice(0, votes))),
    'p1@t5': byTurns((attempt) => isRightBy(attempt, votes)),
    endedEarly: attempts.filter(({ turns, stop }) => turns.length < votes && stop === 'solved')
      .length,
  };
}

/** The mean over every five samples in a row, the last ones followed by the first. */
function majorityOfSamples(tasks: readonly TaskAttempts[]): Rate {
  const values: number[] = [];
  for (const { attempts } of tasks) {
    const firsts = attempts.flatMap(({ turns }) => turns.slice(0, 1));
    if (firsts.length < votes) {
      return undefinedRate('not every task has 5 samples');
    }
    const round = [...firsts, ...firsts];
    const found = firsts.map((_, from) => majority(round.slice(from, from + votes)));
    const told = found.filter((value) => value !== null);
    if (told.length > 0) values.push(mean(told.map(Number)));
  }
  return rateOfValues(values);
}

/** Whether the most common behaviour is right. Null where a behaviour is not known. */
function majority(turns: readonly AttemptTurn[]): boolean | null {
  const programs = turns.filter(({ program }) => program !== null);
  const groups = new Map<string, { count: number; last: number; isRight: boolean }>();
  for (const [place, { behaviour, passesHidden }] of programs.entries()) {
    if (behaviour === null || passesHidden === null) return null;
    const count = (groups.get(behaviour)?.count ?? 0) + 1;
    groups.set(behaviour, { count, last: place, isRight: passesHidden });
  }
  const [chosen] = [...groups.values()].sort((a, b) => b.count - a.count || b.last - a.last);
  return chosen?.isRight ?? false;
}
