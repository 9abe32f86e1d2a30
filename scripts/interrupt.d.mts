import type { ChildProcess } from 'node:child_process';

export function onInterrupt(cleanup: () => unknown): () => void;
export function endGroup(child: ChildProcess, graceMs?: number): Promise<void>;
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): boolean;
