import assert from 'node:assert/strict';
import { literalOf } from '../../../../src/engine/judge/differential/literalOf';
import { writeCall } from '../../../../src/engine/judge/differential/writeCall';

describe('values as a test would hold them', () => {
  it('are expressions of Python', () => {
    const written = (value: unknown): string | null => literalOf(value, 'python');
    assert.equal(written([1, null, true, 'a"b']), '[1, None, True, "a\\"b"]');
    assert.equal(written({ $: 'tuple', v: [1] }), '(1,)');
    assert.equal(written({ $: 'tuple', v: [] }), '()');
    assert.equal(written({ $: 'float', v: 3 }), '3.0');
    assert.equal(written({ $: 'float', v: 0.5 }), '0.5');
    assert.equal(written({ $: 'float', v: '-inf' }), 'float("-inf")');
    assert.equal(written({ $: 'int', v: '0x1fffffffffffffff' }), '0x1fffffffffffffff');
    assert.equal(written({ $: 'set', v: [] }), 'set()');
    assert.equal(written({ $: 'dict', v: [[{ $: 'tuple', v: [1, 2] }, [0]]] }), '{(1, 2): [0]}');
  });

  it('are expressions of JavaScript', () => {
    const written = (value: unknown): string | null => literalOf(value, 'javascript');
    assert.equal(written([null, false, { $: 'undefined' }]), '[null, false, undefined]');
    assert.equal(written({ $: 'bigint', v: '5' }), '5n');
    assert.equal(written({ $: 'number', v: '-0' }), '-0');
    assert.equal(written({ $: 'Map', v: [['a', 1]] }), "new Map([['a', 1]])");
    assert.equal(written({ $: 'object', v: [['a b', [1]]] }), "{ 'a b': [1] }");
  });

  it('are none where there is no literal, however deep', () => {
    assert.equal(literalOf([{ $: 'named', v: 'operator.add' }], 'python'), null);
    assert.equal(literalOf({ $: 'other' }, 'typescript'), null);
    const call = { args: [1, { $: 'Pattern', v: ['a', 0] }], kwargs: null };
    assert.equal(writeCall('f', call, 'python'), null);
  });

  it('stand in calls with their names', () => {
    const kwargs = { $: 'dict', v: [['width', 3]] };
    assert.equal(writeCall('wrap', { args: ['ab'], kwargs }, 'python'), 'wrap("ab", width=3)');
    assert.equal(writeCall('f', { args: [], kwargs: null }, 'typescript'), 'f()');
  });
});
