/** Work that is asked for often and done at most once per interval. */
export interface Coalesced {
  /** Does the work now if the interval has passed, else once when it has. */
  request(): void;
  /** Does what was asked for and not yet done. */
  flush(): void;
  /** Forgets what was asked for. */
  dispose(): void;
}

/** The first request is done on the next tick of the timer, so that a burst becomes one. */
export function coalesce(intervalMs: number, work: () => void): Coalesced {
  let timer: NodeJS.Timeout | undefined;
  let lastAt = 0;

  const run = (): void => {
    timer = undefined;
    lastAt = Date.now();
    work();
  };
  return {
    request() {
      timer ??= setTimeout(run, Math.max(0, lastAt + intervalMs - Date.now()));
    },
    flush() {
      if (timer === undefined) return;
      clearTimeout(timer);
      run();
    },
    dispose() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
