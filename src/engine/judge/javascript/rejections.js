// Keeps count of promises that tests have in hand, so that one that is rejected and that nothing
// looks at fails its test, as Node fails it. QuickJS tells of such promises to no one: tests are
// compiled so that they show theirs (`syntax/watchPromises.ts`), and `then` tells what is looked at.
(() => {
  const { then: nativeThen } = Promise.prototype;
  const apply = Reflect.apply;
  const maxOpen = 10000;
  /** Promises that nothing has looked at, in the order in which they were met. */
  const open = new Set();
  const rejected = new Map();
  const looked = new WeakSet();

  /** Takes note of a promise that nothing may ever look at. */
  globalThis.__held = (value) => {
    if (!(value instanceof Promise) || looked.has(value) || open.has(value)) return value;
    if (open.size >= maxOpen) return value;
    open.add(value);
    const forget = () => void open.delete(value);
    apply(nativeThen, value, [forget, (reason) => void rejected.set(value, reason)]);
    return value;
  };

  /** Takes note that something waits for a promise. */
  globalThis.__looked = (value) => {
    if (value instanceof Promise) {
      looked.add(value);
      open.delete(value);
      rejected.delete(value);
    }
    return value;
  };

  /** The same for one that was looked at on the way of which it now comes back. */
  globalThis.__heldAgain = (value) => {
    looked.delete(value);
    return held(value);
  };

  const { __held: held, __looked: look } = globalThis;
  Promise.prototype.then = function then(onFulfilled, onRejected) {
    look(this);
    // What comes of it may be dropped in its turn, as in `void f().then(check)`.
    return held(apply(nativeThen, this, [onFulfilled, onRejected]));
  };
  Object.defineProperty(Promise.prototype, 'then', { enumerable: false });

  /** An async function whose promises are all noted: who calls it may drop them. */
  globalThis.__noted = (called) => {
    const noted = function (...args) {
      return held(apply(called, this, args));
    };
    for (const key of ['name', 'length']) {
      Object.defineProperty(noted, key, { value: called[key], configurable: true });
    }
    return noted;
  };

  /** The reason of the first promise that was rejected and not looked at, in an array. */
  globalThis.__unhandled = () => {
    const first = [...open].find((promise) => rejected.has(promise));
    const reasons = first === undefined ? undefined : [rejected.get(first)];
    open.clear();
    rejected.clear();
    return reasons;
  };
})();
