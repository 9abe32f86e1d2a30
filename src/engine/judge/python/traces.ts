import { maxTraceChars, maxTraceEvents, type Trace, type TraceEvent } from '../../domain/ports';

/** What the harness told of one test. */
export interface ToldTrace {
  readonly id: string;
  readonly events: readonly TraceEvent[];
  readonly omitted: number;
}

/**
 * The traces of an observation from what was told, of each test the last word, in the order in
 * which the tests ran. Each is cut to its bounds: half of the events and characters from the
 * beginning, half from the end.
 */
export function tracesFrom(told: readonly ToldTrace[]): Trace {
  const last = new Map(told.map((one) => [one.id, one]));
  return {
    kind: 'trace',
    tests: Object.fromEntries(
      [...last.values()].map(({ id, events, omitted }) => {
        const kept = bounded(events);
        return [id, { events: kept, omitted: omitted + events.length - kept.length }];
      }),
    ),
  };
}

function bounded(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const size = (event: TraceEvent): number => JSON.stringify(event).length;
  const total = events.reduce((sum, event) => sum + size(event), 0);
  if (events.length <= maxTraceEvents && total <= maxTraceChars) return events;
  const half = (from: readonly TraceEvent[]): number => {
    let chars = 0;
    const over = from.findIndex((event, index) => {
      chars += size(event);
      return index >= maxTraceEvents / 2 || chars > maxTraceChars / 2;
    });
    return over < 0 ? from.length : over;
  };
  const head = half(events);
  const tail = half(events.slice(head).reverse());
  return [...events.slice(0, head), ...events.slice(events.length - tail)];
}
