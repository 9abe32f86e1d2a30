import nodeAssert from 'node:assert';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import fc from 'fast-check';

type Assert = typeof nodeAssert;

/** Our assertions, in a realm of this one's values: the same classes as the values tested. */
function loadPrelude(): { strict: Assert; legacy: Assert } {
  const source = ['comparing', 'prelude']
    .map((name) => readFileSync(`src/engine/judge/javascript/${name}.js`, 'utf8'))
    .join('\n');
  const names = ['globalThis', 'module', 'exports', 'console'];
  const scope: Record<string, unknown> = { __print: () => undefined };
  const run = vm.runInThisContext(`(function (${names.join(', ')}) { ${source} })`) as (
    ...values: unknown[]
  ) => void;
  run(scope, {}, {}, {});
  const require = scope['require'] as (name: string) => Assert;
  return { strict: require('node:assert/strict'), legacy: require('node:assert') };
}

const ours = loadPrelude();

/** Whether it holds, or how it fails. */
function outcome(check: () => void): string {
  try {
    check();
    return 'holds';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const value = fc.oneof(
  fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, maxDepth: 2 }),
  fc.constantFrom(0, -0, NaN, null, undefined, '', '0', '1', 1, true, /a/g, new Date(0)),
  fc.array(fc.constantFrom(1, '1', -0, 0, NaN), { maxLength: 3 }),
);
/** Pairs that are often equal or nearly so. */
const pair = fc.oneof(
  fc.tuple(value, value),
  value.map((one) => [one, one] as const),
  fc.tuple(fc.jsonValue(), fc.nat()).map(([one]) => {
    const copy = JSON.parse(JSON.stringify(one)) as unknown;
    return [one, copy] as const;
  }),
);

const Shapes = {
  list: (...items: number[]): unknown => class List extends Array<number> {}.from(items),
  map: (entries: [number, number][]): unknown =>
    new (class extends Map<number, number> {})(entries),
  set: (items: number[]): unknown => new (class extends Set<number> {})(items),
  error: (message: string): unknown => new (class extends Error {})(message),
  /** A chain of this many objects that ends where it began. */
  circle(length: number): unknown {
    const first: { next?: unknown } = {};
    let at = first;
    for (let n = 1; n < length; n++) at = at.next = {};
    at.next = first;
    return first;
  },
};
const print = (): void => undefined;

describe('the assertions of the sandbox decide as those of Node', () => {
  const relations = [
    'equal',
    'notEqual',
    'strictEqual',
    'notStrictEqual',
    'deepEqual',
    'notDeepEqual',
    'deepStrictEqual',
    'notDeepStrictEqual',
  ] as const;
  for (const relation of relations) {
    it(`strict ${relation}`, () => {
      fc.assert(
        fc.property(pair, ([a, b]) => {
          const mine = outcome(() => ours.strict[relation](a, b));
          assert.equal(
            mine,
            outcome(() => assert[relation](a, b)),
          );
        }),
        { numRuns: 400 },
      );
    });
  }

  /** Values whose equality has a rule of its own, made anew at each call. */
  const makers: readonly (() => unknown)[] = [
    () => [1, , 3],
    () => [1, undefined, 3],
    () => Object.assign([1, 2], { extra: 1 }),
    () => Object.assign([1, 2], { [Symbol.for('s')]: 1 }),
    () =>
      new (class A {
        x = 1;
      })(),
    () => ({ x: 1 }),
    () => Object.assign(Object.create(null) as object, { x: 1 }),
    () => Shapes.list(1, 2),
    () => [1, 2],
    () => Shapes.map([[1, 2]]),
    () => new Map([[1, 2]]),
    () => Shapes.set([1]),
    () => new Set([1]),
    () => Shapes.error('m'),
    () => new Error('m'),
    () => new TypeError('m'),
    () => Object.assign(new Error('m'), { name: 'N' }),
    () => new Error('m', { cause: 1 }),
    () => new Error('m', { cause: new Error('n') }),
    () => Object.assign(new Error('m'), { code: 'C' }),
    () => new AggregateError([new Error('a')], 'm'),
    () => new AggregateError([new Error('b')], 'm'),
    () => new Number(1),
    () => Object.assign(new Number(1), { x: 1 }),
    () => new String('ab'),
    () => new Boolean(false),
    () => Object(1n) as unknown,
    () => new Number(-0),
    () => new Number(NaN),
    () => -0,
    () => NaN,
    () => [-0],
    () => [0],
    () => ({ [Symbol.for('s')]: 1 }),
    () => ({ [Symbol.for('s')]: 2 }),
    () => new Map<unknown, unknown>([[{ a: 1 }, 2]]),
    () => new Map<unknown, unknown>([[{ a: 2 }, 2]]),
    () => new Map<unknown, unknown>([[1, { a: 1 }]]),
    () => new Map<unknown, unknown>([['1', { a: 1 }]]),
    () => new Set<unknown>([{ a: 1 }, { a: 2 }]),
    () => new Set<unknown>([{ a: 2 }, { a: 1 }]),
    () => new Set<unknown>([1, '1', NaN, null]),
    () => new Set<unknown>([1, NaN, null, '1']),
    () => new Set<unknown>([true, undefined]),
    () => new Set<unknown>([1, 0]),
    () => new Date(5),
    () => new Date(NaN),
    () => Object.assign(new Date(5), { x: 1 }),
    () => /a/g,
    () => Object.assign(/a/g, { lastIndex: 1 }),
    () => new Uint8Array([1, 2]),
    () => new Int8Array([1, 2]),
    () => new Float32Array([0, NaN]),
    () => new Float32Array([-0, NaN]),
    () => Object.assign(new Uint8Array([1, 2]), { x: 1 }),
    () => new Uint8Array([1, 2]).buffer,
    () => new Uint8Array([1, 3]).buffer,
    () => new DataView(new Uint8Array([1, 2]).buffer),
    () => new DataView(new Uint8Array([1, 2, 3]).buffer, 0, 2),
    () => ({
      get a() {
        return 1;
      },
    }),
    () => ({ a: 1 }),
    () => Object.defineProperty({ a: 1 }, 'b', { value: 2, enumerable: false }),
    () => ({ a: undefined }),
    () => ({ b: undefined }),
    () => Shapes.circle(1),
    () => Shapes.circle(2),
    () => Shapes.circle(3),
    () =>
      (function () {
        // eslint-disable-next-line prefer-rest-params -- an arguments object
        return arguments;
      })(),
    () => ({ [Symbol.toStringTag]: 'Array', length: 0 }),
    () => Symbol.for('s'),
    () => print,
    () => Promise.prototype,
    () => 1n,
    () => '1',
    () => null,
    () => undefined,
  ];
  const made = fc.tuple(fc.nat(makers.length - 1), fc.nat(makers.length - 1));
  const likely = fc.oneof(
    made,
    made.map(([one]) => [one, one] as const),
    made.map(([one]) => [one, (one + 1) % makers.length] as const),
  );
  /**
   * Faults of Node 24 itself: it takes anything for `null` in an array, and fails over a DataView
   * beside an ArrayBuffer.
   */
  const isNodesFault = (strictness: string, one: number, other: number): boolean => {
    const [a, b] = [makers[one]?.(), makers[other]?.()];
    return (
      strictness === 'legacy' && (b === null || (a instanceof DataView && b instanceof ArrayBuffer))
    );
  };
  const nestings: readonly ((value: unknown) => unknown)[] = [
    (value) => value,
    (value) => [value],
    (value) => ({ k: value }),
    (value) => new Map([['k', value]]),
    (value) => new Map([[value, 1]]),
    (value) => new Set([value]),
    (value) => new Set([value, 'other']),
    (value) => new Error('e', { cause: value }),
  ];
  for (const strictness of ['strict', 'legacy'] as const) {
    it(`${strictness} deepEqual, for values whose equality has rules of its own`, () => {
      const theirs = strictness === 'strict' ? assert : nodeAssert;
      fc.assert(
        fc.property(
          likely,
          fc.nat(nestings.length - 1),
          fc.nat(nestings.length - 1),
          ([one, other], outer, inner) => {
            fc.pre(!isNodesFault(strictness, one, other));
            const build = (which: number): unknown =>
              nestings[outer]?.(nestings[inner]?.(makers[which]?.()));
            const [a, b] = [build(one), build(other)];
            for (const relation of ['deepEqual', 'notDeepEqual'] as const) {
              const mine = outcome(() => ours[strictness][relation](a, b));
              assert.equal(
                mine,
                outcome(() => theirs[relation](a, b)),
                `${String(makers[one])} ${String(makers[other])} ${relation}`,
              );
            }
          },
        ),
        { numRuns: 2500 },
      );
    });
  }

  for (const relation of ['equal', 'notEqual', 'strictEqual'] as const) {
    it(`legacy ${relation}`, () => {
      const primitive = fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constantFrom(null, undefined, NaN, '', '0'),
      );
      fc.assert(
        fc.property(primitive, primitive, (a, b) => {
          const mine = outcome(() => ours.legacy[relation](a, b));
          assert.equal(
            mine,
            outcome(() => nodeAssert[relation](a, b)),
          );
        }),
      );
    });
  }

  const throwing: readonly (readonly [string, () => void, unknown])[] = [
    ['nothing asked', () => raise(new Error('x')), undefined],
    ['a pattern that fits', () => raise(new Error('abc')), /b/],
    ['a pattern that does not', () => raise(new Error('abc')), /z/],
    ['its class', () => raise(new RangeError('x')), RangeError],
    ['a class above it', () => raise(new RangeError('x')), Error],
    ['another class', () => raise(new RangeError('x')), TypeError],
    ['an object that fits', () => raise(new Error('x')), { name: 'Error', message: 'x' }],
    ['an object that does not', () => raise(new Error('x')), { message: 'y' }],
    ['an object with a pattern', () => raise(new Error('xy')), { message: /y/ }],
    ['a function that agrees', () => raise(new Error('x')), () => true],
    ['nothing thrown', () => undefined, undefined],
  ];
  for (const [what, action, expected] of throwing) {
    it(`throws, with ${what}`, () => {
      const check = (of: Assert) => (): void => {
        of.throws(action, expected as RegExp);
      };
      const mine = outcome(check(ours.strict));
      const theirs = outcome(check(assert));
      // Node throws on what a pattern or class did not fit; either way it does not hold.
      assert.equal(mine === 'holds', theirs === 'holds');
    });
  }
});

function raise(error: Error): never {
  throw error;
}
