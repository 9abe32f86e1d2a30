import type { LiveText, RunSummary, TaskRow, TaskStory } from '../engine/domain/view';
import type { HostProblem, ToViewer } from './messages';

/** What the viewer knows from the host. */
export interface ViewState {
  readonly seq: number;
  readonly loaded: boolean;
  readonly language: string;
  readonly trusted: boolean;
  readonly runs: readonly RunSummary[];
  readonly run: RunSummary | null;
  /** In the order of the run's tasks. */
  readonly rows: readonly TaskRow[];
  readonly task: string | null;
  readonly story: TaskStory | null;
  /** What is being written for the story on screen; null once its turn is told. */
  readonly live: LiveText | null;
  readonly problem: HostProblem | null;
}

export const emptyState: ViewState = {
  seq: 0,
  loaded: false,
  language: 'en',
  trusted: true,
  runs: [],
  run: null,
  rows: [],
  task: null,
  story: null,
  live: null,
  problem: null,
};

/**
 * The state after a message of the host; `resync` where a message was missed, and the state is
 * then left as it was.
 */
export function takeMessage(state: ViewState, message: ToViewer): ViewState | 'resync' {
  if (message.kind === 'snapshot') {
    const { kind: _, ...rest } = message;
    // The story follows in a message of its own; until then the one on screen may stay.
    const sameRun = message.run?.id === state.run?.id;
    const keeps = sameRun && message.task !== null && message.task === state.task;
    const story = message.story ?? (keeps ? state.story : null);
    return { ...rest, story, live: unfinished(keeps ? state.live : null, story), loaded: true };
  }
  if (!state.loaded || message.seq !== state.seq + 1) return 'resync';
  switch (message.kind) {
    case 'delta': {
      const runs = mergeRun(state.runs, message.run);
      const mine = state.run?.id === message.run.id;
      if (!mine) return { ...state, seq: message.seq, runs };
      const rows = mergeRows(state.rows, message.rows);
      return { ...state, seq: message.seq, runs, run: message.run, rows };
    }
    case 'story':
      if (!message.opens && message.task !== state.task) return { ...state, seq: message.seq };
      return {
        ...state,
        seq: message.seq,
        task: message.task,
        story: message.story,
        live: message.task === state.task ? unfinished(state.live, message.story) : null,
      };
    case 'live': {
      const { seq, live, run } = message;
      const mine = run === state.run?.id && live.task === state.task;
      return mine ? { ...state, seq, live: unfinished(live, state.story) } : { ...state, seq };
    }
  }
}

/** What is written as long as the story does not tell its turn, and is of the same sample. */
function unfinished(live: LiveText | null, story: TaskStory | null): LiveText | null {
  if (live === null || story === null || live.sample !== story.sample) return null;
  return story.turns.some(({ number }) => number >= live.turn) ? null : live;
}

/** Changed rows take the place of their old selves; new ones come last. */
function mergeRows(rows: readonly TaskRow[], changed: readonly TaskRow[]): TaskRow[] {
  const merged = new Map(rows.map((row) => [row.hash, row]));
  for (const row of changed) merged.set(row.hash, row);
  return [...merged.values()];
}

/** Newest first, as the host sends them. */
function mergeRun(runs: readonly RunSummary[], run: RunSummary): RunSummary[] {
  const known = runs.some(({ id }) => id === run.id);
  return known ? runs.map((one) => (one.id === run.id ? run : one)) : [run, ...runs];
}
