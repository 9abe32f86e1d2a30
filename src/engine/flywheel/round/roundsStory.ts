import { existsSync } from 'node:fs';
import path from 'node:path';
import { mostShown } from '../../domain/roundsStory';
import type {
  GoalsFileStory,
  GoalsStory,
  NextGoals,
  RoundsSpent,
  RoundsStory,
  RoundStory,
} from '../../domain/roundsStory';
import type { RoundView } from '../../domain/rounds';
import { summaryOf } from '../../journal/questions';
import type { Engine } from '../engine';
import { spentBefore } from './allowance';
import { readGoals } from './goals';
import { lessonsNow } from './lessonChanges';
import { curveOf, goalsOfRun, roundsOf } from './questions';

/** What there is to show of a run of rounds now. Throws UserError `noSuchRun`. */
export async function roundsStory(engine: Engine, run: string): Promise<RoundsStory> {
  const { journal, models } = engine;
  const rounds = roundsOf(journal, run);
  const record = journal.run(run);
  return {
    run: summaryOf(journal, record, models.spentBy),
    goals: {
      ...goalsStory(goalsOfRun(journal, run)),
      file: await fileOf(record.facts.goals?.file),
    },
    rounds: rounds.map(shortened),
    curve: curveOf(journal, run),
    lessons: await lessonsNow(journal, run),
    next: nextOf(journal.file, run, rounds),
    spent: spentOf(engine, run),
  };
}

function goalsStory(goals: ReturnType<typeof goalsOfRun>): Omit<GoalsStory, 'file'> {
  const { name, ability, direction, language, concept, tasks, heldOut, solver, focus } = goals;
  return {
    ...{ name, ability, direction, tasks, focus },
    language: language ?? null,
    concept: concept ?? null,
    heldOut: heldOut.tasks ?? null,
    heldOutShare: heldOut.share,
    solver: solver.kind === 'chat' ? solver.model : 'search-repair',
  };
}

/** Budget and autonomy may change from sitting to sitting, so the file is asked for them. */
async function fileOf(file: string | undefined): Promise<GoalsFileStory | null> {
  if (file === undefined) return null;
  try {
    const { autonomy, budget } = await readGoals(file);
    return { path: file, autonomy, budget };
  } catch {
    return null;
  }
}

function shortened({ choose, compare, ...rest }: RoundView): RoundStory {
  const chosen = choose?.tasks.filter(({ isChosen }) => isChosen) ?? [];
  return {
    ...rest,
    ...(choose
      ? {
          choose: {
            ...{ run: choose.run, isUniform: choose.isUniform },
            ...{ of: choose.tasks.length, chosen: chosen.length },
            tasks: chosen.sort((a, b) => b.information - a.information).slice(0, mostShown),
          },
        }
      : {}),
    ...(compare
      ? {
          compare: {
            ...compare,
            moved: compare.moved.slice(0, mostShown),
            movedMore: Math.max(0, compare.moved.length - mostShown),
          },
        }
      : {}),
  };
}

function nextOf(journalFile: string, run: string, rounds: readonly RoundView[]): NextGoals | null {
  const last = rounds.findLast(({ compare }) => compare !== undefined);
  if (!last?.compare) return null;
  const folder = path.join(path.dirname(journalFile), 'rounds', encodeURIComponent(run));
  const file = path.join(folder, `round-${String(last.number)}.goals.json`);
  return { file: existsSync(file) ? file : null, weakest: last.compare.weakest };
}

function spentOf({ journal, models }: Engine, run: string): RoundsSpent {
  const { candidates } = spentBefore(journal, run);
  const booked = models.spentBy(run);
  const asksModel = booked !== null && booked.tokens > 0;
  return {
    candidates,
    tokens: asksModel ? booked.tokens : null,
    usd: asksModel ? booked.usd : null,
  };
}
