import type { RunSummary, TaskRow, TaskStory, TurnCell } from '../../../src/engine/domain/view';

export function cell(number: number, status: TurnCell['status'], passed = 0, of = 7): TurnCell {
  return { number, status, passed, of, screened: 1 };
}

export function row(hash: string, more: Partial<TaskRow> = {}): TaskRow {
  return {
    hash,
    id: `textkit/${hash}`,
    language: 'python',
    entryPoint: hash,
    turns: [],
    state: 'ended',
    candidates: 0,
    durationMs: 0,
    ...more,
  };
}

export function summary(id: string, more: Partial<RunSummary> = {}): RunSummary {
  const nothing = { count: 0, of: 0, interval: null };
  return {
    id,
    kind: 'solve',
    title: id,
    solver: 'search-repair@1',
    state: 'running',
    startedAt: 1,
    workedMs: 0,
    tasks: 0,
    ended: 0,
    solvedVisible: nothing,
    passedHidden: nothing,
    candidates: 0,
    stops: {},
    ...more,
  };
}

export function story(run: string, task: TaskRow, more: Partial<TaskStory> = {}): TaskStory {
  return {
    run,
    row: task,
    sample: 0,
    prompt: 'Do it.',
    visibleTests: 1,
    hiddenTests: 1,
    turns: [],
    answer: null,
    ...more,
  };
}
