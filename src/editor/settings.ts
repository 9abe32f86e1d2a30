import * as vscode from 'vscode';
import { layerIds, type LayerId } from '../engine/domain/ports';
import { exportIsolations } from '../engine/domain/verdict';
import { settingIds } from './ids';

/** The settings, read at the moment of use, held to their bounds. */
export function readSettings() {
  const settings = vscode.workspace.getConfiguration();
  const python = settings.get<string>(settingIds.pythonPath, '').trim();
  const node = settings.get<string>(settingIds.nodePath, '').trim();
  const model = settings.get<string>(settingIds.modelName, '').trim();
  const baseUrl = settings.get<string>(settingIds.modelBaseUrl, '').trim();
  const perDay = {
    ...bound('maxUsd', settings.get(settingIds.maxUsdPerDay)),
    ...bound('maxTokens', settings.get(settingIds.maxTokensPerDay)),
  };
  return {
    /** Undefined where nothing was chosen; `search` for search repair. */
    model: model === '' ? undefined : model,
    baseUrl: baseUrl === '' ? undefined : baseUrl,
    maxTokensPerRun: count(settings.get(settingIds.maxTokensPerRun), 200_000, 1_000_000_000),
    models: {
      ...(model === '' || model === 'search' ? {} : { model }),
      ...(baseUrl === '' ? {} : { baseUrl }),
      perDay,
    },
    node: node === '' ? undefined : node,
    python: python === '' ? undefined : python,
    workers: count(settings.get(settingIds.workers), 0, 256) || undefined,
    maxCandidates: count(settings.get(settingIds.maxCandidates), 2000, 1_000_000),
    makeTasksLimit: count(settings.get(settingIds.makeTasksLimit), 60, 10_000),
    requireLayers: layers(settings.get(settingIds.requiredLayers)),
    exportIsolation: exportIsolations.find(
      (name) => name === settings.get(settingIds.exportIsolation),
    ),
  };
}

/** A bound of 0 or none bounds nothing. */
function bound<Name extends string>(name: Name, value: unknown): { [Key in Name]?: number } {
  const isBound = typeof value === 'number' && Number.isFinite(value) && value > 0;
  return isBound ? ({ [name]: value } as { [Key in Name]?: number }) : {};
}

function count(value: unknown, fallback: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return fallback;
  return Math.min(value, most);
}

/** What is no list demands the usual layers; what is no layer in it demands nothing. */
function layers(value: unknown): LayerId[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return layerIds.filter((id) => value.includes(id));
}
