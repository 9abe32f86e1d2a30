/**
 * Works on items with at most `limit` at a time and answers their results in order. After an
 * error or an abort nothing more is begun, and it ends only when all that was begun has ended:
 * no work goes on behind the back of the caller. Throws the first error.
 */
export async function concurrently<T, R>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const errors: unknown[] = [];
  const queue = items.entries();
  const lane = async (): Promise<void> => {
    for (const [place, item] of queue) {
      if (errors.length > 0) return;
      try {
        signal.throwIfAborted();
        results[place] = await work(item, place);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (errors.length > 0) throw errors[0];
  signal.throwIfAborted();
  return results;
}
