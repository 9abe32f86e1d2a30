// What programs and tests expect of every host of JavaScript and QuickJS has not: timers, and
// copies of data. Runs first in each runtime.
(() => {
  // Timers run when nothing else is left to do; the clock jumps to the one that is due next.
  const timers = [];
  let now = 0;
  let lastTimer = 0;
  function setTimer(action, delay, repeat, values) {
    const id = ++lastTimer;
    timers.push({ id, action, due: now + Math.max(1, Number(delay) || 0), repeat, values });
    return id;
  }
  globalThis.setTimeout = (action, delay, ...values) => setTimer(action, delay, null, values);
  globalThis.setInterval = (action, delay, ...values) => setTimer(action, delay, delay, values);
  globalThis.clearTimeout = globalThis.clearInterval = (id) => {
    const place = timers.findIndex((timer) => timer.id === id);
    if (place >= 0) timers.splice(place, 1);
  };
  globalThis.queueMicrotask = (action) => void Promise.resolve().then(action);
  globalThis.__tick = (onceOnly = false) => {
    const waiting = onceOnly ? timers.filter((timer) => timer.repeat === null) : timers;
    if (waiting.length === 0) return false;
    const next = waiting.reduce((first, timer) => (timer.due < first.due ? timer : first));
    now = next.due;
    if (next.repeat === null) timers.splice(timers.indexOf(next), 1);
    else next.due = now + Math.max(1, Number(next.repeat) || 0);
    next.action(...next.values);
    return true;
  };

  globalThis.structuredClone = (value, seen = new Map()) => {
    if (typeof value === 'function' || typeof value === 'symbol') {
      throw new Error(`${String(value)} could not be cloned.`);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => (seen.set(value, copy), copy);
    const inner = (item) => globalThis.structuredClone(item, seen);
    if (value instanceof Date) return keep(new Date(value));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (ArrayBuffer.isView(value)) return keep(new value.constructor(value));
    if (value instanceof Map) {
      const copy = keep(new Map());
      for (const [key, item] of value) copy.set(inner(key), inner(item));
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      for (const item of value) copy.add(inner(item));
      return copy;
    }
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) copy[key] = inner(value[key]);
    return copy;
  };
})();
