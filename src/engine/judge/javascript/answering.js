// Runs first in the runtime of a program that is judged apart: answers calls of its tests.
// Evaluates to the function that the host asks; the program never sees it. What the program does
// to this runtime's own objects can change its answers, and nothing else.
(() => {
  const maxItems = 10000;
  const maxDepth = 200;
  const { parse, stringify } = JSON;
  const given = [];
  const promises = [];
  /** Objects of the tests that crossed as tokens, and are these here. */
  const tokens = new Map();

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

  /** The containers of one call, numbered alike on both sides in the order of their encoding. */
  const newKnown = () => ({ list: [], numbers: new Map() });
  function keep(known, value) {
    known.numbers.set(value, known.list.length);
    known.list.push(value);
    return value;
  }

  function encode(value, known, depth = 0) {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number') {
      const isPlain = Number.isFinite(value) && !Object.is(value, -0);
      return isPlain ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value !== 'object' || depth > maxDepth) return give(value);
    if (tokens.has(value)) return { $: 'yours', v: tokens.get(value) };
    if (value instanceof Date) return { $: 'Date', v: value.getTime() };
    if (value instanceof RegExp) return { $: 'RegExp', v: [value.source, value.flags] };
    if (value instanceof Promise) return { $: 'promise', v: promises.push(value) - 1 };
    const place = known.numbers.get(value);
    if (place !== undefined) return { $: 'same', v: place };
    if (isIterator(value)) return encodeIterator(value, known, depth);
    keep(known, value);
    return contents(value, (item) => encode(item, known, depth + 1));
  }

  function contents(value, inner) {
    if (Array.isArray(value)) return { $: 'Array', v: Array.from(value, inner) };
    if (value instanceof Map) return { $: 'Map', v: [...value].map((pair) => pair.map(inner)) };
    if (value instanceof Set) return { $: 'Set', v: [...value].map(inner) };
    if (ArrayBuffer.isView(value)) {
      return { $: 'view', name: value.constructor.name, v: Array.from(value, inner) };
    }
    const prototype = Object.getPrototypeOf(value);
    const entries = Object.keys(value).map((key) => [key, inner(value[key])]);
    if (value instanceof Error) {
      return { $: 'Error', name: String(value.name), message: String(value.message), v: entries };
    }
    if (prototype === Object.prototype) return { $: 'object', v: entries };
    const name = prototype === null ? null : String(prototype.constructor?.name ?? '');
    return { $: 'instance', name, v: entries };
  }

  function isIterator(value) {
    return typeof value.next === 'function' && typeof value[Symbol.iterator] === 'function';
  }

  function encodeIterator(iterator, known, depth) {
    const items = [];
    for (const item of iterator) {
      if (items.length === maxItems) return { $: 'iterator', v: items, more: true };
      items.push(encode(item, known, depth + 1));
    }
    return { $: 'iterator', v: items, more: false };
  }

  function give(value) {
    const place = given.indexOf(value);
    const name = typeof value === 'function' ? `function ${value.name}` : typeof value;
    return { $: 'mine', v: place >= 0 ? place : given.push(value) - 1, name };
  }

  function decode(value, known) {
    if (value === null || typeof value !== 'object') return value;
    const held = value.v;
    switch (value.$) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(held);
      case 'number':
        return Number(held);
      case 'Date':
        return new Date(held);
      case 'RegExp':
        return new RegExp(held[0], held[1]);
      case 'same':
        return known.list[held];
      case 'yours':
        return given[held];
      case 'mine':
        return token(held);
      case 'view': {
        const made = new globalThis[value.name](held.map((item) => decode(item, known)));
        return keep(known, made);
      }
      default:
        return decodeContainer(value, held, known);
    }
  }

  function decodeContainer({ $: kind }, held, known) {
    const kinds = { Array: () => [], Map: () => new Map(), Set: () => new Set() };
    const made = (kinds[kind] ?? (() => ({})))();
    keep(known, made);
    if (kind === 'Array') held.forEach((item) => made.push(decode(item, known)));
    else if (kind === 'Set') held.forEach((item) => made.add(decode(item, known)));
    else if (kind === 'Map') {
      held.forEach(([key, item]) => made.set(decode(key, known), decode(item, known)));
    } else held.forEach(([key, item]) => (made[key] = decode(item, known)));
    return made;
  }

  function token(number) {
    for (const [object, place] of tokens) if (place === number) return object;
    const object = Object.freeze(Object.create(null));
    tokens.set(object, number);
    return object;
  }

  function describeError(error) {
    const isError = error instanceof Error;
    const kinds = [];
    for (
      let at = isError ? Object.getPrototypeOf(error) : null;
      at;
      at = Object.getPrototypeOf(at)
    ) {
      kinds.push(String(at.constructor?.name ?? ''));
    }
    if (!isError) return { thrown: encode(error, newKnown()) };
    const own = Object.keys(error).map((key) => [key, encode(error[key], newKnown())]);
    return { kinds, name: String(error.name), message: String(error.message), own };
  }

  function attempt(action) {
    try {
      return action();
    } catch (error) {
      return { raised: describeError(error) };
    }
  }

  const ask = {
    /** What stands under each name: `lookup` gives the values, as the program's scope has them. */
    names: (_request, lookup) =>
      Object.fromEntries(
        Object.entries(lookup).map(([name, value]) => [
          name,
          typeof value === 'function' ? { callable: true } : { value: encode(value, newKnown()) },
        ]),
      ),
    call({ name, args }, lookup) {
      const known = newKnown();
      const values = args.map((item) => decode(item, known));
      const count = known.list.length;
      const told = attempt(() => {
        const result = lookup[name](...values);
        return { value: encode(result, known) };
      });
      if (told.raised) {
        for (const extra of known.list.splice(count)) known.numbers.delete(extra);
      }
      const inner = (item) => encode(item, known);
      return { ...told, after: known.list.slice(0, count).map((item) => contents(item, inner)) };
    },
    /** How a promise stands that was given before, after pending work was done. */
    settled: ({ v }) => states[v] ?? {},
  };
  const states = {};

  return (text, lookup) => {
    const request = parse(text);
    const told = attempt(() => ask[request.ask](request, lookup));
    promises.forEach((promise, place) => {
      if (place in states) return;
      states[place] = undefined;
      promise.then(
        (value) => (states[place] = { value: encode(value, newKnown()) }),
        (error) => (states[place] = { raised: describeError(error) }),
      );
    });
    return stringify(told);
  };
})();
