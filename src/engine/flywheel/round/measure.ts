import type { CellRate, Measured, MovedTask } from '../../domain/rounds';
import { canonicalJson } from '../../domain/json';
import type { Task } from '../../domain/task';
import type { Journal } from '../../journal/journal';
import type { RecordedTrajectory } from '../../journal/questions';
import { rateInterval, type TaskTally } from '../../statistics/rateInterval';
import { cellOf } from './fits';
import type { Generation } from './generation';
import { trajectoriesIn } from './part';
import { candidatesToFix } from './rewards';

/** How often each frozen task was solved, in the order of the tasks. */
export interface Tallied {
  readonly measured: Measured;
  readonly tallies: readonly TaskTally[];
}

/** Reads what a part shows of a solver on frozen tasks. */
export function talliesIn(
  journal: Journal,
  part: string,
  tasks: readonly Task[],
  generation: Generation,
  maxCandidates: number | null,
): Tallied {
  let faults = 0;
  const fixes: number[] = [];
  const tallies = tasks.map(({ hash }): TaskTally => {
    const tried = trajectoriesIn(journal, part, hash);
    const told = tried.filter(isTold);
    faults += tried.length - told.length;
    if (maxCandidates !== null) {
      fixes.push(...told.flatMap((one) => candidatesToFix(one, maxCandidates) ?? []));
    }
    return {
      n: told.length,
      c: told.filter(({ outcome }) => outcome?.passedHidden === true).length,
    };
  });
  const counted = tallies.filter(({ n }) => n > 0);
  return {
    tallies,
    measured: {
      ...{ generation: generation.number, run: part, tasks: counted.length, faults },
      rate: mean(counted.map(({ n, c }) => c / n)),
      interval: rateInterval(tallies) ?? [0, 1],
      candidatesToFix: fixes.length === 0 ? null : mean(fixes),
    },
  };
}

/** Infrastructure faults are no wrong answers. */
function isTold({ outcome }: RecordedTrajectory): boolean {
  return (
    outcome !== undefined && outcome.stop !== 'infrastructure' && outcome.passedHidden !== null
  );
}

/** Tasks that are solved more or less often than before, those lost first. */
export function movedTasks(
  tasks: readonly Task[],
  before: readonly TaskTally[],
  after: readonly TaskTally[],
): MovedTask[] {
  return tasks
    .flatMap(({ hash, id }, place): MovedTask[] => {
      const [one, other] = [shareOf(before[place]), shareOf(after[place])];
      if (one === null || other === null || one === other) return [];
      const isForgotten = one > 0 && other === 0;
      return [{ task: hash, id, before: one, after: other, isForgotten }];
    })
    .sort((a, b) => a.after - a.before - (b.after - b.before) || (a.id < b.id ? -1 : 1));
}

/** Fewer tasks say nothing of a cell. */
const fewestInCell = 2;
const mostCells = 5;

/** The cells that are solved least, by the tasks that were tried; those of few tasks are left out. */
export function weakestCells(
  tasks: readonly Task[],
  tallies: readonly TaskTally[],
): readonly CellRate[] {
  const told = tasks.flatMap((task, place) => {
    const share = shareOf(tallies[place]);
    return share === null ? [] : [{ cell: cellOf(task), share }];
  });
  return [...Map.groupBy(told, ({ cell }) => canonicalJson(cell)).values()]
    .flatMap((group): CellRate[] => {
      const [first] = group;
      if (!first || group.length < fewestInCell) return [];
      return [{ ...first.cell, tasks: group.length, rate: mean(group.map(({ share }) => share)) }];
    })
    .filter(({ rate }) => rate < 1)
    .sort((a, b) => a.rate - b.rate || b.tasks - a.tasks || (a.concept < b.concept ? -1 : 1))
    .slice(0, mostCells);
}

function shareOf(tally: TaskTally | undefined): number | null {
  return tally && tally.n > 0 ? tally.c / tally.n : null;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
