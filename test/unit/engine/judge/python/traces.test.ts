import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxTraceChars, maxTraceEvents } from '../../../../../src/engine/domain/ports';
import { tracesFrom } from '../../../../../src/engine/judge/python/traces';

const event = fc.record({
  line: fc.integer({ min: 1, max: 99 }),
  function: fc.constantFrom(null, 'f'),
  changed: fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 80 }), { maxKeys: 8 }),
});

describe('traces from what the harness tells', () => {
  it('keep a beginning and an end within the bounds, and count the rest', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 90 }), fc.nat(1000), (events, omitted) => {
        const trace = tracesFrom([{ id: 't', events, omitted }]).tests['t'];
        assert.ok(trace);
        const kept = trace.events;
        const chars = kept.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
        assert.ok(kept.length <= maxTraceEvents && chars <= maxTraceChars);
        assert.equal(kept.length + trace.omitted, events.length + omitted);
        const head = kept.findIndex((one, place) => one !== events[place]);
        const tail = head < 0 ? 0 : kept.length - head;
        assert.deepEqual(kept.slice(kept.length - tail), tail === 0 ? [] : events.slice(-tail));
      }),
    );
  });

  it('leave a short one whole, and take the last word on each test', () => {
    const one = { line: 1, function: 'f', changed: {} };
    const two = { line: 2, function: 'f', changed: { x: '1' } };
    const { tests } = tracesFrom([
      { id: 'a', events: [one], omitted: 0 },
      { id: 'b', events: [], omitted: 0 },
      { id: 'a', events: [one, two], omitted: 3 },
    ]);
    assert.deepEqual(tests, {
      a: { events: [one, two], omitted: 3 },
      b: { events: [], omitted: 0 },
    });
  });
});
