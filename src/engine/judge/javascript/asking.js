// Runs after the prelude in the runtime of tests that are judged apart from their program: stands
// for the program by name. What the program answers is data to be read, never code to be run.
(() => {
  const send = globalThis.__ask;
  const crossing = globalThis.__crossing;
  delete globalThis.__ask;
  delete globalThis.__crossing;
  const { AssertionError } = globalThis.assert;
  const { __unhandled: unhandled, __heldAgain: heldAgain } = globalThis;
  delete globalThis.__heldAgain;
  /** Assertions that failed in functions of the tests, or in their promises, and did not come back. */
  let swallowed = [];
  const back = new WeakSet();
  const { answer, request } = crossing({
    send,
    isChecker: true,
    held: globalThis.__held,
    raising(error, promise) {
      const isSeen = promise !== undefined && back.has(promise);
      if (error instanceof AssertionError && !isSeen) swallowed.push({ error, promise });
    },
    raised(error) {
      swallowed = swallowed.filter((one) => one.error !== error);
      return error;
    },
    cameBack(value) {
      if (value instanceof Promise) {
        back.add(value);
        swallowed = swallowed.filter(({ promise }) => promise !== value);
        heldAgain(value);
      }
      return value;
    },
  });
  /** A program may catch what a function of the tests throws; it must not decide whether that counts. */
  globalThis.__unhandled = () => {
    const reasons = unhandled();
    const [first] = swallowed;
    swallowed = [];
    return first ? [first.error] : reasons;
  };
  /** What the program asks of functions that it was given. */
  globalThis.__answer = (text) => answer(text);
  /** Called when the program is loaded: what stands in it under the names that tests use. */
  globalThis.__meet = () => {
    delete globalThis.__meet;
    const names = {};
    for (const name of request({ ask: 'names' }, [])) {
      try {
        names[name] = request({ ask: 'valueOf', name }, []);
      } catch {
        // What cannot cross is not there for tests.
      }
    }
    globalThis.__names = names;
  };
})();
