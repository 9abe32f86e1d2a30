// Runs after the prelude in the runtime of tests that are judged apart from their program: stands
// for the program by name. What the program answers is data to be read, never code to be run.
(() => {
  const { parse, stringify } = JSON;
  const ask = globalThis.__ask;
  delete globalThis.__ask;
  const given = [];
  const tokens = new Map();
  const numberOfToken = new Map();
  const classes = new Map();

  /** The containers of one call, numbered alike on both sides in the order of their encoding. */
  const newKnown = () => ({ list: [], numbers: new Map() });
  function keep(known, value) {
    known.numbers.set(value, known.list.length);
    known.list.push(value);
    return value;
  }

  function encode(value, known) {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number') {
      const isPlain = Number.isFinite(value) && !Object.is(value, -0);
      return isPlain ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value !== 'object') return give(value);
    if (numberOfToken.has(value)) return { $: 'yours', v: numberOfToken.get(value) };
    if (value instanceof Date) return { $: 'Date', v: value.getTime() };
    if (value instanceof RegExp) return { $: 'RegExp', v: [value.source, value.flags] };
    const place = known.numbers.get(value);
    if (place !== undefined) return { $: 'same', v: place };
    const kind = containerKind(value);
    if (kind === null) return give(value);
    keep(known, value);
    const inner = (item) => encode(item, known);
    if (kind === 'Array') return { $: kind, v: Array.from(value, inner) };
    if (kind === 'Map') return { $: kind, v: [...value].map((pair) => pair.map(inner)) };
    if (kind === 'Set') return { $: kind, v: [...value].map(inner) };
    if (kind === 'view') {
      return { $: kind, name: value.constructor.name, v: Array.from(value, inner) };
    }
    return { $: kind, v: Object.keys(value).map((key) => [key, inner(value[key])]) };
  }

  function containerKind(value) {
    if (Array.isArray(value)) return 'Array';
    if (value instanceof Map) return 'Map';
    if (value instanceof Set) return 'Set';
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return 'view';
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null ? 'object' : null;
  }

  function give(value) {
    const place = given.indexOf(value);
    return { $: 'mine', v: place >= 0 ? place : given.push(value) - 1 };
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
        return tokenOf(held);
      case 'promise':
        return promiseOf(held);
      case 'iterator': {
        const items = held.map((item) => decode(item, known));
        return bounded(items, value.more);
      }
      case 'view':
        return decodeView(value, known);
      default:
        return fill(keep(known, emptyOf(value)), value, known);
    }
  }

  function emptyOf({ $: kind, name, message }) {
    if (kind === 'Array') return [];
    if (kind === 'Map') return new Map();
    if (kind === 'Set') return new Set();
    if (kind === 'Error') return errorOf([String(name)], String(name), String(message));
    if (kind === 'instance') return name === null ? Object.create(null) : new (classOf(name))();
    return {};
  }

  /** Makes a container hold just what was sent of it. */
  function fill(made, value, known) {
    const held = value.v;
    const inner = (item) => decode(item, known);
    if (Array.isArray(made)) {
      made.length = 0;
      held.forEach((item) => made.push(inner(item)));
    } else if (made instanceof Map) {
      made.clear();
      held.forEach(([key, item]) => made.set(inner(key), inner(item)));
    } else if (made instanceof Set) {
      made.clear();
      held.forEach((item) => made.add(inner(item)));
    } else if (ArrayBuffer.isView(made)) {
      held.forEach((item, place) => (made[place] = inner(item)));
    } else {
      for (const key of Object.keys(made)) delete made[key];
      held.forEach(([key, item]) => define(made, key, inner(item)));
    }
    return made;
  }

  function decodeView({ name, v: held }, known) {
    const view = Object.hasOwn(globalThis, name) ? globalThis[name] : null;
    if (view === null || !ArrayBuffer.isView(new view(0))) return keep(known, {});
    return keep(known, new view(held.map((item) => decode(item, known))));
  }

  function tokenOf(number) {
    if (!tokens.has(number)) {
      const token = Object.freeze(Object.create(null));
      tokens.set(number, token);
      numberOfToken.set(token, number);
    }
    return tokens.get(number);
  }

  /** Also `__proto__` is a key like others. */
  function define(object, key, value) {
    Object.defineProperty(object, String(key), {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }

  function* bounded(items, more) {
    yield* items;
    if (more) throw new RangeError(`an iterator of more than ${items.length} items`);
  }

  function promiseOf(number) {
    const told = parse(ask(stringify({ ask: 'settled', v: number })));
    if ('raised' in told) return Promise.reject(raisedError(told.raised));
    return 'value' in told
      ? Promise.resolve(decode(told.value, newKnown()))
      : new Promise(() => {});
  }

  function classOf(name) {
    if (!classes.has(name)) classes.set(name, { [name]: class {} }[name]);
    return classes.get(name);
  }

  function errorOf(kinds, name, message) {
    const isError = (kind) => kind === Error || Error.isPrototypeOf(kind);
    const known = kinds.find(
      (kind) => Object.hasOwn(globalThis, kind) && isError(globalThis[kind]),
    );
    const base = globalThis[known ?? 'Error'];
    const own = kinds[0] ?? 'Error';
    if (own !== base.name && !classes.has(own)) {
      classes.set(own, { [own]: class extends base {} }[own]);
    }
    const error = new (own === base.name ? base : classes.get(own))(message);
    if (error.name !== name) error.name = name;
    return error;
  }

  function raisedError(raised) {
    if ('thrown' in raised) return decode(raised.thrown, newKnown());
    const error = errorOf(raised.kinds.map(String), String(raised.name), String(raised.message));
    for (const [key, item] of raised.own) {
      if (key !== 'code' || item !== 'ERR_ASSERTION') define(error, key, decode(item, newKnown()));
    }
    return error;
  }

  function call(name, args) {
    const known = newKnown();
    const sent = args.map((item) => encode(item, known));
    const count = known.list.length;
    const told = parse(ask(stringify({ ask: 'call', name, args: sent })));
    const result = 'value' in told ? decode(told.value, known) : undefined;
    (told.after ?? [])
      .slice(0, count)
      .forEach((held, place) => fill(known.list[place], held, known));
    if ('raised' in told) throw raisedError(told.raised);
    return result;
  }

  const found = parse(ask(stringify({ ask: 'names' })));
  globalThis.__names = Object.fromEntries(
    Object.entries(found).map(([name, told]) => [
      name,
      told.callable === true
        ? { [name]: (...args) => call(name, args) }[name]
        : decode(told.value, newKnown()),
    ]),
  );
})();
