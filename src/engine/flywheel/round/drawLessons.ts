import type { Lesson } from '../../domain/rounds';
import type { Task } from '../../domain/task';
import type { RecordedTrajectory } from '../../journal/questions';
import { admitLesson, afterUses, drawnLesson, type LessonUse } from '../../memory/lessons';
import { jaccard, shinglesOf } from '../../similarity/shingles';
import type { RoundContext } from './context';
import type { Generation } from './generation';
import { solvePart, trajectoriesIn } from './part';

/** Tried in one round at most: each costs a few calls. */
const mostTried = 6;
/** Tasks solved before that a lesson must leave solved. */
const neighbours = 3;

/** A line that a solver wrote down, and the task on which it first failed. */
interface Drawn {
  readonly lesson: Lesson;
  readonly task: Task;
  /** It stood with the correction that was right: such lines are tried first. */
  readonly wasRight: boolean;
}

/**
 * The lessons after a round (TRAN, 2310.15746): what those told so far did is counted; then each
 * line that the solver wrote down when it corrected itself is proven by answering anew with it. It
 * is kept only if the task that failed at the first try now passes at the first try, every time,
 * and the tasks most like it that were solved stay solved.
 */
export async function drawLessons(
  context: RoundContext,
  about: {
    readonly round: number;
    readonly parts: readonly string[];
    readonly generation: Generation;
  },
): Promise<readonly Lesson[]> {
  const { engine } = context;
  const { journal } = engine;
  const { round, parts, generation } = about;
  const tried = parts.flatMap((part) =>
    journal
      .tasksOf(part)
      .map((task) => ({ task, tried: trajectoriesIn(journal, part, task.hash) })),
  );
  let lessons = afterUses(
    generation.lessons,
    tried.flatMap((one) => one.tried.flatMap(usesIn)),
  );
  const solved = tried.filter((one) => one.tried.some(isFirstRight)).map(({ task }) => task);
  const drawn = tried.flatMap((one) =>
    one.tried.flatMap((some) => drawnFrom(one.task, some, round)),
  );
  const known = new Set(lessons.map(({ text }) => text));
  const fresh = [...new Map(drawn.map((one) => [one.lesson.text, one])).values()]
    .filter(({ lesson }) => lesson.text !== '' && !known.has(lesson.text))
    .sort(
      (a, b) => Number(b.wasRight) - Number(a.wasRight) || (a.lesson.id < b.lesson.id ? -1 : 1),
    );
  for (const { lesson, task } of fresh.slice(0, mostTried)) {
    const near = nearest(task, solved, neighbours);
    if (await isProven(context, { round, lesson, task, near, generation })) {
      lessons = admitLesson(lessons, lesson);
    }
  }
  return lessons;
}

async function isProven(
  context: RoundContext,
  about: {
    readonly round: number;
    readonly lesson: Lesson;
    readonly task: Task;
    readonly near: readonly Task[];
    readonly generation: Generation;
  },
): Promise<boolean> {
  const { run, goals, engine } = context;
  const { round, lesson, task, near, generation } = about;
  const id = `${run.id}/${String(round)}/lesson/${lesson.id}`;
  await solvePart(context, {
    ...{ id, title: `${goals.name}, round ${String(round)}: a lesson`, tasks: [task, ...near] },
    // Told alone and to all: what is asked is what it does, not whether it is found.
    ...{ generation: { ...generation, lessons: [] }, seed: round, told: [lesson.text], turns: 1 },
  });
  const { journal } = engine;
  const passes = ({ outcome }: RecordedTrajectory): boolean => outcome?.solvedVisible === true;
  const fixed = trajectoriesIn(journal, id, task.hash);
  return (
    fixed.length > 0 &&
    fixed.every(passes) &&
    near.every(({ hash }) => trajectoriesIn(journal, id, hash).some(passes))
  );
}

/** What lessons of the book did: those told with the first program, which passed or did not. */
function usesIn({ turns }: RecordedTrajectory): LessonUse[] {
  const [first] = turns;
  if (!first) return [];
  const isWin = first.verdict.status === 'passed';
  return (first.candidate.told?.lessons ?? []).map((text) => ({ text, isWin }));
}

function drawnFrom(task: Task, { turns, outcome }: RecordedTrajectory, round: number): Drawn[] {
  const [first] = turns;
  if (!first || first.verdict.status === 'passed') return [];
  const { language, entryPoint, prompt, hash } = task;
  return turns.flatMap(({ candidate, verdict }) => {
    const text = candidate.told?.learned;
    if (text === undefined) return [];
    const from = { language, about: `${entryPoint} ${prompt}`, task: hash, round };
    const wasRight = verdict.status === 'passed' && outcome?.passedHidden === true;
    return [{ lesson: drawnLesson(text, from), task, wasRight }];
  });
}

function isFirstRight({ turns, outcome }: RecordedTrajectory): boolean {
  return turns[0]?.verdict.status === 'passed' && outcome?.passedHidden === true;
}

/** The tasks most like one by their text; it is none of them. */
function nearest(task: Task, others: readonly Task[], most: number): Task[] {
  const own = shinglesOf(task.prompt);
  return others
    .filter(({ hash }) => hash !== task.hash)
    .map((other) => ({ other, alike: jaccard(own, shinglesOf(other.prompt)) }))
    .sort((a, b) => b.alike - a.alike || (a.other.id < b.other.id ? -1 : 1))
    .slice(0, most)
    .map(({ other }) => other);
}
