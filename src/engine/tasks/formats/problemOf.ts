import type { z } from 'zod';

/** The first thing that is wrong with a line, with its place. */
export function problemOf(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return 'is not a task';
  const place = first.path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return place === '' ? first.message : `${place}: ${first.message}`;
}
