import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../domain/errors';
import { lessonStates, type Lesson } from '../../domain/rounds';
import { writeWhole } from '../../files/atomicWrite';
import { readJson } from '../../files/json';
import { longestLesson } from '../../memory/lessons';
import { artefact } from './artefacts';
import { stepKey, type RoundContext } from './context';

const schema = z.array(
  z.looseObject({
    id: z.string(),
    text: z.string().min(1).max(longestLesson),
    state: z.enum(lessonStates),
  }),
);

/** The lessons as a file that may be edited: texts, and which are on. */
export async function writeLessons(
  context: RoundContext,
  lessons: readonly Lesson[],
): Promise<void> {
  await writeWhole(artefact(context, 'lessons.json'), `${JSON.stringify(lessons, null, 2)}\n`);
}

/**
 * Lessons as a person left them in the file, read once at the beginning of a round and recorded.
 * One that was taken out of the file is off. Throws UserError `badLessons`.
 */
export async function editedLessons(
  context: RoundContext,
  round: number,
  lessons: readonly Lesson[],
): Promise<readonly Lesson[]> {
  if (lessons.length === 0) return lessons;
  return context.run.once(stepKey(round, 'lessons'), {}, async () => {
    const file = artefact(context, 'lessons.json');
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
      const one = edited.get(lesson.id);
      return one ? { ...lesson, text: one.text, state: one.state } : { ...lesson, state: 'off' };
    });
  });
}
