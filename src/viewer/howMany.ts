/** A count with its noun, in English: `1 task`, `2 tasks`. */
export function howMany(count: number, one: string): string {
  return `${String(count)} ${count === 1 ? one : `${one}s`}`;
}
