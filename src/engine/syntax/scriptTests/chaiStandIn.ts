/**
 * What stands in for `expect` of chai where tests run without it: chains of words that hold or throw
 * Node's AssertionError. The words are few and depend on each other, so that all are given.
 */
export const chaiStandIn = `import { AssertionError as ExpectationError, deepStrictEqual } from 'node:assert';
function expect(actual, words, flags = {}) {
  const tell = (holds, what, expected) => {
    if (Boolean(holds) === Boolean(flags.not)) {
      const message = \`\${words ? \`\${words}: \` : ''}expected it \${flags.not ? 'not ' : ''}\${what}\`;
      throw new ExpectationError({ message, actual, expected, operator: what });
    }
    return expect(actual, words, { ...flags, not: false });
  };
  const isEqual = (a, b) => {
    try {
      deepStrictEqual(a, b);
      return true;
    } catch {
      return false;
    }
  };
  const same = (a, b) => (flags.deep ? isEqual(a, b) : a === b || (a !== a && b !== b));
  const kind = (one) => Object.prototype.toString.call(one).slice(8, -1).toLowerCase();
  const has = (part) => {
    if (typeof actual === 'string') return actual.includes(part);
    if (Array.isArray(actual)) return actual.some((one) => same(one, part));
    if (actual instanceof Set || actual instanceof Map) return actual.has(part);
    return Object.keys(part).every((key) => same(actual[key], part[key]));
  };
  const thrown = (wanted, text) => {
    let [error, threw] = [undefined, false];
    try {
      actual();
    } catch (caught) {
      [error, threw] = [caught, true];
    }
    const message = String(error?.message ?? error);
    const says = (part) => (part instanceof RegExp ? part.test(message) : message.includes(part));
    const isClass = typeof wanted === 'function';
    const fits =
      wanted === undefined ||
      (isClass ? error instanceof wanted || error?.name === wanted.name : says(wanted));
    return tell(threw && fits && (text === undefined || says(text)), 'to throw', wanted);
  };
  const members = (all) =>
    tell(
      actual.length === all.length && all.every((one) => actual.some((other) => same(other, one))),
      'to have members',
      all,
    );
  const keys = (...all) => {
    const wanted = all.flat();
    const own = Object.keys(actual);
    return tell(own.length === wanted.length && wanted.every((key) => own.includes(key)), 'to have keys', wanted);
  };
  const property = (name, ...value) =>
    tell(
      actual !== null && actual !== undefined && name in Object(actual) && value.every((one) => same(actual[name], one)),
      'to have the property',
      name,
    );
  const is = (name) => tell(kind(actual) === name.toLowerCase(), 'to be of kind', name);
  const methods = {
    equal: (b) => tell(same(actual, b), 'to equal', b),
    eql: (b) => tell(isEqual(actual, b), 'to equal', b),
    include: (b) => tell(has(b), 'to include', b),
    throw: thrown,
    a: is,
    instanceof: (b) => tell(actual instanceof b, 'to be an instance', b),
    lengthOf: (b) => tell(actual.length === b, 'to have length', b),
    above: (b) => tell(actual > b, 'to be above', b),
    least: (b) => tell(actual >= b, 'to be at least', b),
    below: (b) => tell(actual < b, 'to be below', b),
    most: (b) => tell(actual <= b, 'to be at most', b),
    closeTo: (b, delta) => tell(Math.abs(actual - b) <= delta, 'to be close', b),
    match: (b) => tell(b.test(actual), 'to match', b),
    string: (b) => tell(actual.includes(b), 'to include', b),
    oneOf: (b) => tell(b.includes(actual), 'to be one of', b),
    satisfy: (holds) => tell(holds(actual), 'to satisfy', true),
    property,
    members,
    keys,
  };
  const others = {
    ...{ equals: 'equal', eq: 'equal', eqls: 'eql', includes: 'include', contain: 'include' },
    ...{ contains: 'include', throws: 'throw', Throw: 'throw', an: 'a', instanceOf: 'instanceof' },
    ...{ length: 'lengthOf', gt: 'above', greaterThan: 'above', gte: 'least', lt: 'below' },
    ...{ lessThan: 'below', lte: 'most', approximately: 'closeTo', matches: 'match', key: 'keys' },
  };
  for (const [name, method] of Object.entries(others)) methods[name] = methods[method];
  const values = {
    ok: () => tell(actual, 'to be truthy', true),
    true: () => tell(actual === true, 'to be true', true),
    false: () => tell(actual === false, 'to be false', false),
    null: () => tell(actual === null, 'to be null', null),
    undefined: () => tell(actual === undefined, 'to be undefined', undefined),
    NaN: () => tell(actual !== actual, 'to be NaN', NaN),
    exist: () => tell(actual !== null && actual !== undefined, 'to exist', 'a value'),
    empty: () => tell((actual.length ?? actual.size ?? Object.keys(actual).length) === 0, 'to be empty', 'nothing'),
    not: () => expect(actual, words, { ...flags, not: true }),
    deep: () => expect(actual, words, { ...flags, deep: true }),
  };
  const chain = function () {};
  for (const name of ['to', 'be', 'been', 'is', 'that', 'which', 'and', 'has', 'have', 'with', 'at', 'of', 'same', 'own']) {
    Object.defineProperty(chain, name, { get: () => expect(actual, words, flags) });
  }
  for (const [name, value] of Object.entries(values)) Object.defineProperty(chain, name, { get: value });
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(chain, name, { value });
  return chain;
}`;

/** Words of chai that do not stand there. */
export const missingFromChai =
  /\.(?:nested|ordered|any|all|respondTo|itself|change|increase|decrease|extensible|sealed|frozen|arguments|finite|ownPropertyDescriptor|eventually|calledWith|called)\b/;
