import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, UserError } from '../domain/errors';

/** A JSON file that a person may edit, checked. What is wrong with it is told with its place. */
export async function readTable<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError({
      code: 'badTable',
      message: `${file}: ${message}`,
      mend: 'Mend the file, or leave it out.',
      cause: error,
    });
  }
}
