import { z } from 'zod';
import { maxTraceChars, maxTraceEvents, type Trace, type TraceEvent } from '../../domain/ports';
import type { ScriptResult } from '../../sandbox/quickjs/protocol';

export interface TracedTest {
  readonly isPassed: boolean;
  readonly events: readonly TraceEvent[];
  readonly omitted: number;
}

/** What each test's trace script told, by the test's id. */
export function tracesOf(results: readonly ScriptResult[]): [string, TracedTest][] {
  const byId = new Map(results.map((result) => [result.id, result]));
  return results.flatMap(({ id, value }) => {
    const test = id.startsWith(prefix) ? id.slice(prefix.length) : null;
    const told = test === null ? null : read(value);
    if (test === null || told === null) return [];
    return [[test, { ...bounded(told), isPassed: byId.get(`test:${test}`)?.ok === true }]];
  });
}

/** Traces as they are observed: those of failing tests first. */
export function traceOf(traced: ReadonlyMap<string, TracedTest>): Trace {
  const tests = [...traced].sort(([, a], [, b]) => Number(a.isPassed) - Number(b.isPassed));
  return {
    kind: 'trace',
    tests: Object.fromEntries(tests.map(([id, { events, omitted }]) => [id, { events, omitted }])),
  };
}

const prefix = 'trace:';

const toldSchema = z.object({
  omitted: z.number(),
  events: z.array(
    z.object({
      line: z.number(),
      function: z.string().nullable(),
      changed: z.record(z.string(), z.string()),
      returned: z.string().exactOptional(),
      raised: z.string().exactOptional(),
    }),
  ),
});

type Told = Pick<TracedTest, 'events' | 'omitted'>;

/** A program shares the runtime with what watches it: what was told may be anything. */
function read(value: string | undefined): Told | null {
  try {
    return toldSchema.parse(JSON.parse(value ?? ''));
  } catch {
    return null;
  }
}

/** Takes events out of the middle until the rest is short enough. */
function bounded({ events, omitted }: Told): Told {
  const sizes = events.map((event) => JSON.stringify(event).length);
  let size = sizes.reduce((sum, each) => sum + each, 0);
  let [head, tail] = [Math.ceil(events.length / 2), Math.ceil(events.length / 2)];
  while (
    head + events.length - tail > 1 &&
    (size > maxTraceChars || head + events.length - tail > maxTraceEvents)
  ) {
    const isFromHead = head > events.length - tail;
    if (isFromHead) head -= 1;
    size -= sizes[isFromHead ? head : tail] ?? 0;
    if (!isFromHead) tail += 1;
  }
  return {
    events: [...events.slice(0, head), ...events.slice(tail)],
    omitted: omitted + tail - head,
  };
}
