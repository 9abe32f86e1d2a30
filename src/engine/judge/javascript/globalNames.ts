/** Names that the language and the prelude have: no test takes them from a program. */
export const globalNames: ReadonlySet<string> = new Set(
  `
  AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean
  DataView Date Error EvalError FinalizationRegistry Float32Array Float64Array Function
  Infinity Int16Array Int32Array Int8Array InternalError Intl Iterator JSON Map Math NaN
  Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer
  String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet arguments assert console decodeURI
  decodeURIComponent encodeURI encodeURIComponent escape eval exports globalThis isFinite
  isNaN module parseFloat parseInt queueMicrotask require setInterval setTimeout
  clearInterval clearTimeout structuredClone this
  undefined unescape
`.split(/\s+/),
);
