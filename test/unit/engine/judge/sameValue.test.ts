import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Language } from '../../../../src/engine/domain/task';
import { sameValue } from '../../../../src/engine/judge/differential/sameValue';

const float = (v: number | string): unknown => ({ $: 'float', v });
const named = (kind: string, ...v: unknown[]): unknown => ({ $: kind, v });

const cases: readonly (readonly [Language, unknown, unknown, boolean])[] = [
  ['python', 1, true, true],
  ['python', 1, float(1), true],
  ['python', 1, 2, false],
  ['python', 1, '1', false],
  ['python', 0, null, false],
  ['python', float(0.1), float(0.1 + 1e-12), true],
  ['python', float(0.1), float(0.1001), false],
  ['python', float('nan'), float('nan'), true],
  ['python', float('nan'), float(1), false],
  ['python', float('inf'), float('-inf'), false],
  ['python', float('-0.0'), 0, true],
  ['python', named('tuple', 1), [1], false],
  ['python', named('tuple', 1), named('tuple', float(1)), true],
  ['python', named('set', 1, 2), named('frozenset', 2, 1), true],
  ['python', named('dict', ['a', 1], ['b', 2]), named('dict', ['b', 2], ['a', 1]), true],
  ['python', named('dict', ['a', 1]), named('dict', ['a', 2]), false],
  ['python', named('OrderedDict', ['a', 1], ['b', 2]), named('dict', ['b', 2], ['a', 1]), true],
  [
    'python',
    named('OrderedDict', ['a', 1], ['b', 2]),
    named('OrderedDict', ['b', 2], ['a', 1]),
    false,
  ],
  ['python', { $: 'int', v: '0x20000000000001' }, { $: 'int', v: '0x20000000000002' }, false],
  ['python', { $: 'int', v: '-0x20000000000001' }, { $: 'int', v: '0x20000000000001' }, false],
  ['python', { $: 'Decimal', v: '1.50' }, { $: 'Decimal', v: '15E-1' }, true],
  ['python', { $: 'Decimal', v: '1.5' }, { $: 'Decimal', v: '1.51' }, false],
  ['javascript', 1, true, false],
  ['javascript', 0, { $: 'number', v: '-0' }, true],
  ['javascript', { $: 'number', v: 'NaN' }, { $: 'number', v: 'NaN' }, true],
  ['javascript', { $: 'undefined' }, null, false],
  ['javascript', 1, { $: 'bigint', v: '1' }, false],
  ['javascript', named('Set', 1, 2), named('Set', 2, 1), true],
  ['javascript', named('Map', ['a', 1]), named('object', ['a', 1]), false],
];

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.boolean(),
    fc.string(),
    fc.double().map((x) => float(Number.isFinite(x) ? x : String(x))),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.record({
      $: fc.constantFrom('tuple', 'set', 'deque'),
      v: fc.array(tie('value'), { maxLength: 4 }),
    }),
  ),
})).value;

describe('equality of values from two sandboxes', () => {
  for (const [language, a, b, expected] of cases) {
    const words = expected ? 'equal' : 'different';
    it(`takes ${JSON.stringify(a)} and ${JSON.stringify(b)} for ${words} in ${language}`, () => {
      assert.equal(sameValue(a, b, language), expected);
      assert.equal(sameValue(b, a, language), expected);
    });
  }

  it('takes every value for equal to itself, and does not ask for an order', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        assert.equal(sameValue(a, a, 'python'), true);
        assert.equal(sameValue(a, b, 'python'), sameValue(b, a, 'python'));
      }),
    );
  });

  it('takes no list for equal to itself with one item more', () => {
    fc.assert(
      fc.property(fc.array(value), value, (list, more) => {
        assert.equal(sameValue(list, [...list, more], 'python'), false);
      }),
    );
  });
});
