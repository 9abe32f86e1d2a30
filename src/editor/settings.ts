import * as vscode from 'vscode';
import { settingIds } from './ids';

/** The settings, read at the moment of use, held to their bounds. */
export function readSettings() {
  const settings = vscode.workspace.getConfiguration();
  const python = settings.get<string>(settingIds.pythonPath, '').trim();
  return {
    python: python === '' ? undefined : python,
    workers: count(settings.get(settingIds.workers), 0, 256) || undefined,
    maxCandidates: count(settings.get(settingIds.maxCandidates), 2000, 1_000_000),
    makeTasksLimit: count(settings.get(settingIds.makeTasksLimit), 60, 10_000),
  };
}

function count(value: unknown, fallback: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return fallback;
  return Math.min(value, most);
}
