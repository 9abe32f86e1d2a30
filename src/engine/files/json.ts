import type { z } from 'zod';

/** What a JSON text holds; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A JSON text as its schema reads it, or the first thing that is wrong with it, with its place. */
export function readJson<T>(
  schema: z.ZodType<T>,
  text: string,
): { readonly value: T } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'is not JSON' };
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? { value: parsed.data } : { problem: schemaProblem(parsed.error) };
}

/** The first thing that is wrong, with its place: `tests[0].id: expected string`. */
export function schemaProblem(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return 'is not what is expected';
  const place = first.path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return place === '' ? first.message : `${place}: ${first.message}`;
}
