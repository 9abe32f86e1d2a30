import type * as vscode from 'vscode';
import type { ApiKeys } from './apiKeys';
import type { EditorModels } from './editorModels';
import type { EngineClient } from './engineClient';
import type { Prompts } from './prompts';
import type { Proposals } from './proposals';
import type { RunSessions } from './runSessions';
import type { RunStore } from './runStore';
import type { MissedTests } from './missed/missedTests';
import type { TaskDiagnostics } from './taskFiles/diagnostics';
import type { TaskFiles } from './taskFiles/taskFiles';
import type { DatasetsView } from './views/datasetsView';
import type { IterationsView } from './views/iterationsView';
import type { TasksView } from './views/tasksView';
import type { RoundsPanels } from './views/roundsPanels';

/** What a command works with. */
export interface Desk {
  readonly engine: EngineClient;
  readonly runs: RunStore;
  readonly prompts: Prompts;
  readonly iterations: IterationsView;
  readonly datasets: DatasetsView;
  readonly tasks: TasksView;
  readonly taskFiles: TaskFiles;
  readonly taskDiagnostics: TaskDiagnostics;
  readonly missed: MissedTests;
  readonly sessions: RunSessions;
  readonly proposals: Proposals;
  readonly roundsPanels: RoundsPanels;
  readonly keys: ApiKeys;
  readonly editorModels: EditorModels;
  askKey(baseUrl: string): Promise<boolean>;
  readonly log: vscode.LogOutputChannel;
}

/** What a menu, a view or a link passes to a command about which thing it is meant for. */
export interface Target {
  readonly run?: string | undefined;
  readonly task?: string | undefined;
  readonly turn?: number | undefined;
  /** From 0; the best one where it is left out. */
  readonly sample?: number | undefined;
  /** Number of a round, from 1. */
  readonly round?: number | undefined;
}

/** Reads a target from whatever the editor passes: a tree node, our own object, or nothing. */
export function targetOf(argument: unknown): Target {
  if (typeof argument !== 'object' || argument === null) return {};
  const given: {
    run?: unknown;
    task?: unknown;
    turn?: unknown;
    sample?: unknown;
    round?: unknown;
  } = argument;
  const { run, task, turn, sample, round } = given;
  return {
    run: typeof run === 'string' ? run : undefined,
    task: typeof task === 'string' ? task : undefined,
    turn: typeof turn === 'number' ? turn : undefined,
    sample: typeof sample === 'number' ? sample : undefined,
    round: typeof round === 'number' ? round : undefined,
  };
}
