import { UserError } from '../../domain/errors';
import type { Lesson } from '../../domain/rounds';
import { maxLessonChars, type LessonChange } from '../../domain/roundsStory';
import type { Journal } from '../../journal/journal';
import { asInFile, lessonsFileOf, writeLessons } from './lessonsFile';
import { lessonsOf } from './questions';

/** The lessons of a run with what people changed of them since. Throws UserError `badLessons`. */
export async function lessonsNow(journal: Journal, run: string): Promise<readonly Lesson[]> {
  return asInFile(lessonsFileOf(journal.file, run), lessonsOf(journal, run));
}

/**
 * Writes what a person makes of a lesson into the file that the next round reads lessons from.
 * Throws UserError `noSuchLesson`, `badLesson`, `badLessons`.
 */
export async function changeLesson(
  journal: Journal,
  { run, lesson, ...change }: LessonChange,
): Promise<void> {
  const lessons = await lessonsNow(journal, run);
  const known = lessons.find(({ id }) => id === lesson);
  if (!known) {
    throw new UserError({
      code: 'noSuchLesson',
      message: `The run ${run} has no lesson ${lesson}`,
      mend: 'It may have gone in the meantime; look at the lessons again.',
    });
  }
  const text = change.text?.replace(/\s+/g, ' ').trim() ?? known.text;
  if (text === '' || text.length > maxLessonChars) {
    throw new UserError({
      code: 'badLesson',
      message: `A lesson has 1 to ${String(maxLessonChars)} characters`,
      mend: 'Write a shorter text, or switch the lesson off.',
    });
  }
  // One that lost more than it won is not taken up again by a switch.
  const state = known.state === 'retired' ? 'retired' : (change.state ?? known.state);
  const changed = lessons.map((one): Lesson => (one === known ? { ...one, text, state } : one));
  await writeLessons(lessonsFileOf(journal.file, run), changed);
}
