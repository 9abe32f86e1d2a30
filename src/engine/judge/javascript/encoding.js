// The sending half of what goes between the runtimes of tests and program: values to plain data.
// It reads each property once.
globalThis.__encoding = (table, send, { raising }) => {
  const maxDepth = 200;
  const { stringify } = JSON;
  const { viewNames, wellKnown, newKnown, keep, spend, give } = table;
  const { numberOfGiven, numberOfTaken } = table;
  const boxes = [Number, String, Boolean, Symbol, BigInt];

  function encode(value, known, depth = 0, owner = undefined) {
    spend(known, 1);
    switch (typeof value) {
      case 'boolean':
        return value;
      case 'string':
        spend(known, value.length);
        return value;
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
      case 'symbol':
        return encodeSymbol(value);
    }
    if (value === null) return null;
    if (numberOfTaken.has(value)) return { $: 'yours', v: numberOfTaken.get(value) };
    const place = known.numbers.get(value);
    if (place !== undefined) return { $: 'same', v: place };
    if (typeof value === 'function') return encodeFunction(value, known, depth, owner);
    if (depth > maxDepth) return { $: 'token', v: give(value) };
    if (value instanceof Promise) return { $: 'promise', v: givePromise(value) };
    if (typeof value.next === 'function') {
      if (typeof value[Symbol.iterator] === 'function') return { $: 'iterator', v: give(value) };
      if (typeof value[Symbol.asyncIterator] === 'function') {
        return { $: 'iterator', v: give(value), isAsync: true };
      }
    }
    keep(known, value);
    return contents(value, known, depth + 1);
  }

  function encodeSymbol(value) {
    if (wellKnown.has(value)) return { $: 'symbol', known: wellKnown.get(value) };
    const key = Symbol.keyFor(value);
    if (key !== undefined) return { $: 'symbol', key };
    if (numberOfTaken.has(value)) return { $: 'yours', v: numberOfTaken.get(value) };
    return { $: 'symbol', v: give(value), text: value.description };
  }

  function encodeFunction(value, known, depth, owner) {
    keep(known, value);
    const { name, length } = value;
    const told = { $: 'function', v: give(value, owner), name: String(name), length };
    return { ...told, own: entries(value, known, depth + 1) };
  }

  /** Own enumerable properties, those under symbols too; of an array, those that are no items. */
  function entries(value, known, depth, isOwn = () => true) {
    const symbols = Object.getOwnPropertySymbols(value).filter((key) =>
      Object.prototype.propertyIsEnumerable.call(value, key),
    );
    return [...Object.keys(value).filter(isOwn), ...symbols].map((key) => [
      encode(key, known),
      encode(value[key], known, depth, value),
    ]);
  }

  function contents(value, known, depth) {
    const inner = (item) => encode(item, known, depth);
    const own = (isOwn) => {
      const found = entries(value, known, depth, isOwn);
      return found.length > 0 ? { own: found } : {};
    };
    const kind = (standard, more) => ({ ...more, ...subclass(value, standard) });
    if (Array.isArray(value)) return { ...kind(Array, items(value, known, depth)) };
    if (value instanceof Map) {
      return { $: 'Map', v: [...value].map((pair) => pair.map(inner)), ...kind(Map), ...own() };
    }
    if (value instanceof Set) {
      return { $: 'Set', v: [...value].map(inner), ...kind(Set), ...own() };
    }
    if (value instanceof Date) {
      return { $: 'Date', v: inner(value.getTime()), ...kind(Date), ...own() };
    }
    if (value instanceof RegExp) {
      return { $: 'RegExp', v: [value.source, value.flags, value.lastIndex], ...own() };
    }
    if (value instanceof Error) return encodeError(value, known, depth);
    const view = viewNames.find(
      (name) => Object.hasOwn(globalThis, name) && value instanceof globalThis[name],
    );
    if (view) return { $: 'view', name: view, v: Array.from(value, inner) };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: bytes(value, inner) };
    if (value instanceof DataView) return { $: 'DataView', v: bytes(value.buffer, inner) };
    const box = boxes.find((standard) => value instanceof standard);
    if (box) {
      const isText = (key) => box !== String || !/^\d+$/.test(key);
      return { $: 'boxed', v: inner(box.prototype.valueOf.call(value)), ...own(isText) };
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype) return { $: 'object', ...own() };
    const name = prototype === null ? null : String(prototype.constructor?.name ?? '');
    const iterate = prototype?.[Symbol.iterator];
    const walk = typeof iterate === 'function' ? { walk: inner(() => iterate.call(value)) } : {};
    return { $: 'instance', name, ...walk, ...own() };
  }

  function items(value, known, depth) {
    const { length } = value;
    const isThere = (place) => Object.hasOwn(value, place);
    // One that is full all over is too large, which counting its keys would take long to find.
    const isFull = [0, Math.floor(length / 2), length - 1].every(isThere);
    const isSparse = length > table.maxSize / 2 && !isFull;
    const isItem = (key) => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < length;
    const held = [];
    // At once, not after having read the most of it.
    if (!isSparse) spend(known, 2 * length);
    let count = 0;
    for (let place = 0; !isSparse && place < length; place++) {
      const isHeld = isThere(place);
      if (isHeld) count += 1;
      held.push(isHeld ? encode(value[place], known, depth) : { $: 'hole' });
    }
    const isMore = isSparse || Reflect.ownKeys(value).length !== count + 1;
    const own = isMore
      ? { own: entries(value, known, depth, (key) => isSparse || !isItem(key)) }
      : {};
    return { $: 'Array', v: held, length, ...own };
  }

  function bytes(buffer, inner) {
    return Array.from(new Uint8Array(buffer), inner);
  }

  function subclass(value, standard) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === standard.prototype) return {};
    return { name: String(prototype?.constructor?.name ?? '') };
  }

  function encodeError(error, known, depth) {
    const kinds = [];
    let at = Object.getPrototypeOf(error);
    for (; at && kinds.length < maxDepth; at = Object.getPrototypeOf(at)) {
      kinds.push(String(at.constructor?.name ?? ''));
    }
    const told = { $: 'Error', name: String(error.name), message: String(error.message), kinds };
    spend(known, told.message.length);
    const inside = ['cause', 'errors'].flatMap((key) =>
      Object.hasOwn(error, key) ? [[key, encode(error[key], known, depth)]] : [],
    );
    return { ...told, inside, id: give(error), own: entries(error, known, depth) };
  }

  function givePromise(promise) {
    if (numberOfGiven.has(promise)) return numberOfGiven.get(promise);
    const v = give(promise);
    const tell = (kind) => (value) => {
      const known = newKnown();
      let state;
      try {
        state = { [kind]: encode(value, known) };
      } catch (error) {
        state = { raised: encode(error, newKnown()) };
      }
      if (kind === 'raised') raising(value, promise);
      send(stringify({ ask: 'settle', v, ...state }));
    };
    Promise.prototype.then.call(promise, tell('value'), tell('raised'));
    return v;
  }

  return { encode, contents };
};
