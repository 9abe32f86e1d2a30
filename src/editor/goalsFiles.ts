import path from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { messageOf, UserError } from '../engine/domain/errors';
import type { RoundsBudget } from '../engine/domain/roundsStory';
import { readSettings } from './settings';

export const goalsSuffix = '.goals.json';
const format = 'flywheel-goals-1';
const maxFiles = 200;

/** Goals files of the workspace, but for those that rounds wrote beside the journal. */
export async function findGoals(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(
    `**/*${goalsSuffix}`,
    '**/{node_modules,.flywheel}/**',
    maxFiles,
  );
  return found
    .filter(({ scheme }) => scheme === 'file')
    .sort((a, b) => a.fsPath.localeCompare(b.fsPath));
}

/** Goals that fit the workspace and the settings: what is left out is as the schema tells. */
export async function goalsTemplate(name: string, folder: string): Promise<string> {
  const { model, baseUrl, maxTokensPerRun } = readSettings();
  const isSearch = model === undefined || model === 'search';
  const goals = {
    ...{ format, name, ability: 'repair', direction: 'correct' },
    tasks: await tasksIn(folder),
    solver: isSearch
      ? { kind: 'search', maxCandidates: 200 }
      : { kind: 'chat', model, ...(baseUrl === undefined ? {} : { baseUrl }) },
    autonomy: 'middle',
    budget: isSearch || maxTokensPerRun === 0 ? {} : { tokens: maxTokensPerRun },
  };
  return `${JSON.stringify(goals, null, 2)}\n`;
}

/** The one file of tasks where there is one, else the folder itself. */
async function tasksIn(folder: string): Promise<string> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/*.{tasks.jsonl,tasks.jsonl.gz}'),
    '**/{node_modules,.flywheel}/**',
    2,
  );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return '.';
  return path.relative(folder, only.fsPath).replaceAll(path.sep, '/');
}

/** Writes a bound of the budget into a goals file; null takes it out. The rest stays as it is. */
export async function writeBudget(
  file: string,
  key: keyof RoundsBudget,
  value: number | null,
): Promise<void> {
  const goals = await readObject(file);
  const { [key]: _, ...others } = asObject(goals['budget']);
  const budget = value === null ? others : { ...others, [key]: value };
  await writeFile(file, `${JSON.stringify({ ...goals, budget }, null, 2)}\n`);
}

/** The engine says in full what is wrong with goals; here they only must be an object. */
async function readObject(file: string): Promise<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UserError({
      code: 'badGoals',
      message: `${file}: ${messageOf(error)}`,
      mend: vscode.l10n.t('Mend the goals file, then try again.'),
    });
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
