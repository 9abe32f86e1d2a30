// Runs first in the runtime of a program that is judged apart: answers calls of its tests.
// Evaluates to the function that the host asks; the program never sees it. What the program does
// to this runtime's own objects can change its answers, and nothing else.
(() => {
  const send = globalThis.__ask;
  const crossing = globalThis.__crossing;
  delete globalThis.__ask;
  delete globalThis.__crossing;
  const write = globalThis.__print;
  delete globalThis.__print;
  const log = (...values) => write(values.map((value) => String(value)).join(' '));
  globalThis.console = { log, info: log, warn: log, error: log, debug: log, trace: log };
  globalThis.console.assert = (value) => {
    if (!value) throw new Error('console.assert did not hold');
  };
  globalThis.require = (name) => {
    throw new Error(`Cannot find module '${name}': this sandbox has no Node modules`);
  };
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;

  const { answer } = crossing({ send, isChecker: false });
  return (text, lookup) =>
    answer(text, { names: () => Object.keys(lookup), valueOf: ({ name }) => lookup[name] });
})();
