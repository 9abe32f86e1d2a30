/**
 * A count with its noun, in English: `1 task`, `2 tasks`. `many` where it is not the word with an s;
 * `shown` where the number is written otherwise than in plain digits.
 */
export function howMany(
  count: number,
  one: string,
  { many = `${one}s`, shown = String(count) }: { many?: string; shown?: string } = {},
): string {
  return `${shown} ${count === 1 ? one : many}`;
}
