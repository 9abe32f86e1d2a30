import type { RoundsStory } from '../engine/domain/roundsStory';
import type { LiveText, RunSummary, TaskRow, TaskStory } from '../engine/domain/view';
import { plainData, plainText } from '../engine/redaction/plainText';
import type { HostProblem } from '../viewer/messages';

/** What people see of runs holds no escapes and no hidden direction; names that are sent back stay. */
export function shownRun(run: RunSummary): RunSummary {
  return plainData(run, namesOfRuns);
}

export function shownRows(rows: readonly TaskRow[]): TaskRow[] {
  return rows.map((row) => plainData(row, namesOfTasks));
}

export function shownStory(story: TaskStory): TaskStory {
  return plainData(story, namesOfTasks);
}

export function shownLive(live: LiveText): LiveText {
  return plainData(live, namesOfLive);
}

export function shownProblem({ message, mend }: HostProblem): HostProblem {
  return { message: plainText(message), mend: mend === null ? null : plainText(mend) };
}

const namesOfRuns: ReadonlySet<string> = new Set(['id', 'dataset']);
/** Hashes under which tasks and programs are asked for, and the run that they belong to. */
const namesOfTasks: ReadonlySet<string> = new Set(['hash', 'program', 'run']);
const namesOfLive: ReadonlySet<string> = new Set(['task']);

export function shownRounds({ run, lessons, ...story }: RoundsStory): RoundsStory {
  return {
    ...plainData(story, namesOfParts),
    run: shownRun(run),
    lessons: lessons.map((lesson) => ({ ...plainData(lesson, nothing), id: lesson.id })),
  };
}

/** Runs and hashes that are sent back. */
const namesOfParts: ReadonlySet<string> = new Set(['run', 'task']);
const nothing: ReadonlySet<string> = new Set();
