// Runs before a program whose steps are watched (`syntax/instrumentTrace.ts` puts the calls in).
// Printing runs no code of the program: no getter, no method, no trap of a Proxy; and what the
// program does to standard objects later does not reach in here.
(() => {
  const maxKept = 60;
  const maxPrinted = 80;
  const maxItems = 12;
  const maxDepth = 3;
  const half = maxKept / 2;
  const stepsBetweenLooks = 64;
  // Where nothing else can end a loop, such as one behind an await in Node: ends all, if it is late.
  const endIfLate = globalThis.__endIfLate;
  const { apply, construct, ownKeys, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
  const { isArray } = Array;
  const { stringify } = JSON;
  const toText = String;
  const errorPrototype = Error.prototype;
  const slice = String.prototype.slice;
  const match = RegExp.prototype.exec;
  const getTime = Date.prototype.getTime;
  const getterOf = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
  const sourceOf = getterOf(RegExp.prototype, 'source');
  const isGlobal = getterOf(RegExp.prototype, 'global');
  const isIgnoringCase = getterOf(RegExp.prototype, 'ignoreCase');
  const regExpPrototype = RegExp.prototype;
  const mapSize = getterOf(Map.prototype, 'size');
  const setSize = getterOf(Set.prototype, 'size');
  const mapForEach = Map.prototype.forEach;
  const setForEach = Set.prototype.forEach;
  const { has: weakHas, add: weakAdd } = WeakSet.prototype;
  const { get: weakGet, set: weakSet } = WeakMap.prototype;
  const OwnError = Error;
  // In V8 a stack is no data: it is put together when it is read, from what may be the program's.
  const readStack = getOwnPropertyDescriptor(new Error(''), 'stack')?.get;
  const prepareStack = getOwnPropertyDescriptor(OwnError, 'prepareStackTrace')?.value;
  const proxies = new WeakSet();
  const printedLast = new WeakMap();
  const program = /program\.js:(\d+)/;

  const NativeProxy = Proxy;
  const { revocable } = NativeProxy;
  const remember = (proxy) => (apply(weakAdd, proxies, [proxy]), proxy);
  globalThis.Proxy = function Proxy(target, handler) {
    if (!new.target) throw new TypeError("Constructor Proxy requires 'new'");
    return remember(construct(NativeProxy, [target, handler]));
  };
  delete globalThis.Proxy.prototype;
  globalThis.Proxy.revocable = (target, handler) => {
    const made = revocable(target, handler);
    remember(made.proxy);
    return made;
  };

  const isObject = (value) =>
    (typeof value === 'object' && value !== null) || typeof value === 'function';
  const isProxy = (value) => apply(weakHas, proxies, [value]);
  const cut = (text) =>
    text.length > maxPrinted ? `${apply(slice, text, [0, maxPrinted - 3])}...` : text;

  function attempt(action, value) {
    try {
      return apply(action, value, []);
    } catch {
      return undefined;
    }
  }

  /** The value of an own property that is data; undefined for anything that would run code. */
  function dataOf(object, key) {
    return isProxy(object) ? undefined : getOwnPropertyDescriptor(object, key)?.value;
  }

  function inherited(object, key) {
    for (let at = object, far = 0; isObject(at) && !isProxy(at) && far < 20; far++) {
      const found = getOwnPropertyDescriptor(at, key);
      if (found) return found.value;
      at = getPrototypeOf(at);
    }
    return undefined;
  }

  /** Not by `instanceof`, which asks a Proxy that stands among the prototypes. */
  function isError(value) {
    for (let at = value, far = 0; isObject(at) && !isProxy(at) && far < 20; far++) {
      if (at === errorPrototype) return true;
      at = getPrototypeOf(at);
    }
    return false;
  }

  /** The stack of what was thrown, where reading it runs nothing of the program. */
  function stackOf(error) {
    const stack = dataOf(error, 'stack');
    if (stack !== undefined || !readStack || isProxy(error)) return stack;
    const isOwn = getOwnPropertyDescriptor(error, 'stack')?.get === readStack;
    const prepare = getOwnPropertyDescriptor(OwnError, 'prepareStackTrace');
    if (!isOwn || prepare?.get || prepare?.value !== prepareStack) return undefined;
    const isPlain =
      typeof inherited(error, 'name') === 'string' &&
      typeof inherited(error, 'message') === 'string';
    return isPlain ? attempt(readStack, error) : undefined;
  }

  function print(value, depth) {
    switch (typeof value) {
      case 'string':
        return stringify(value.length > maxPrinted ? apply(slice, value, [0, maxPrinted]) : value);
      case 'bigint':
        return `${toText(value)}n`;
      case 'function': {
        const name = isProxy(value) ? 'Proxy' : dataOf(value, 'name');
        return `[function ${typeof name === 'string' && name !== '' ? name : 'anonymous'}]`;
      }
      case 'object':
        break;
      default:
        return value === 0 && 1 / value < 0 ? '-0' : toText(value);
    }
    if (value === null) return 'null';
    if (isProxy(value)) return '[Proxy]';
    if (depth > maxDepth) return isArray(value) ? '[...]' : '{...}';
    return printObject(value, depth + 1);
  }

  function printObject(value, depth) {
    if (isArray(value)) return printArray(value, depth);
    const time = attempt(getTime, value);
    if (time !== undefined) return time === time ? `Date(${time})` : 'Date(invalid)';
    if (attempt(mapSize, value) !== undefined) return printMembers('Map', mapForEach, value, depth);
    if (attempt(setSize, value) !== undefined) return printMembers('Set', setForEach, value, depth);
    const prototype = getPrototypeOf(value);
    const source = value === regExpPrototype ? undefined : attempt(sourceOf, value);
    if (source !== undefined) {
      return `/${source}/${attempt(isGlobal, value) ? 'g' : ''}${attempt(isIgnoringCase, value) ? 'i' : ''}`;
    }
    const kind = isObject(prototype) ? inherited(prototype, 'constructor') : undefined;
    const name = isObject(kind) ? dataOf(kind, 'name') : undefined;
    if (isError(value)) return printError(value, name);
    const called = typeof name === 'string' && name !== 'Object' && name !== '' ? `${name} ` : '';
    return `${called}{${printEntries(value, depth)}}`;
  }

  function printError(error, kind) {
    const name = inherited(error, 'name');
    const message = inherited(error, 'message');
    const shown = typeof name === 'string' ? name : typeof kind === 'string' ? kind : 'Error';
    return typeof message === 'string' && message !== '' ? `${shown}: ${message}` : shown;
  }

  function printArray(value, depth) {
    const { length } = value;
    let text = '[';
    for (let place = 0; place < length && text.length <= maxPrinted; place++) {
      if (place > 0) text += ', ';
      if (place >= maxItems) return `${text}...]`;
      const found = getOwnPropertyDescriptor(value, toText(place));
      text += !found ? '' : 'value' in found ? print(found.value, depth) : '[getter]';
    }
    return `${text}]`;
  }

  function printMembers(name, forEach, value, depth) {
    let text = '';
    let count = 0;
    const add = (item, key) => {
      count += 1;
      if (count > maxItems || text.length > maxPrinted) return;
      const shown = name === 'Map' ? `${print(key, depth)} => ` : '';
      text += `${count > 1 ? ', ' : ''}${shown}${print(item, depth)}`;
    };
    apply(forEach, value, [add]);
    return `${name}{${text}${count > maxItems ? ', ...' : ''}}`;
  }

  function printEntries(value, depth) {
    const keys = ownKeys(value);
    let text = '';
    for (let place = 0; place < keys.length && text.length <= maxPrinted; place++) {
      const key = keys[place];
      const found = getOwnPropertyDescriptor(value, key);
      if (!found?.enumerable) continue;
      if (text !== '') text += ', ';
      if (place >= maxItems) return `${text}...`;
      text += `${toText(key)}: ${'value' in found ? print(found.value, depth) : '[getter]'}`;
    }
    return text;
  }

  const show = (value) => cut(print(value, 0));

  // The first half as it comes, the last half in a ring.
  let kept = { __proto__: null };
  let count = 0;
  let raisedLast = { value: undefined, isAny: false };
  function tell(event) {
    const place = count < half ? count : half + ((count - half) % half);
    kept[place] = event;
    count += 1;
    if (endIfLate && count % stepsBetweenLooks === 0) endIfLate();
  }

  function newEvent(line, name) {
    return { __proto__: null, line, function: name, changed: { __proto__: null } };
  }

  /** A statement ran. `read` gives what stands under the names; of `maybe` only what is different now. */
  globalThis.__trace = (line, name, names = '', read = undefined, maybe = '') => {
    const event = newEvent(line, name);
    if (read) {
      const all = `${names},${maybe}`;
      const assigned = names === '' ? 0 : countOf(names);
      let place = 0;
      let from = 0;
      for (let at = 0; at <= all.length; at++) {
        if (at < all.length && all[at] !== ',') continue;
        const variable = apply(slice, all, [from, at]);
        from = at + 1;
        if (variable === '') continue;
        note(event, variable, read, place, place < assigned);
        place += 1;
      }
    }
    tell(event);
  };

  function countOf(names) {
    let commas = 1;
    for (let at = 0; at < names.length; at++) if (names[at] === ',') commas += 1;
    return commas;
  }

  function note(event, variable, read, place, isAssigned) {
    let value;
    try {
      value = read(place);
    } catch {
      return; // It has no value yet.
    }
    const text = show(value);
    const before = isObject(value) ? apply(weakGet, printedLast, [value]) : undefined;
    if (isObject(value)) apply(weakSet, printedLast, [value, text]);
    if (isAssigned || (before !== text && isObject(value))) event.changed[variable] = text;
  }

  globalThis.__traceReturn = (line, name, value) => {
    const event = newEvent(line, name);
    event.returned = show(value);
    tell(event);
    return value;
  };

  /** Told once for each thing thrown, where it was thrown. */
  globalThis.__traceRaise = (line, name, value, isCaught) => {
    if (isCaught && raisedLast.isAny && raisedLast.value === value) return value;
    raisedLast = { value, isAny: true };
    const stack = isObject(value) ? stackOf(value) : undefined;
    const found = isCaught && typeof stack === 'string' ? apply(match, program, [stack]) : null;
    const event = newEvent(found ? +found[1] : line, name);
    event.raised = show(value);
    tell(event);
    return value;
  };

  globalThis.__traceReset = () => {
    kept = { __proto__: null };
    count = 0;
    raisedLast = { value: undefined, isAny: false };
  };

  globalThis.__traceTold = () => {
    const omitted = count > maxKept ? count - maxKept : 0;
    let text = '';
    for (let place = 0; place < count && place < maxKept; place++) {
      const isRing = place >= half && omitted > 0;
      const at = isRing ? half + ((place - half + omitted) % half) : place;
      text += `${place > 0 ? ',' : ''}${stringify(kept[at])}`;
    }
    return `{"omitted":${omitted},"events":[${text}]}`;
  };
})();
