'use strict';
// Plain data between two Nodes as JSON, with the type named where JSON has none. Both sides read
// what they get as data alone: nothing that crosses is run, and no key of it reaches a prototype.
const { types } = require('node:util');
const { items, standardSymbol, symbolNamed } = require('./nodeItems.js');

const maxItems = 10000;
const maxDepth = 200;
const views = Object.fromEntries(
  [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array],
    ...[Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView],
  ].map((kind) => [kind.name, kind]),
);
const errors = Object.fromEntries(
  [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError].map((kind) => [
    kind.name,
    kind,
  ]),
);

/** What the language calls to turn an object into something, and what it answers questions of data by. */
const standard = new Set(
  'valueOf toString toLocaleString toJSON constructor includes has some indexOf lastIndexOf findIndex findLastIndex startsWith endsWith search match test exec localeCompare hasOwnProperty isPrototypeOf propertyIsEnumerable isSubsetOf isSupersetOf isDisjointFrom'.split(
    ' ',
  ),
);
const none = () => Object.freeze(Object.create(null));

/** What stands in a list at a number that the other side sent, which may be anything. */
function at(list, number) {
  if (!Number.isInteger(number) || number < 0 || number >= list.length) {
    throw new TypeError('it refers to what was never given');
  }
  return list[number];
}

/** The containers of one call, numbered alike on both sides in the order of their encoding. */
class Known {
  list = [];
  numbers = new Map();

  keep(value) {
    this.numbers.set(value, this.list.length);
    this.list.push(value);
    return value;
  }

  forgetAfter(count) {
    for (const extra of this.list.splice(count)) this.numbers.delete(extra);
  }
}

/** One side of a conversation: what it gave away, and what stands here for what it got. */
class Side {
  #given = [];
  #givenNumbers = new Map();
  #standIns = new Map();
  #numbers = new WeakMap();
  #classes = new Map();
  #live;

  /**
   * `live` tells how to stand for what is more than data: promises to give and to take, functions
   * and async iterators of the other side. What it does not tell crosses as a token. The checking
   * side takes no functions that stand for those of the language (`isChecker`).
   */
  constructor(live = {}) {
    this.#live = live;
    if (live.hear) this.hear = live.hear;
  }

  /** Who hears of what is raised to the other side, and of what comes raised from there. */
  hear = { raising() {}, raised() {} };

  /** Whether the other side may call something here. */
  hasGivenFunctions = false;

  /** What was given under a number, and the object that it was found in. */
  given(number) {
    return at(this.#given, number);
  }

  encode(value, known, depth = 0, owner = undefined) {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number') {
      const isPlain = Number.isFinite(value) && !Object.is(value, -0);
      return isPlain ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value === 'symbol') return standardSymbol(value) ?? this.#give('mine', value);
    if (depth > maxDepth) return this.#give('mine', value);
    if (this.#numbers.has(value)) return { $: 'yours', v: this.#numbers.get(value) };
    if (typeof value === 'function') return this.#giveFunction(value, owner);
    if (types.isProxy(value)) return this.#give('mine', value);
    if (types.isDate(value)) return { $: 'Date', v: value.getTime() };
    if (types.isRegExp(value)) {
      return { $: 'RegExp', v: [value.source, value.flags], at: value.lastIndex };
    }
    if (types.isPromise(value)) {
      return this.#live.promise
        ? { $: 'promise', v: this.#live.promise(value) }
        : this.#give('mine', value);
    }
    const place = known.numbers.get(value);
    if (place !== undefined) return { $: 'same', v: place };
    if (isIterator(value)) return this.#encodeIterator(value, known, depth);
    if (typeof value.next === 'function' && typeof value[Symbol.asyncIterator] === 'function') {
      return this.#give('asyncIterator', value);
    }
    if (value instanceof URL) return { $: 'URL', v: value.href };
    if (!this.#live.instances && !isContainer(value)) return this.#give('mine', value);
    known.keep(value);
    return this.contents(value, known, depth + 1);
  }

  /** What a container holds now. */
  contents(value, known, depth = 1) {
    const inner = (item) => this.encode(item, known, depth);
    if (Array.isArray(value)) return { $: 'Array', ...items(value, inner) };
    if (types.isMap(value)) return { $: 'Map', v: [...value].map((pair) => pair.map(inner)) };
    if (types.isSet(value)) return { $: 'Set', v: [...value].map(inner) };
    if (types.isAnyArrayBuffer(value)) return { $: 'ArrayBuffer', v: base64(value) };
    if (ArrayBuffer.isView(value)) {
      const name = Buffer.isBuffer(value) ? 'Buffer' : (viewName(value) ?? 'Uint8Array');
      return { $: 'view', name, v: base64(value.buffer, value.byteOffset, value.byteLength) };
    }
    const entries = Object.keys(value).map((key) => [
      key,
      this.encode(value[key], known, depth, value),
    ]);
    if (types.isNativeError(value)) {
      if (Object.hasOwn(value, 'cause')) entries.push(['cause', inner(value.cause)]);
      return { $: 'Error', ...describeKinds(value), v: entries };
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype) return { $: 'object', v: entries };
    const name = prototype === null ? null : String(prototype.constructor?.name ?? '');
    const iterate = prototype?.[Symbol.iterator];
    const walk = typeof iterate === 'function' ? { walk: inner(() => iterate.call(value)) } : {};
    return {
      $: 'instance',
      name,
      v: entries,
      ...walk,
      ref: name === null ? null : this.#number(value),
    };
  }

  #encodeIterator(iterator, known, depth) {
    const items = [];
    for (const item of iterator) {
      if (items.length === maxItems) return { $: 'iterator', v: items, more: true };
      items.push(this.encode(item, known, depth + 1));
    }
    return { $: 'iterator', v: items, more: false };
  }

  #number(value, owner) {
    let number = this.#givenNumbers.get(value);
    if (number === undefined) {
      number = this.#given.push({ value, owner }) - 1;
      this.#givenNumbers.set(value, number);
    }
    return number;
  }

  #give(kind, value) {
    return { $: kind, v: this.#number(value), name: typeof value };
  }

  #giveFunction(value, owner) {
    this.hasGivenFunctions = true;
    const { name, length } = value;
    return { $: 'function', v: this.#number(value, owner), name: String(name), length };
  }

  decode(value, known) {
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
      case 'RegExp': {
        const made = new RegExp(String(held[0]), String(held[1]));
        made.lastIndex = Number(value.at) || 0;
        return made;
      }
      case 'URL':
        return new URL(String(held));
      case 'symbol':
        return symbolNamed(String(held));
      case 'same':
        return at(known.list, held);
      case 'yours':
        return at(this.#given, held).value;
      case 'mine':
        return this.#standIn(held, none);
      case 'function':
      case 'asyncIterator': {
        const make = this.#live[value.$];
        if (!make) return this.#standIn(held, none);
        return this.#standIn(held, () => {
          const made = make(Number(held), String(value.name));
          if (value.$ === 'function') define(made, 'length', Number(value.length) || 0, false);
          return made;
        });
      }
      case 'promise':
        return this.#live.settled?.(Number(held));
      case 'iterator':
        return bounded(
          held.map((item) => this.decode(item, known)),
          value.more === true,
        );
      default:
        return this.fill(known.keep(this.#emptyOf(value)), value, known);
    }
  }

  #standIn(number, make) {
    if (!this.#standIns.has(number)) {
      const made = make();
      this.#standIns.set(number, made);
      this.#numbers.set(made, number);
    }
    return this.#standIns.get(number);
  }

  #emptyOf(value) {
    switch (value.$) {
      case 'Array':
        return [];
      case 'Map':
        return new Map();
      case 'Set':
        return new Set();
      case 'ArrayBuffer':
        return bytesOf(value.v).buffer;
      case 'view': {
        if (value.name === 'Buffer') return Buffer.from(String(value.v), 'base64');
        const kind = Object.hasOwn(views, value.name) ? views[value.name] : Uint8Array;
        return new kind(bytesOf(value.v).buffer);
      }
      case 'Error':
        return this.error(value);
      case 'instance': {
        if (value.name === null) return Object.create(null);
        const made = new (this.#class(String(value.name), null))();
        if (typeof value.ref === 'number') this.#numbers.set(made, value.ref);
        return made;
      }
      default:
        return {};
    }
  }

  /** Makes a container hold just what was sent of it. */
  fill(made, value, known) {
    const held = value.v;
    const inner = (item) => this.decode(item, known);
    if (Array.isArray(made)) {
      made.length = 0;
      made.length = value.length ?? held.length;
      held.forEach((item, place) => {
        if (item?.$ !== 'hole') made[place] = inner(item);
      });
      for (const [key, item] of value.own ?? []) {
        const content = inner(item);
        define(made, key, this.#isTrick(made, key, content) ? none() : content);
      }
    } else if (types.isMap(made)) {
      made.clear();
      for (const [key, item] of held) made.set(inner(key), inner(item));
    } else if (types.isSet(made)) {
      made.clear();
      for (const item of held) made.add(inner(item));
    } else if (ArrayBuffer.isView(made)) {
      const bytes = Buffer.from(String(held), 'base64');
      Buffer.from(made.buffer, made.byteOffset, made.byteLength).set(
        bytes.subarray(0, made.byteLength),
      );
    } else if (types.isAnyArrayBuffer(made)) {
      Buffer.from(made).set(Buffer.from(String(held), 'base64').subarray(0, made.byteLength));
    } else {
      for (const key of Object.keys(made)) delete made[key];
      for (const [key, item] of held) {
        const content = inner(item);
        define(made, key, this.#isTrick(made, key, content) ? none() : content);
      }
      if (value.walk) define(made, Symbol.iterator, inner(value.walk), false);
    }
    return made;
  }

  /** An error of the same kind: of the nearest class that both sides have. */
  error({ kinds, name, message, stack }) {
    const known = kinds.map(String).find((kind) => Object.hasOwn(errors, kind)) ?? 'Error';
    const own = String(kinds[0] ?? 'Error');
    const kind = own === known ? errors[known] : this.#class(own, errors[known]);
    const error = new kind(String(message));
    if (error.name !== name) define(error, 'name', String(name), false);
    if (typeof stack === 'string') define(error, 'stack', stack, false);
    return error;
  }

  /** A function that stands for one of the language: tests that ask data must be answered by data. */
  #isTrick(made, key, value) {
    if (this.#live.isChecker !== true || typeof value !== 'function') return false;
    return standard.has(key) || key in (Object.getPrototypeOf(made) ?? {});
  }

  #class(name, base) {
    const key = `${name}:${base?.name}`;
    if (!this.#classes.has(key)) {
      const made = base ? { [name]: class extends base {} } : { [name]: class {} };
      this.#classes.set(key, made[name]);
    }
    return this.#classes.get(key);
  }
}

function isContainer(value) {
  if (Array.isArray(value) || types.isMap(value) || types.isSet(value)) return true;
  if (types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || types.isNativeError(value);
}

function isIterator(value) {
  return typeof value.next === 'function' && typeof value[Symbol.iterator] === 'function';
}

function* bounded(items, more) {
  yield* items;
  if (more) throw new RangeError(`an iterator of more than ${items.length} items`);
}

function viewName(value) {
  return Object.keys(views).find((name) => value instanceof views[name]);
}

function base64(buffer, start = 0, length = buffer.byteLength) {
  return Buffer.from(buffer, start, length).toString('base64');
}

/** In memory of their own, as views of wider elements need. */
function bytesOf(text) {
  return new Uint8Array(Buffer.from(String(text), 'base64'));
}

function describeKinds(error) {
  const kinds = [];
  for (let at = Object.getPrototypeOf(error); at; at = Object.getPrototypeOf(at)) {
    kinds.push(String(at.constructor?.name ?? ''));
  }
  return { kinds, name: String(error.name), message: String(error.message) };
}

/** Also `__proto__` is a key like others. */
function define(object, key, value, enumerable = true) {
  const name = typeof key === 'symbol' ? key : String(key);
  Object.defineProperty(object, name, {
    value,
    enumerable,
    configurable: true,
    writable: true,
  });
}

module.exports = { Side, Known };
