import type * as vscode from 'vscode';
import type { EngineClient } from './engineClient';
import type { Prompts } from './prompts';
import type { RunSessions } from './runSessions';
import type { RunStore } from './runStore';
import type { IterationsView } from './views/iterationsView';

/** What a command works with. */
export interface Desk {
  readonly engine: EngineClient;
  readonly runs: RunStore;
  readonly prompts: Prompts;
  readonly iterations: IterationsView;
  readonly sessions: RunSessions;
  readonly log: vscode.LogOutputChannel;
}

/** What a menu, a view or a link passes to a command about which thing it is meant for. */
export interface Target {
  readonly run?: string | undefined;
  readonly task?: string | undefined;
  readonly turn?: number | undefined;
}

/** Reads a target from whatever the editor passes: a tree node, our own object, or nothing. */
export function targetOf(argument: unknown): Target {
  if (typeof argument !== 'object' || argument === null) return {};
  const { run, task, turn }: { run?: unknown; task?: unknown; turn?: unknown } = argument;
  return {
    run: typeof run === 'string' ? run : undefined,
    task: typeof task === 'string' ? task : undefined,
    turn: typeof turn === 'number' ? turn : undefined,
  };
}
