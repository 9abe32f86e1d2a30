import type { Observation, TraceEvent } from '../domain/ports';
import { effectKinds } from '../domain/records';
import type { TraceStep, TraceStory } from '../domain/view';
import type { Journal } from '../journal/journal';
import type { RecordedTurn } from '../journal/questions';

/** Of a line of a program, and of one value. */
const maxLineShown = 200;

/** The traces of a trajectory by the turn that each was made for: of the program to mend. */
export function traceStories(
  journal: Journal,
  place: { readonly run: string; readonly task: string; readonly sample: number },
  turns: readonly RecordedTurn[],
): Map<number, TraceStory> {
  const traces = journal
    .effects(place.run, [effectKinds.trace], place.task)
    .filter(({ sample }) => sample === place.sample);
  return new Map(
    traces.flatMap(({ turn, value }): [number, TraceStory][] => {
      const about = turns.find(({ record }) => record.number === turn)?.candidate.told?.about;
      const base = turns.find(({ record }) => record.number === about);
      const story = base && traceStory(value as Observation, base.candidate.program);
      return story ? [[turn, story]] : [];
    }),
  );
}

/** The trace of the first test that has one, with the lines of the program; null without one. */
export function traceStory(observation: Observation, program: string): TraceStory | null {
  if (observation.kind !== 'trace') return null;
  const traced = Object.entries(observation.tests).find(([, { events }]) => events.length > 0);
  if (!traced) return null;
  const [test, { events, omitted }] = traced;
  const lines = program.split('\n');
  return {
    test,
    steps: events.map((event) => stepOf(event, lines)),
    omitted,
    // Of a long trace the first and the last half are kept.
    omittedBefore: Math.ceil(events.length / 2),
  };
}

function stepOf(event: TraceEvent, lines: readonly string[]): TraceStep {
  const { line, returned, raised } = event;
  return {
    line,
    function: event.function,
    source: cut((lines[line - 1] ?? '').trim()),
    changed: Object.entries(event.changed).map(([name, value]) => ({ name, value: cut(value) })),
    ...(returned === undefined ? {} : { returned: cut(returned) }),
    ...(raised === undefined ? {} : { raised: cut(raised) }),
  };
}

function cut(text: string): string {
  return text.length <= maxLineShown ? text : `${text.slice(0, maxLineShown)}…`;
}
