// The receiving half of what goes between the runtimes of tests and program: plain data to values.
// No getter, Proxy or method of one side ever runs in the other.
globalThis.__decoding = (table, { isChecker, held: note, request, raised, cameBack }) => {
  const { viewNames, wellKnown, newKnown, keep, given, at, take, maxItems } = table;
  /** Items of an iterator that are asked for one by one, and at once after that. */
  const maxSingle = 100;
  const maxAtOnce = 100;
  const promises = new Map();
  const classes = new Map();
  const wellKnownNames = new Set(wellKnown.values());

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
      case 'symbol':
        return decodeSymbol(value);
      case 'same':
        return at(known.list, held);
      case 'yours':
        return cameBack(at(given, held).value);
      case 'token':
        return take(held, token);
      case 'function':
        return decodeFunction(value, known);
      case 'promise':
        return promiseOf(held);
      case 'iterator':
        return take(held, () => (value.isAsync ? lazilyAsync(held) : lazily(held)));
      default:
        return fill(keep(known, emptyOf(value)), value, known);
    }
  }

  function decodeSymbol({ known, key, v, text }) {
    if (known !== undefined) return wellKnownNames.has(known) ? Symbol[known] : undefined;
    return key !== undefined ? Symbol.for(key) : take(v, () => Symbol(text));
  }

  function decodeFunction({ v, name, length, own }, known) {
    const made = take(v, () => {
      const called = { [name]: (...args) => request({ ask: 'call', v }, args) }[name];
      return Object.defineProperty(called, 'length', { value: Number(length) || 0 });
    });
    keep(known, made);
    own.forEach(([key, item]) => define(made, decode(key, known), decode(item, known)));
    return made;
  }

  function emptyOf({ $: kind, name, v: held, ...told }) {
    switch (kind) {
      case 'Array':
        return new (classOf(name, Array))();
      case 'Map':
        return new (classOf(name, Map))();
      case 'Set':
        return new (classOf(name, Set))();
      case 'Date':
        return new (classOf(name, Date))(decode(held));
      case 'RegExp':
        return new RegExp(held[0], held[1]);
      case 'Error':
        return take(told.id, () => errorOf(told.kinds.map(String), String(name), told.message));
      case 'view':
        return viewNames.includes(name)
          ? new globalThis[name](held.map((item) => decode(item)))
          : {};
      case 'buffer':
        return new Uint8Array(held).buffer;
      case 'DataView':
        return new DataView(new Uint8Array(held).buffer);
      case 'boxed':
        return Object(decode(held));
      case 'instance':
        return name === null ? Object.create(null) : new (classOf(name, Object))();
      default:
        return {};
    }
  }

  /** Makes a container hold just what was sent of it. */
  function fill(made, value, known) {
    const held = value.v;
    const inner = (item) => decode(item, known);
    if (typeof made !== 'function') {
      for (const key of Reflect.ownKeys(made)) {
        if (!Object.prototype.propertyIsEnumerable.call(made, key)) continue;
        if (!ArrayBuffer.isView(made) && !(made instanceof String)) delete made[key];
      }
    }
    if (value.$ === 'Array' && Array.isArray(made)) {
      made.length = 0;
      made.length = value.length;
      held.forEach((item, place) => {
        if (item?.$ !== 'hole') made[place] = inner(item);
      });
    } else if (value.$ === 'Map') {
      made.clear();
      held.forEach(([key, item]) => made.set(inner(key), inner(item)));
    } else if (value.$ === 'Set') {
      made.clear();
      held.forEach((item) => made.add(inner(item)));
    } else if (value.$ === 'Date') made.setTime(inner(held));
    else if (value.$ === 'RegExp') made.lastIndex = held[2];
    else if (value.$ === 'view') held.forEach((item, place) => (made[place] = inner(item)));
    else if (value.$ === 'buffer') new Uint8Array(made).set(held);
    else if (value.$ === 'DataView') new Uint8Array(made.buffer).set(held);
    else if (value.$ === 'Error') {
      value.inside.forEach(([key, item]) => {
        if (key === 'cause' || key === 'errors') hide(made, key, inner(item));
      });
    } else if (value.walk) hide(made, Symbol.iterator, inner(value.walk));
    for (const [key, item] of value.own ?? []) {
      // Only an assertion of the tests themselves says that an assertion did not hold.
      const isClaim = isChecker && key === 'code' && item === 'ERR_ASSERTION';
      const [name, content] = [inner(key), inner(item)];
      if (!isClaim) define(made, name, isTrick(made, name, content) ? token() : content);
    }
    return made;
  }

  const token = () => Object.freeze(Object.create(null));
  /** What the language calls to turn an object into something, and what it answers questions of data by. */
  const standard = new Set(
    'valueOf toString toLocaleString toJSON constructor includes has some indexOf lastIndexOf findIndex findLastIndex startsWith endsWith search match test exec localeCompare hasOwnProperty isPrototypeOf propertyIsEnumerable isSubsetOf isSupersetOf isDisjointFrom'.split(
      ' ',
    ),
  );
  /** A function that stands for one of the language: tests that ask data must be answered by data. */
  function isTrick(made, key, value) {
    if (!isChecker || typeof value !== 'function') return false;
    if (key === Symbol.iterator || key === Symbol.asyncIterator) return false;
    return standard.has(key) || wellKnown.has(key) || key in (Object.getPrototypeOf(made) ?? {});
  }

  /** Also `__proto__` is a key like others. */
  function define(object, key, value, enumerable = true) {
    const name = typeof key === 'symbol' ? key : String(key);
    Object.defineProperty(object, name, { value, configurable: true, enumerable, writable: true });
  }
  const hide = (object, key, value) => define(object, key, value, false);

  function classOf(name, base) {
    if (name === undefined) return base;
    const key = `${base.name} ${name}`;
    if (!classes.has(key)) {
      classes.set(
        key,
        base === Object ? { [name]: class {} }[name] : { [name]: class extends base {} }[name],
      );
    }
    return classes.get(key);
  }

  function errorOf(kinds, name, message) {
    const isError = (kind) => kind === Error || Error.isPrototypeOf(kind);
    const standard = kinds.find(
      (kind) => Object.hasOwn(globalThis, kind) && isError(globalThis[kind]),
    );
    const base = globalThis[standard ?? 'Error'];
    const own = kinds[0] ?? 'Error';
    const kind = own === base.name ? base : classOf(own, base);
    const error = base === globalThis.AggregateError ? new kind([], message) : new kind(message);
    if (error.name !== name) hide(error, 'name', name);
    return error;
  }

  function promiseOf(number) {
    const entry = promiseEntry(number);
    if (!entry.promise) {
      entry.promise = take(number, () => note(new Promise((...settle) => (entry.settle = settle))));
      applyState(entry);
    }
    return entry.promise;
  }

  function promiseEntry(number) {
    if (!promises.has(number)) promises.set(number, {});
    return promises.get(number);
  }

  function applyState({ settle: [resolve, reject] = [], state }) {
    if (!state || !resolve) return;
    if ('raised' in state) reject(raised(decode(state.raised, newKnown())));
    else resolve(decode(state.value, newKnown()));
  }

  const step = (v, how, sent) => request({ ask: 'step', v, how }, sent === undefined ? [] : [sent]);
  const tooMany = () => new RangeError(`an iterator of more than ${maxItems} items`);

  /** Item by item, so that a program works on only when it is asked; far on, some at a time. */
  function* lazily(v) {
    let [how, sent, isDone] = ['next', undefined, false];
    try {
      for (let count = 0; count <= maxItems; count++) {
        isDone = true;
        const told = count < maxSingle || how !== 'next' ? step(v, how, sent) : null;
        if (told?.done) return told.value;
        if (!told) {
          const { items, end } = request({ ask: 'steps', v, count: maxAtOnce }, []);
          isDone = end !== null;
          yield* items;
          if (end) return endOf(end);
          count += items.length - 1;
          continue;
        }
        isDone = false;
        try {
          how = 'next';
          sent = yield told.value;
        } catch (error) {
          [how, sent] = ['throw', error];
        }
      }
      throw tooMany();
    } finally {
      if (!isDone) step(v, 'return');
    }
  }

  function endOf({ raised, value }) {
    if (raised) throw raised[0];
    return value;
  }

  async function* lazilyAsync(v) {
    let isDone = false;
    try {
      for (let count = 0; ; count++) {
        if (count > maxItems) throw tooMany();
        isDone = true;
        const told = await step(v, 'next');
        if (told.done) return told.value;
        isDone = false;
        yield told.value;
      }
    } finally {
      if (!isDone) await step(v, 'return');
    }
  }

  /** Takes what became of a promise, which may come before the promise itself. */
  function settle(v, state) {
    const entry = promiseEntry(v);
    if (entry.state) return;
    entry.state = state;
    applyState(entry);
  }

  return { decode, fill, settle };
};
