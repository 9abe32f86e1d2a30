import nodeAssert from 'node:assert';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import fc from 'fast-check';

type Assert = typeof nodeAssert;

/** Our assertions, in a realm of this one's values: the same classes as the values tested. */
function loadPrelude(): { strict: Assert; legacy: Assert } {
  const source = readFileSync('src/engine/judge/javascript/prelude.js', 'utf8');
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
