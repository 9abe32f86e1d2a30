// Deep equality as node:assert decides it, strict and legacy; a property test holds it to that.
globalThis.__comparing = (() => {
  const { hasOwn, is, getPrototypeOf, keys, getOwnPropertySymbols } = Object;
  const isEnumerable = (value, key) => Object.prototype.propertyIsEnumerable.call(value, key);
  const tagOf = (value) => Object.prototype.toString.call(value);
  const isObject = (value) => typeof value === 'object' && value !== null;
  const isIndex = (key) => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
  const kinds = [Array.isArray, ArrayBuffer.isView, isA(Set), isA(Map), isA(Date), isA(RegExp)];
  kinds.push(isA(Error), isA(ArrayBuffer), isBoxed);

  function isA(kind) {
    return (value) => value instanceof kind;
  }

  function isBoxed(value) {
    return [Number, String, Boolean, Symbol, BigInt].some((kind) => value instanceof kind);
  }

  function isLooselyEqual(a, b) {
    // eslint-disable-next-line eqeqeq -- what legacy assert promises
    return a == b || (a !== a && b !== b);
  }

  /** Whether two values are equal all the way down; `open` are the objects being compared. */
  function isDeepEqual(a, b, isStrict, open = new Set()) {
    if (a === b) return a !== 0 || !isStrict || is(a, b);
    if (isStrict) {
      if (!isObject(a) || !isObject(b)) return typeof a === 'number' && is(a, b);
      if (getPrototypeOf(a) !== getPrototypeOf(b)) return false;
    } else if (!isObject(a) || !isObject(b)) {
      return !isObject(a) && !isObject(b) && isLooselyEqual(a, b);
    }
    if (tagOf(a) !== tagOf(b)) return false;
    if (kinds.some((isKind) => isKind(a) !== isKind(b))) return false;
    if (!hasEqualCore(a, b, isStrict, open)) return false;
    const isList = Array.isArray(a) || ArrayBuffer.isView(a);
    const names = (value) => keys(value).filter((key) => !isList || !isIndex(key));
    const own = names(a);
    if (own.length !== names(b).length) return false;
    if (!own.every((key) => isEnumerable(b, key))) return false;
    if (isStrict) {
      const symbols = (value) =>
        getOwnPropertySymbols(value).filter((key) => isEnumerable(value, key));
      const mine = symbols(a);
      if (mine.length !== symbols(b).length || !mine.every((key) => isEnumerable(b, key)))
        return false;
      own.push(...mine);
    }
    const before = open.size;
    open.add(a).add(b);
    if (open.size !== before + 2) return open.size === before;
    const same = (left, right) => isDeepEqual(left, right, isStrict, open);
    const isEqual = hasEqualItems(a, b, isStrict, same) && own.every((key) => same(a[key], b[key]));
    open.delete(a);
    open.delete(b);
    return isEqual;
  }

  /** What a value holds apart from its properties and items. */
  function hasEqualCore(a, b, isStrict, open) {
    if (a instanceof Date) return is(a.getTime(), b.getTime());
    if (a instanceof RegExp) {
      return a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
    }
    if (a instanceof Error) {
      return ['message', 'name', 'cause', 'errors'].every(
        (key) =>
          isEnumerable(a, key) ||
          ((hasOwn(a, key) === hasOwn(b, key) || key === 'name' || key === 'message') &&
            isDeepEqual(a[key], b[key], isStrict, open)),
      );
    }
    if (isBoxed(a)) return is(a.valueOf(), b.valueOf());
    if (a instanceof ArrayBuffer) return hasEqualItems(new Uint8Array(a), new Uint8Array(b), true);
    if (Array.isArray(a)) return a.length === b.length;
    return !(a instanceof Map || a instanceof Set) || a.size === b.size;
  }

  function hasEqualItems(a, b, isStrict, same) {
    if (a instanceof DataView) return hasEqualItems(bytesOf(a), bytesOf(b), true);
    if (ArrayBuffer.isView(a)) {
      if (a.length !== b.length) return false;
      // By their bytes; but legacy assert compares floating-point numbers with `===`.
      const isFloat = !isStrict && /^Float/.test(a.constructor.name);
      return a.every((item, place) => (isFloat ? item === b[place] : is(item, b[place])));
    }
    if (Array.isArray(a)) return hasEqualElements(a, b, same);
    if (a instanceof Set) return hasEqualMembers(a, b, isStrict, same);
    return !(a instanceof Map) || hasEqualEntries(a, b, isStrict, same);
  }

  function bytesOf(view) {
    return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  }

  /** A hole equals a hole alone. Sparse arrays are compared by what they hold. */
  function hasEqualElements(a, b, same) {
    for (let place = 0; place < a.length; place++) {
      if (!hasOwn(a, place) || !hasOwn(b, place)) return hasEqualSparse(a, b, same);
      if (!same(a[place], b[place])) return false;
    }
    return true;
  }

  function hasEqualSparse(a, b, same) {
    const places = (value) => keys(value).filter(isIndex);
    const mine = places(a);
    return (
      mine.length === places(b).length &&
      mine.every((place) => hasOwn(b, place) && same(a[place], b[place]))
    );
  }

  function hasEqualMembers(a, b, isStrict, same) {
    const left = [...a].filter((item) => isObject(item) || !b.has(item));
    if (isStrict && !left.every(isObject)) return false;
    const right = [...b].filter((item) => isObject(item) || !a.has(item));
    return left.length === right.length && havePartners(left, right, same);
  }

  function hasEqualEntries(a, b, isStrict, same) {
    const left = [];
    for (const [key, value] of a) {
      if (isObject(key)) left.push([key, value]);
      else if (b.has(key) && same(value, b.get(key))) continue;
      else if (isStrict) return false;
      else left.push([key, value]);
    }
    const taken = (key) => !isObject(key) && a.has(key) && same(a.get(key), b.get(key));
    const right = [...b].filter(([key]) => !taken(key));
    const isPair = ([k, v], [key, value]) => same(k, key) && same(v, value);
    return left.length === right.length && havePartners(left, right, isPair);
  }

  function havePartners(left, right, same) {
    const free = [...right];
    return left.every((item) => {
      const place = free.findIndex((other) => same(item, other));
      if (place < 0) return false;
      free.splice(place, 1);
      return true;
    });
  }

  return { isDeepEqual, isLooselyEqual };
})();
