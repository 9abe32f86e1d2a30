import type { RunSummary, TaskRow, TurnCell } from '../../engine/domain/view';
import type { RoundStep } from '../../engine/domain/rounds';
import { nodeContexts } from '../ids';
import type { RoundPart } from './roundItems';

/** A node of the Runs tree. The fields are also the target that commands read. */
export type RunNode =
  | { readonly kind: 'run'; readonly id: string; readonly run: string }
  | {
      readonly kind: 'task';
      readonly id: string;
      readonly run: string;
      readonly task: string;
      /** Its parent where that is no run: a part of a round, of which several may be one run. */
      readonly under?: RunNode;
    }
  | { readonly kind: 'round'; readonly id: string; readonly run: string; readonly round: number }
  | {
      readonly kind: 'part';
      readonly id: string;
      /** The run that holds what the step tried. */
      readonly run: string;
      readonly rounds: string;
      readonly round: number;
      readonly step: RoundStep;
    }
  | {
      readonly kind: 'turn';
      readonly id: string;
      readonly run: string;
      readonly task: string;
      readonly turn: number;
      readonly under: RunNode;
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

  round(run: string, round: number): RunNode {
    return this.keep({ kind: 'round', id: `round:${run}:${round}`, run, round });
  }

  part(rounds: string, round: number, { run, step }: RoundPart): RunNode {
    const id = `part:${rounds}:${round}:${step}`;
    return this.keep({ kind: 'part', id, run, rounds, round, step });
  }

  task(run: string, task: string): RunNode {
    return this.keep({ kind: 'task', id: `task:${run}:${task}`, run, task });
  }

  taskOfPart(under: RunNode, task: string): RunNode {
    return this.keep({ kind: 'task', id: `${under.id}:${task}`, run: under.run, task, under });
  }

  turn(task: Extract<RunNode, { kind: 'task' }>, turn: number): RunNode {
    const { run, id } = task;
    return this.keep({
      kind: 'turn',
      id: `${id}:turn:${turn}`,
      run,
      task: task.task,
      turn,
      under: task,
    });
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
  if (run.kind === 'rounds') {
    if (run.state === 'running') return nodeContexts.roundsRunning;
    const isDone = run.state === 'finished';
    return isDone ? nodeContexts.roundsFinished : nodeContexts.roundsInterrupted;
  }
  if (run.state === 'running') return nodeContexts.running;
  return run.state === 'finished' ? nodeContexts.finished : nodeContexts.interrupted;
}
