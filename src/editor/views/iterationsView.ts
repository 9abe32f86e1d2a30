import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf } from '../../engine/domain/errors';
import type { RunStore } from '../runStore';
import { viewIds } from '../ids';
import { readFromViewer } from '../viewerMessages';
import { ViewerSession } from '../viewerSession';
import type { FromViewer, Selection, ToViewer } from '../../viewer/messages';
import { viewerHtml } from './viewerHtml';

/** The Iterations view: one webview that is rebuilt from the store whenever it is opened. */
export class IterationsView implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private readonly session: ViewerSession;
  private readonly registration: vscode.Disposable;
  private readonly ofView: vscode.Disposable[] = [];
  private readonly visibility = new vscode.EventEmitter<void>();
  readonly onVisibility = this.visibility.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly runs: RunStore,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.session = new ViewerSession(runs, {
      language: vscode.env.language,
      trusted: () => vscode.workspace.isTrusted,
      post: (message: ToViewer) => void this.view?.webview.postMessage(message),
    });
    this.registration = vscode.window.registerWebviewViewProvider(viewIds.iterations, this);
  }

  get visible(): boolean {
    return this.view?.visible ?? false;
  }

  /** Chooses what the view shows, whether it is open or not. */
  async show(selection: Selection): Promise<void> {
    await this.session.select(selection.run, selection.task, true);
  }

  /** Opens the view, and shows the given run and task where one is given. */
  async reveal(selection: Selection): Promise<void> {
    if (selection.run !== null) await this.show(selection);
    await vscode.commands.executeCommand(`${viewIds.iterations}.focus`);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.letGo();
    this.view = view;
    const { webview } = view;
    const root = this.context.extensionUri;
    const folders = ['dist', 'media'].map((name) => vscode.Uri.joinPath(root, name));
    webview.options = { enableScripts: true, localResourceRoots: folders };
    this.ofView.push(
      webview.onDidReceiveMessage((message: unknown) => this.take(message)),
      view.onDidChangeVisibility(() => {
        if (!view.visible) this.session.pause();
        this.visibility.fire();
      }),
      view.onDidDispose(() => {
        if (this.view === view) this.letGo();
      }),
    );
    webview.html = viewerHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(root, 'dist', 'viewer.js')).toString(),
      styles: [
        ['dist', 'assets', 'codicon.css'],
        ['media', 'viewer.css'],
      ].map((parts) => webview.asWebviewUri(vscode.Uri.joinPath(root, ...parts)).toString()),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      language: vscode.env.language,
      title: vscode.l10n.t('Iterations'),
      element: 'flywheel-viewer',
    });
    this.visibility.fire();
  }

  dispose(): void {
    this.letGo();
    this.session.dispose();
    this.registration.dispose();
    this.visibility.dispose();
  }

  private take(raw: unknown): void {
    const message = readFromViewer(raw);
    if (message === null) {
      this.log.warn('A message of the iteration viewer was not understood and dropped.');
      return;
    }
    this.act(message).catch((error: unknown) => this.log.error(messageOf(error)));
  }

  private async act(message: FromViewer): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.session.start(message);
      case 'resync':
        return this.session.sendSnapshot();
      case 'selectRun':
        return this.session.select(message.run, null, false);
      case 'selectTask':
        return this.session.select(message.run, message.task, false);
      case 'selectSample':
        return this.session.select(message.run, message.task, false, message.sample);
      case 'openChanges':
        return execute('flywheel.showChanges', message);
      case 'copyProgram':
        return this.copyProgram(message);
      case 'openCard':
        return this.openCard(message.run);
      case 'command':
        return execute(message.command, { run: message.run ?? undefined });
    }
  }

  private async copyProgram(place: {
    readonly run: string;
    readonly task: string;
    readonly sample?: number;
    readonly turn: number;
  }): Promise<void> {
    const story = await this.runs.story(place.run, place.task, place.sample);
    const program = story.turns.find(({ number }) => number === place.turn)?.program ?? null;
    const text = program === null ? null : await this.runs.program(program);
    if (text !== null) await vscode.env.clipboard.writeText(text);
  }

  private async openCard(run: string): Promise<void> {
    const folder = this.runs.run(run)?.dataset;
    if (folder === undefined) return;
    const card = vscode.Uri.joinPath(vscode.Uri.file(folder), 'README.md');
    await vscode.commands.executeCommand('markdown.showPreview', card);
  }

  private letGo(): void {
    this.session.pause();
    for (const one of this.ofView.splice(0)) one.dispose();
    this.view = undefined;
    this.visibility.fire();
  }
}

async function execute(command: string, argument: unknown): Promise<void> {
  await vscode.commands.executeCommand(command, argument);
}
