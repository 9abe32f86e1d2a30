import * as vscode from 'vscode';
import type { LanguageName } from '../engine/domain/task';
import { programOf } from './programs';
import { documentScheme } from './ids';
import type { RunStore } from './runStore';

const reports = new Map<string, string>();

/** Serves programs of turns and reports as read-only documents, from the journal or from memory. */
export function registerDocuments(runs: RunStore): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
    async provideTextDocumentContent(uri) {
      const report = reports.get(uri.path);
      if (report !== undefined) return report;
      const place = placeOf(uri);
      if (place === null) return '';
      const story = await runs.story(place.run, place.task, place.sample);
      return (await programOf(story, place.turn, runs)) ?? '';
    },
  });
}

export interface ProgramPlace {
  readonly run: string;
  readonly task: string;
  readonly sample: number;
  /** 0 is the starter. */
  readonly turn: number;
}

const endings: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
};

/** A document with the program of a turn; the ending gives it the colours of its language. */
export function programUri(place: ProgramPlace, entryPoint: string, language: LanguageName) {
  const name = place.turn === 0 ? 'starter' : `turn-${place.turn}`;
  const file = `${entryPoint.replace(/[^\w.-]/g, '_')}-${name}.${endings[language] ?? 'txt'}`;
  return vscode.Uri.from({
    scheme: documentScheme,
    path: `/program/${file}`,
    query: new URLSearchParams({
      run: place.run,
      task: place.task,
      sample: String(place.sample),
      turn: String(place.turn),
    }).toString(),
  });
}

/** A Markdown document that stays readable as long as the window; one per name. */
export function reportUri(name: string, text: string): vscode.Uri {
  const path = `/report/${name}.md`;
  reports.set(path, text);
  return vscode.Uri.from({ scheme: documentScheme, path, query: String(Date.now()) });
}

function placeOf(uri: vscode.Uri): ProgramPlace | null {
  const query = new URLSearchParams(uri.query);
  const [run, task] = [query.get('run'), query.get('task')];
  const [sample, turn] = [Number(query.get('sample')), Number(query.get('turn'))];
  if (run === null || task === null || !isCount(sample) || !isCount(turn)) return null;
  return { run, task, sample, turn };
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 0;
}
