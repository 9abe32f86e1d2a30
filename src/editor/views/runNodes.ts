import type { RunSummary, TaskRow, TurnCell } from '../../engine/domain/view';
import { nodeContexts } from '../ids';

/** A node of the Runs tree. The fields are also the target that commands read. */
export type RunNode =
  | { readonly kind: 'run'; readonly id: string; readonly run: string }
  | { readonly kind: 'task'; readonly id: string; readonly run: string; readonly task: string }
  | {
      readonly kind: 'turn';
      readonly id: string;
      readonly run: string;
      readonly task: string;
      readonly turn: number;
    };

/**
 * The nodes handed to the editor. It knows a node by the object it was given, so each id keeps
 * its one object.
 */
export class RunNodes {
  private readonly known = new Map<string, RunNode>();

  run(run: string): RunNode {
    return this.keep({ kind: 'run', id: `run:${run}`, run });
  }

  task(run: string, task: string): RunNode {
    return this.keep({ kind: 'task', id: `task:${run}:${task}`, run, task });
  }

  turn(run: string, task: string, turn: number): RunNode {
    return this.keep({ kind: 'turn', id: `turn:${run}:${task}:${turn}`, run, task, turn });
  }

  /** The task's node if it was ever shown; a node that was not needs no refresh. */
  shownTask(run: string, task: string): RunNode | undefined {
    return this.known.get(`task:${run}:${task}`);
  }

  shownRun(run: string): RunNode | undefined {
    return this.known.get(`run:${run}`);
  }

  clear(): void {
    this.known.clear();
  }

  private keep(node: RunNode): RunNode {
    const known = this.known.get(node.id);
    if (known !== undefined) return known;
    this.known.set(node.id, node);
    return node;
  }
}

/** Name of the codicon and of its colour. */
export interface NodeIcon {
  readonly icon: string;
  readonly color?: string;
}

const passed = { icon: 'pass', color: 'testing.iconPassed' };
const failed = { icon: 'error', color: 'testing.iconFailed' };
const errored = { icon: 'warning', color: 'testing.iconErrored' };
const queued = { icon: 'circle-large-outline', color: 'testing.iconUnset' };
const skipped = { icon: 'circle-slash', color: 'testing.iconSkipped' };

export function runIcon(run: RunSummary): NodeIcon {
  switch (run.state) {
    case 'running':
      return { icon: 'sync~spin' };
    case 'interrupted':
      return { icon: 'debug-pause', color: 'testing.iconQueued' };
    case 'finished':
      return { icon: 'pass-filled', color: 'testing.iconPassed' };
    case 'cancelled':
      return skipped;
    case 'failed':
      return failed;
  }
}

export function taskIcon(row: TaskRow): NodeIcon {
  if (row.state === 'waiting') return queued;
  if (row.state === 'running') return { icon: 'sync~spin' };
  if (row.stop === 'cancelled') return skipped;
  if (row.stop === 'infrastructure') return errored;
  if (row.passedHidden === false && row.solvedVisible === true) return errored;
  return row.solvedVisible === true ? passed : failed;
}

export function turnIcon(cell: TurnCell): NodeIcon {
  if (cell.nothing !== undefined) return skipped;
  switch (cell.status) {
    case 'passed':
      return passed;
    case 'failed':
      return failed;
    case 'timedOut':
      return { icon: 'watch', color: 'testing.iconFailed' };
    case 'cancelled':
      return skipped;
    case 'crashed':
    case 'notCompiled':
    case 'outOfMemory':
    case 'outputExceeded':
    case 'noTests':
    case 'tampered':
    case 'infrastructure':
      return errored;
  }
}

/** What decides which commands a run offers. */
export function runContext(run: RunSummary): string {
  if (run.state === 'running') return nodeContexts.running;
  return run.state === 'finished' ? nodeContexts.finished : nodeContexts.interrupted;
}
