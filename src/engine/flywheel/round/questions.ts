import {
  roundSteps,
  type CurvePoint,
  type Lesson,
  type MovedTask,
  type RoundComparison,
  type RoundView,
} from '../../domain/rounds';
import type { Journal } from '../../journal/journal';
import type { Chosen } from './choose';
import { stepKey } from './context';
import type { Evolved } from './evolve';
import type { Goals } from './goals';
import type { Tallied } from './measure';
import type { Updated } from './update';

const kindOf = (name: string): string => stepKey(0, name).kind;
const allKinds = roundSteps.flatMap((name) => [kindOf(name), kindOf(`confirm/${name}`)]);

/** The rounds of a run in order, with what each step left; the last may not have ended. */
export function roundsOf(journal: Journal, run: string): RoundView[] {
  const byRound = Map.groupBy(journal.effects(run, allKinds), ({ sample }) => sample);
  return [...byRound]
    .sort(([a], [b]) => a - b)
    .map(([number, effects]): RoundView => {
      const value = (name: string): unknown =>
        effects.find(({ kind }) => kind === kindOf(name))?.value;
      const measure = value('measure') as Tallied | undefined;
      const choose = value('choose') as Chosen | undefined;
      const evolve = value('evolve') as Evolved | undefined;
      const solve = value('solve') as RoundView['solve'];
      const update = value('update') as Updated | undefined;
      const compare = value('compare') as RoundComparison | undefined;
      return {
        number,
        confirmed: roundSteps.filter((name) => value(`confirm/${name}`) !== undefined),
        ...(measure ? { measure: measure.measured } : {}),
        ...(choose
          ? {
              choose: {
                run: `${run}/${String(number)}/choose`,
                ...{ tasks: choose.weighed, isUniform: choose.isUniform },
              },
            }
          : {}),
        ...(evolve ? { evolve: evolveView(evolve) } : {}),
        ...(solve ? { solve } : {}),
        ...(update ? { update: updateView(update) } : {}),
        ...(compare ? { compare } : {}),
      };
    });
}

function evolveView({ made, rejected, old, new: fresh, warnings }: Evolved) {
  return { made: made.length, rejected, old, new: fresh, warnings };
}

function updateView({ generation, pairs, replayed, refused, dataset }: Updated) {
  return {
    ...{ generation: generation.number, pairs, replayed, refused },
    ...(dataset === undefined ? {} : { dataset }),
  };
}

/** Generations on the frozen tasks: the first before any round, then what each round came to. */
export function curveOf(journal: Journal, run: string): CurvePoint[] {
  const rounds = roundsOf(journal, run);
  const first = rounds[0]?.measure;
  return [
    ...(first ? [{ ...first, round: 0, isKept: true }] : []),
    ...rounds.flatMap(({ number, compare }) =>
      compare ? [{ ...compare.after, round: number, isKept: compare.isKept }] : [],
    ),
  ];
}

/** Tasks that a round moved, those that were forgotten first. */
export function movedIn(journal: Journal, run: string, round: number): readonly MovedTask[] {
  return roundsOf(journal, run).find(({ number }) => number === round)?.compare?.moved ?? [];
}

/** The lessons of the generation that the last round ended with. */
export function lessonsOf(journal: Journal, run: string): readonly Lesson[] {
  const last = journal.effects(run, [kindOf('update')]).at(-1);
  return last ? (last.value as Updated).generation.lessons : [];
}

/** The goals that a run was begun with, without those that may change. */
export function goalsOfRun(
  journal: Journal,
  run: string,
): Omit<Goals, 'budget' | 'autonomy' | '$schema'> {
  return journal.run(run).settings as Omit<Goals, 'budget' | 'autonomy' | '$schema'>;
}
