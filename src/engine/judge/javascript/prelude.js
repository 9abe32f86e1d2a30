// Runs first in each fresh QuickJS runtime: what a program and its tests may expect to find.
// Assertions follow node:assert (strict and legacy); a failing one carries both sides printed.
(() => {
  const maxPrinted = 400;
  const write = globalThis.__print;
  const { isDeepEqual, isLooselyEqual } = globalThis.__comparing;
  delete globalThis.__print;
  delete globalThis.__comparing;

  class AssertionError extends Error {
    // As Node's, with one object; what stands here gives both apart.
    constructor(told, given) {
      const isObject = typeof told === 'object' && told !== null;
      const sides = isObject ? told : given;
      super(isObject ? told.message : told);
      this.name = 'AssertionError';
      this.code = 'ERR_ASSERTION';
      if (sides) {
        this.actual = sides.actual;
        this.expected = sides.expected;
        this.actualText = shorten(print(sides.actual));
        this.expectedText = shorten(print(sides.expected));
      }
    }
  }

  function shorten(text) {
    if (text.length <= maxPrinted) return text;
    const half = (maxPrinted - 3) >> 1;
    return `${text.slice(0, half)}...${text.slice(-half)}`;
  }

  function print(value, depth = 0, seen = []) {
    if (typeof value === 'string') return depth === 0 ? JSON.stringify(value) : quote(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return `[function ${value.name || 'anonymous'}]`;
    if (typeof value === 'symbol') return value.toString();
    if (Object.is(value, -0)) return '-0';
    if (typeof value !== 'object' || value === null) return String(value);
    if (seen.includes(value)) return '[circular]';
    if (depth > 6) return '[...]';
    const inside = [...seen, value];
    const show = (item) => print(item, depth + 1, inside);
    if (Array.isArray(value)) return `[${value.slice(0, 100).map(show).join(', ')}]`;
    if (value instanceof Date) return `Date(${value.toJSON()})`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (value instanceof Map) {
      return `Map{${[...value].map(([key, item]) => `${show(key)} => ${show(item)}`).join(', ')}}`;
    }
    if (value instanceof Set) return `Set{${[...value].map(show).join(', ')}}`;
    if (value instanceof DataView) return `DataView(${value.byteLength})`;
    if (ArrayBuffer.isView(value)) return `${value.constructor.name}[${[...value].join(', ')}]`;
    const prototype = Object.getPrototypeOf(value);
    const named =
      prototype && prototype !== Object.prototype ? `${prototype.constructor?.name ?? ''} ` : '';
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${show(item)}`);
    return `${named}{${entries.join(', ')}}`;
  }

  function quote(text) {
    return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;
  }

  function fail(message, fallback, sides) {
    if (message instanceof Error) throw message;
    throw new AssertionError(message === undefined ? fallback : String(message), sides);
  }

  function compare(relation, holds) {
    return (actual, expected, message) => {
      if (holds(actual, expected)) return;
      const text = `${shorten(print(actual))} should ${relation} ${shorten(print(expected))}`;
      fail(message, text, { actual, expected });
    };
  }

  /** Whether what was thrown is what `assert.throws` was told to expect. */
  function matches(error, expected) {
    if (expected === undefined || typeof expected === 'string') return true;
    if (expected instanceof RegExp) return expected.test(String(error));
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return true;
      if (expected === Error || Error.isPrototypeOf(expected)) return false;
      return expected(error) === true;
    }
    return Object.keys(expected).every((key) =>
      expected[key] instanceof RegExp && typeof error[key] === 'string'
        ? expected[key].test(error[key])
        : isDeepEqual(error[key], expected[key], true),
    );
  }

  function checkThrown(outcome, expected, message) {
    if (!outcome.threw) {
      const text = typeof expected === 'string' ? expected : message;
      fail(text, 'expected it to throw', undefined);
    }
    if (matches(outcome.error, expected)) return;
    const actual = outcome.error;
    fail(message, `it threw something else: ${shorten(print(actual))}`, { actual, expected });
  }

  function attempt(action) {
    try {
      action();
      return { threw: false };
    } catch (error) {
      return { threw: true, error };
    }
  }

  async function attemptAsync(action) {
    const look = globalThis.__looked ?? ((promise) => promise);
    try {
      await look(typeof action === 'function' ? action() : action);
      return { threw: false };
    } catch (error) {
      return { threw: true, error };
    }
  }

  function build(strict) {
    const assert = (value, message) => assert.ok(value, message);
    const equal = strict ? Object.is : isLooselyEqual;
    const deep = (isStrict) => (a, b) => isDeepEqual(a, b, isStrict);
    const not = (holds) => (a, b) => !holds(a, b);
    Object.assign(assert, {
      AssertionError,
      ok(value, message) {
        if (!value)
          fail(message, `${print(value)} is not truthy`, { actual: value, expected: true });
      },
      fail: (message) => fail(message, 'failed', undefined),
      equal: compare('equal', equal),
      notEqual: compare('differ from', not(equal)),
      strictEqual: compare('equal', Object.is),
      notStrictEqual: compare('differ from', not(Object.is)),
      deepEqual: compare('equal', deep(strict)),
      notDeepEqual: compare('differ from', not(deep(strict))),
      deepStrictEqual: compare('equal', deep(true)),
      notDeepStrictEqual: compare('differ from', not(deep(true))),
      match: compare('match', (text, pattern) => pattern.test(text)),
      doesNotMatch: compare('not match', (text, pattern) => !pattern.test(text)),
      throws: (action, expected, message) => checkThrown(attempt(action), expected, message),
      doesNotThrow(action, message) {
        const outcome = attempt(action);
        if (outcome.threw) fail(message, `it threw ${shorten(print(outcome.error))}`, undefined);
      },
      rejects: async (action, expected, message) =>
        checkThrown(await attemptAsync(action), expected, message),
      async doesNotReject(action, message) {
        const outcome = await attemptAsync(action);
        if (outcome.threw) fail(message, `it rejected with ${shorten(print(outcome.error))}`);
      },
      ifError(value) {
        if (value !== null && value !== undefined) fail(value, print(value), undefined);
      },
    });
    return assert;
  }

  const strict = build(true);
  const legacy = build(false);
  for (const assert of [strict, legacy]) assert.strict = strict;

  const modules = {
    assert: legacy,
    'node:assert': legacy,
    'assert/strict': strict,
    'node:assert/strict': strict,
  };
  globalThis.require = (name) => {
    if (Object.hasOwn(modules, name)) return modules[name];
    throw new Error(`Cannot find module '${name}': this sandbox has no Node modules`);
  };
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  globalThis.assert = strict;
  const log = (...values) =>
    write(values.map((value) => (typeof value === 'string' ? value : print(value))).join(' '));
  globalThis.console = {
    log,
    info: log,
    warn: log,
    error: log,
    debug: log,
    trace: log,
    assert(value, ...rest) {
      if (!value) fail(rest.length ? rest.join(' ') : undefined, 'console.assert did not hold');
    },
  };
})();
