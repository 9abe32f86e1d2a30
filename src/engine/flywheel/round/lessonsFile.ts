import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../../domain/errors';
import { lessonStates, type Lesson } from '../../domain/rounds';
import { writeWhole } from '../../files/atomicWrite';
import { readJson } from '../../files/json';
import { longestLesson } from '../../memory/lessons';
import { stepKey, type RoundContext } from './context';

const schema = z.array(
  z.looseObject({
    id: z.string(),
    text: z.string().min(1).max(longestLesson),
    state: z.enum(lessonStates),
  }),
);

/** Where the lessons of a run stand for people to edit: beside the journal. */
export function lessonsFileOf(journalFile: string, run: string): string {
  return path.join(path.dirname(journalFile), 'rounds', encodeURIComponent(run), 'lessons.json');
}

/** The lessons as a file that may be edited: texts, and which are on. */
export async function writeLessons(file: string, lessons: readonly Lesson[]): Promise<void> {
  await writeWhole(file, `${JSON.stringify(lessons, null, 2)}\n`);
}

/**
 * Lessons with what a person made of them in the file since they were as in `begun`, or as given
 * where none is told. One that was taken out of the file is off. Throws UserError `badLessons`.
 */
export async function asInFile(
  file: string,
  lessons: readonly Lesson[],
  begun: readonly Lesson[] = lessons,
): Promise<readonly Lesson[]> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return lessons;
  const read = readJson(schema, text);
  if ('problem' in read) {
    throw new UserError({
      code: 'badLessons',
      message: `${file}: ${read.problem}`,
      mend: 'Mend it, or move it away to go on with the lessons as they were.',
    });
  }
  const edited = new Map(read.value.map((one) => [one.id, one]));
  return lessons.map((lesson): Lesson => {
    const before = begun.find(({ id }) => id === lesson.id);
    if (!before) return lesson;
    const { text: said, state } = edited.get(lesson.id) ?? { ...before, state: 'off' as const };
    const isChanged = said !== before.text || state !== before.state;
    return isChanged ? { ...lesson, text: said, state } : lesson;
  });
}

/** Lessons as a person left them, read once at the beginning of a round and recorded. */
export async function editedLessons(
  { engine, run }: RoundContext,
  round: number,
  lessons: readonly Lesson[],
): Promise<readonly Lesson[]> {
  if (lessons.length === 0) return lessons;
  const file = lessonsFileOf(engine.journal.file, run.id);
  return run.once(stepKey(round, 'lessons'), {}, () => asInFile(file, lessons));
}
