// Runs after the prelude in the runtime of tests that are judged apart from their program: stands
// for the program by name. What the program answers is data to be read, never code to be run.
(() => {
  const send = globalThis.__ask;
  const crossing = globalThis.__crossing;
  delete globalThis.__ask;
  delete globalThis.__crossing;
  const { answer, request } = crossing({ send, isChecker: true, held: globalThis.__held });
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
