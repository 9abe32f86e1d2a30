import * as vscode from 'vscode';
import type { MissedFunction, MissedResult } from '../../engine/flywheel/workbench';
import { plainText } from '../../engine/redaction/plainText';
import { contextKeys } from '../ids';
import { afterChanges, type MissedMark } from './missedMarks';

const longestNote = 40;
const longestCall = 50;

type Missed = MissedFunction['missed'][number];

/**
 * Changes of functions that their tests do not notice, shown where they would be made: as
 * diagnostics, and in a few words behind their lines. They move with the text until they are cleared.
 */
export class MissedTests implements vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('flywheel-missed');
  private readonly marks = new Map<string, readonly MissedMark[]>();
  private readonly behind = vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      fontStyle: 'italic',
      margin: '0 0 0 2em',
    },
  });
  private readonly listening: vscode.Disposable;

  constructor() {
    this.listening = vscode.Disposable.from(
      this.diagnostics,
      this.behind,
      vscode.workspace.onDidChangeTextDocument((change) => this.follow(change)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(this.decorate)),
    );
  }

  /** Shows what was found of functions, instead of what was shown of them before. */
  async show({ functions }: Pick<MissedResult, 'functions'>): Promise<void> {
    for (const [file, some] of Map.groupBy(functions, (one) => one.file)) {
      const document = await vscode.workspace.openTextDocument(file);
      const names = new Set(some.map(({ name }) => name));
      const kept = this.of(document).filter(({ name }) => !names.has(name));
      const fresh = some.flatMap(({ name, missed }) => missed.map((one) => markOf(name, one)));
      this.set(
        document,
        [...kept, ...fresh].sort((a, b) => a.start - b.start),
      );
    }
  }

  /** Takes away what tests notice now. */
  async noticed(file: string, name: string, gone: readonly Missed[]): Promise<void> {
    const document = await vscode.workspace.openTextDocument(file);
    const isGone = (mark: MissedMark): boolean =>
      mark.name === name &&
      gone.some(
        (one) => one.start === mark.start && one.end === mark.end && one.note === mark.note,
      );
    this.set(
      document,
      this.of(document).filter((mark) => !isGone(mark)),
    );
  }

  /** What is shown of a document, in the order of the text. */
  of({ uri }: vscode.TextDocument): readonly MissedMark[] {
    return this.marks.get(uri.toString()) ?? [];
  }

  clear(): void {
    this.marks.clear();
    this.diagnostics.clear();
    vscode.window.visibleTextEditors.forEach(this.decorate);
    this.tellContext();
  }

  dispose(): void {
    this.listening.dispose();
  }

  private set(document: vscode.TextDocument, marks: readonly MissedMark[]): void {
    const key = document.uri.toString();
    if (marks.length === 0) this.marks.delete(key);
    else this.marks.set(key, marks);
    this.diagnostics.set(
      document.uri,
      marks.map((mark) => diagnosticOf(document, mark)),
    );
    vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .forEach(this.decorate);
    this.tellContext();
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const marks = this.of(document);
    if (marks.length === 0 || contentChanges.length === 0) return;
    const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      ...{ start: rangeOffset, length: rangeLength, added: text.length },
    }));
    this.set(document, afterChanges(marks, changes));
  }

  private readonly decorate = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    const byLine = Map.groupBy(this.of(document), ({ start }) => document.positionAt(start).line);
    const shown = [...byLine].map(([line, [first, ...more]]): vscode.DecorationOptions => {
      const end = document.lineAt(line).range.end;
      const text = first === undefined ? '' : noteOf(first);
      const rest = more.length === 0 ? '' : vscode.l10n.t(' (+{0} more)', more.length);
      return {
        range: new vscode.Range(end, end),
        renderOptions: { after: { contentText: `${text}${rest}` } },
      };
    });
    editor.setDecorations(this.behind, shown);
  };

  private tellContext(): void {
    const hasMissed = this.marks.size > 0;
    void vscode.commands.executeCommand('setContext', contextKeys.hasMissed, hasMissed);
  }
}

function markOf(name: string, { start, end, note, told }: Missed): MissedMark {
  return { name, start, end, note, ...(told === undefined ? {} : { told }) };
}

/** What the Problems view says of a mark. */
export function diagnosticOf(document: vscode.TextDocument, mark: MissedMark): vscode.Diagnostic {
  const { name, start, end, note, told } = mark;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const what = vscode.l10n.t('The tests of {0} do not notice this change: {1}.', name, note);
  const how =
    told === undefined
      ? vscode.l10n.t('No call was found that tells it apart.')
      : vscode.l10n.t('{0} would give {1}, not {2}.', told.call, told.actual, told.expected);
  const text = plainText(`${what} ${how}`);
  const made = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Information);
  made.source = 'Flywheel';
  made.code = 'missed-by-tests';
  return made;
}

/** In few words: the change, and a call that would show it. */
function noteOf({ note, told }: MissedMark): string {
  const what = shortened(note, longestNote);
  return told === undefined
    ? vscode.l10n.t('not noticed: {0}', what)
    : vscode.l10n.t(
        'not noticed: {0} · {1} → {2}',
        what,
        shortened(told.call, longestCall),
        shortened(told.actual, longestNote),
      );
}

/** On one line, cut where it is long; the diagnostic has all of it. */
function shortened(text: string, most: number): string {
  const plain = plainText(text).replace(/\s+/g, ' ');
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}
