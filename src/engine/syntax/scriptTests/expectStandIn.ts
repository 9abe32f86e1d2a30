/**
 * What stands in for `expect` of vitest and jest where tests run without them: plain JavaScript with
 * the matchers that they use, which throws Node's AssertionError.
 */
export function expectStandIn(members: Iterable<string>): string {
  const used = new Set(members);
  const matchers = Object.entries(texts).flatMap(([name, text]) =>
    used.has(name) ? [`      ${text}`] : [],
  );
  const asymmetric = Object.entries(asymmetricTexts).flatMap(([name, text]) =>
    used.has(name) ? [text] : [],
  );
  const isLate = used.has('resolves') || used.has('rejects');
  return [
    "import { AssertionError as ExpectationError } from 'node:assert';",
    ...(compares.some((name) => used.has(name)) ? [sameText] : []),
    `function expect(actual, words) {
  const matchers = (isNot) => {
    const tell = (holds, matcher, expected) => {
      if (Boolean(holds) !== isNot) return;
      const message = \`\${words ? \`\${words}: \` : ''}expected it \${isNot ? 'not ' : ''}\${matcher}\`;
      throw new ExpectationError({ message, actual, expected, operator: matcher });
    };
    return {
${matchers.join('\n')}
    };
  };${isLate ? lateText : ''}
  return { ...matchers(false), not: matchers(true)${isLate ? ', resolves: late(settled), rejects: late(rejected)' : ''} };
}`,
    ...asymmetric,
  ].join('\n');
}

/** Whether a matcher, or a member of `expect`, has a text here. */
export function expectStandsIn(member: string): boolean {
  return (
    /^(?:not|resolves|rejects)$/.test(member) ||
    Object.hasOwn(texts, member) ||
    Object.hasOwn(asymmetricTexts, member)
  );
}

const compares = [
  'toEqual',
  'toStrictEqual',
  'toMatchObject',
  'toContainEqual',
  'toHaveProperty',
  'objectContaining',
  'arrayContaining',
];

const thrownText = `(expected) => {
        let [thrown, threw] = [actual, typeof actual !== 'function'];
        try {
          if (!threw) actual();
        } catch (error) {
          [thrown, threw] = [error, true];
        }
        const text = String(thrown?.message ?? thrown);
        const fits =
          expected === undefined ||
          (typeof expected === 'string' && text.includes(expected)) ||
          (expected instanceof RegExp && expected.test(text)) ||
          (typeof expected === 'function' &&
            (thrown instanceof expected || thrown?.name === expected.name)) ||
          (typeof expected === 'object' && text === expected?.message);
        if (!threw) return tell(false, 'to throw', expected);
        actual = thrown;
        tell(fits, 'to throw', expected);
      },`;

const texts: Readonly<Record<string, string>> = {
  toBe: "toBe: (expected) => tell(Object.is(actual, expected), 'to be', expected),",
  toEqual: "toEqual: (expected) => tell(isSame(actual, expected, false), 'to equal', expected),",
  toStrictEqual:
    "toStrictEqual: (expected) => tell(isSame(actual, expected, true), 'to equal', expected),",
  toMatchObject: `toMatchObject: (expected) =>
        tell(isSame(actual, expected, false, true), 'to match', expected),`,
  toBeTruthy: "toBeTruthy: () => tell(actual, 'to be truthy', true),",
  toBeFalsy: "toBeFalsy: () => tell(!actual, 'to be falsy', false),",
  toBeNull: "toBeNull: () => tell(actual === null, 'to be null', null),",
  toBeUndefined: "toBeUndefined: () => tell(actual === undefined, 'to be undefined', undefined),",
  toBeDefined: "toBeDefined: () => tell(actual !== undefined, 'to be defined', 'a value'),",
  toBeNaN: "toBeNaN: () => tell(Number.isNaN(actual), 'to be NaN', NaN),",
  toBeGreaterThan: "toBeGreaterThan: (least) => tell(actual > least, 'to be greater', least),",
  toBeGreaterThanOrEqual:
    "toBeGreaterThanOrEqual: (least) => tell(actual >= least, 'to be at least', least),",
  toBeLessThan: "toBeLessThan: (most) => tell(actual < most, 'to be less', most),",
  toBeLessThanOrEqual:
    "toBeLessThanOrEqual: (most) => tell(actual <= most, 'to be at most', most),",
  toBeCloseTo: `toBeCloseTo: (expected, digits = 2) =>
        tell(
          Object.is(actual, expected) || Math.abs(actual - expected) < 10 ** -digits / 2,
          'to be close',
          expected,
        ),`,
  toBeInstanceOf:
    "toBeInstanceOf: (kind) => tell(actual instanceof kind, 'to be an instance', kind),",
  toBeTypeOf: "toBeTypeOf: (kind) => tell(typeof actual === kind, 'to be of type', kind),",
  toMatch: `toMatch: (expected) =>
        tell(
          expected instanceof RegExp ? expected.test(actual) : actual.includes(expected),
          'to match',
          expected,
        ),`,
  toContain:
    "toContain: (part) => tell([...actual].includes(part) || (typeof actual === 'string' && actual.includes(part)), 'to contain', part),",
  toContainEqual:
    "toContainEqual: (part) => tell([...actual].some((one) => isSame(one, part, false)), 'to contain', part),",
  toHaveLength:
    "toHaveLength: (length) => tell(actual?.length === length, 'to have length', length),",
  toHaveProperty: `toHaveProperty: (key, ...wanted) => {
        const names = Array.isArray(key) ? key : String(key).split('.');
        const has = (one, name) => one !== null && one !== undefined && name in Object(one);
        let [value, isThere] = [actual, true];
        for (const name of names) [isThere, value] = [isThere && has(value, name), value?.[name]];
        tell(isThere && wanted.every((one) => isSame(value, one, false)), 'to have', wanted[0]);
      },`,
  toSatisfy: "toSatisfy: (holds) => tell(holds(actual), 'to satisfy', true),",
  toBeOneOf: "toBeOneOf: (all) => tell([...all].includes(actual), 'to be one of', all),",
  toThrow: `toThrow: ${thrownText}`,
  toThrowError: `toThrowError: ${thrownText}`,
};

const lateText = `
  const late = (value) => {
    const told = (isNot) =>
      Object.fromEntries(
        Object.keys(matchers(isNot)).map((name) => [
          name,
          async (...wanted) => {
            const all = expect(await value(), words);
            (isNot ? all.not : all)[name](...wanted);
          },
        ]),
      );
    return { ...told(false), not: told(true) };
  };
  const settled = async () => actual;
  const rejected = async () => {
    let value;
    try {
      value = await (typeof actual === 'function' ? actual() : actual);
    } catch (error) {
      return error;
    }
    throw new ExpectationError({ message: 'expected it to reject', actual: value });
  };`;

const sameText = `function isSame(a, b, isStrict, isPart = false) {
  if (typeof b?.asymmetricMatch === 'function') return b.asymmetricMatch(a);
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const kind = (one) => Object.prototype.toString.call(one);
  if (kind(a) !== kind(b)) return false;
  if (isStrict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error) return a.message === b.message && a.name === b.name;
  if (a instanceof Set || a instanceof Map) {
    const left = [...b];
    return (
      a.size === b.size &&
      [...a].every((one) => {
        const at = left.findIndex((other) => isSame(one, other, isStrict));
        if (at >= 0) left.splice(at, 1);
        return at >= 0;
      })
    );
  }
  if (Array.isArray(a) && a.length !== b.length) return false;
  const keys = (one) =>
    Reflect.ownKeys(one).filter(
      (key) =>
        Object.prototype.propertyIsEnumerable.call(one, key) &&
        (isStrict || one[key] !== undefined),
    );
  const wanted = keys(b);
  return (
    (isPart || keys(a).length === wanted.length) &&
    wanted.every((key) => key in a && isSame(a[key], b[key], isStrict, isPart))
  );
}`;

const asymmetricTexts: Readonly<Record<string, string>> = {
  any: `expect.any = (kind) => ({
  asymmetricMatch: (value) =>
    value instanceof kind || typeof value === kind.name.toLowerCase(),
});`,
  anything: `expect.anything = () => ({
  asymmetricMatch: (value) => value !== null && value !== undefined,
});`,
  objectContaining: `expect.objectContaining = (part) => ({
  asymmetricMatch: (value) => isSame(value, part, false, true),
});`,
  arrayContaining: `expect.arrayContaining = (part) => ({
  asymmetricMatch: (value) => part.every((one) => value.some((other) => isSame(other, one, false))),
});`,
  stringContaining: `expect.stringContaining = (part) => ({
  asymmetricMatch: (value) => String(value).includes(part),
});`,
  stringMatching: `expect.stringMatching = (pattern) => ({
  asymmetricMatch: (value) => new RegExp(pattern).test(value),
});`,
};
