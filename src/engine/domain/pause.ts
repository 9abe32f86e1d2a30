/** Gives other work its turn in the middle of a long computation, and ends it when aborted. */
export async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

/** The items, with a pause before each `every`-th; `told` hears how many were done. */
export async function* unhurried<T>(
  items: Iterable<T>,
  signal: AbortSignal,
  every: number,
  told?: (done: number) => void,
): AsyncGenerator<readonly T[]> {
  let some: T[] = [];
  let done = 0;
  for (const item of items) {
    some.push(item);
    if (some.length < every) continue;
    await pause(signal);
    yield some;
    done += some.length;
    told?.(done);
    some = [];
  }
  await pause(signal);
  if (some.length > 0) yield some;
  told?.(done + some.length);
}
