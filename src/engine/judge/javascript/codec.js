// Plain data to and from JSON, with the type named where JSON has none. Runs in QuickJS.
(() => {
  const maxRecordedCalls = 200;
  const maxDepth = 50;
  const opaque = { opaque: true };

  function encode(value, depth = 0) {
    if (depth > maxDepth) throw opaque;
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value !== 'object') throw opaque;
    const inner = (item) => encode(item, depth + 1);
    if (Array.isArray(value)) return Array.from(value, inner);
    if (value instanceof Date) return { $: 'Date', v: value.toJSON() };
    if (value instanceof Map) return { $: 'Map', v: [...value].map((pair) => pair.map(inner)) };
    if (value instanceof Set) return { $: 'Set', v: [...value].map(inner) };
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) throw opaque;
    const entries = Object.keys(value)
      .sort()
      .map((key) => [key, inner(value[key])]);
    return { $: 'object', v: entries };
  }

  const decoders = {
    undefined: () => undefined,
    bigint: (text) => BigInt(text),
    number: (text) => Number(text),
    Date: (text) => new Date(text),
    Map: (pairs) => new Map(pairs.map((pair) => pair.map(decode))),
    Set: (items) => new Set(items.map(decode)),
    object: (entries) => Object.fromEntries(entries.map(([key, item]) => [key, decode(item)])),
  };

  function decode(value) {
    if (Array.isArray(value)) return value.map(decode);
    return value !== null && typeof value === 'object' ? decoders[value.$](value.v) : value;
  }

  const calls = [];
  globalThis.__recorded = () => JSON.stringify(calls);
  globalThis.__recording = (original) =>
    function recording(...args) {
      if (calls.length < maxRecordedCalls) {
        try {
          calls.push({ args: encode(args), kwargs: null });
        } catch (error) {
          if (error !== opaque) throw error;
        }
      }
      return original.apply(this, args);
    };
  globalThis.__call = (original, encodedArgs) => {
    const args = decode(encodedArgs);
    try {
      const value = original(...args);
      const plain = isIterator(value) ? [...value] : value;
      return JSON.stringify({ value: encode(plain), after: encode(args) });
    } catch (error) {
      if (error === opaque) return '{"opaque":true}';
      return JSON.stringify({ raised: String(error?.name ?? typeof error) });
    }
  };

  function isIterator(value) {
    return typeof value?.next === 'function' && typeof value[Symbol.iterator] === 'function';
  }
})();
