import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf, UserError } from '../../engine/domain/errors';
import { plainText } from '../../engine/redaction/plainText';
import type { FromRounds, RoundsCommand } from '../../viewer/rounds/messages';
import type { EngineClient } from '../engineClient';
import { panelIds, type CommandId } from '../ids';
import type { Prompts } from '../prompts';
import { reasonName } from '../reasons';
import { readFromRounds } from '../roundsMessages';
import { RoundsSession } from '../roundsSession';
import type { RunStore } from '../runStore';
import type { StepQuestions } from '../stepQuestions';
import type { IterationsView } from './iterationsView';
import { viewerHtml } from './viewerHtml';

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly session: RoundsSession;
}

interface Around {
  readonly engine: EngineClient;
  readonly runs: RunStore;
  readonly questions: StepQuestions;
  readonly iterations: IterationsView;
  readonly prompts: Prompts;
  readonly log: vscode.LogOutputChannel;
}

/** The tabs that show rounds, one for each run. */
export class RoundsPanels implements vscode.WebviewPanelSerializer {
  private readonly open = new Map<string, Open>();
  private readonly registration: vscode.Disposable;
  private readonly visibility = new vscode.EventEmitter<void>();
  readonly onVisibility = this.visibility.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly around: Around,
  ) {
    this.registration = vscode.window.registerWebviewPanelSerializer(panelIds.rounds, this);
  }

  /** Whether the tab of this run can be seen; of any run where none is named. */
  visible(run?: string): boolean {
    const shown = [...this.open].filter(([id, { panel }]) => panel.visible && id === (run ?? id));
    return shown.length > 0;
  }

  /** Shows the rounds of a run in its tab, with one of them open where it is named. */
  async show(run: string, round: number | null = null): Promise<void> {
    const known = this.open.get(run);
    if (known !== undefined) {
      known.panel.reveal(undefined, false);
      return known.session.open(round);
    }
    const title = this.around.runs.run(run)?.title ?? run;
    const panel = vscode.window.createWebviewPanel(
      panelIds.rounds,
      vscode.l10n.t('Rounds: {0}', plainText(title)),
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: this.folders(), enableFindWidget: true },
    );
    await this.fill(panel, run).open(round);
  }

  /** A tab that was open when the window was closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const known: { run?: unknown } = typeof state === 'object' && state !== null ? state : {};
    if (typeof known.run !== 'string' || this.open.has(known.run)) {
      panel.dispose();
      return;
    }
    panel.webview.options = { enableScripts: true, localResourceRoots: this.folders() };
    this.fill(panel, known.run);
  }

  dispose(): void {
    for (const { panel } of [...this.open.values()]) panel.dispose();
    this.registration.dispose();
    this.visibility.dispose();
  }

  private folders(): vscode.Uri[] {
    return ['dist', 'media'].map((name) => vscode.Uri.joinPath(this.context.extensionUri, name));
  }

  private fill(panel: vscode.WebviewPanel, run: string): RoundsSession {
    const { webview } = panel;
    const root = this.context.extensionUri;
    const { engine, runs, questions } = this.around;
    const session = new RoundsSession(run, runs, questions, {
      language: vscode.env.language,
      trusted: () => vscode.workspace.isTrusted,
      reason: reasonName,
      call: (call, input) => engine.call(call, input),
      post: (message) => void webview.postMessage(message),
    });
    this.open.set(run, { panel, session });
    panel.iconPath = {
      light: vscode.Uri.joinPath(root, 'media', 'flywheel-light.svg'),
      dark: vscode.Uri.joinPath(root, 'media', 'flywheel-dark.svg'),
    };
    webview.onDidReceiveMessage((message: unknown) => this.take(session, message));
    panel.onDidChangeViewState(() => this.visibility.fire());
    panel.onDidDispose(() => {
      session.dispose();
      this.open.delete(run);
      this.visibility.fire();
    });
    const place = (...parts: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(root, ...parts)).toString();
    webview.html = viewerHtml({
      script: place('dist', 'viewer.js'),
      styles: [
        place('dist', 'assets', 'codicon.css'),
        place('media', 'viewer.css'),
        place('media', 'rounds.css'),
      ],
      source: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      language: vscode.env.language,
      title: panel.title,
      element: 'flywheel-rounds',
      about: run,
    });
    this.visibility.fire();
    return session;
  }

  private take(session: RoundsSession, raw: unknown): void {
    const message = readFromRounds(raw);
    if (message === null) {
      this.around.log.warn('A message of the page of rounds was not understood and dropped.');
      return;
    }
    this.act(session, message).catch((error: unknown) => {
      this.around.log.error(messageOf(error));
      const mend = error instanceof UserError ? error.mend : undefined;
      void this.around.prompts.fail([messageOf(error), mend].filter(Boolean).join('. '));
    });
  }

  private async act(session: RoundsSession, message: FromRounds): Promise<void> {
    const { iterations, questions } = this.around;
    switch (message.kind) {
      case 'ready':
        return session.start();
      case 'openTask':
      case 'openPart':
        if (!message.run.startsWith(`${session.run}/`)) return;
        return iterations.reveal({
          run: message.run,
          task: message.kind === 'openTask' ? message.task : null,
        });
      case 'answer':
        return questions.answer(message.question, message.isYes);
      case 'switchLesson':
        return session.change({ lesson: message.lesson, state: message.isOn ? 'active' : 'off' });
      case 'editLesson':
        return session.change({ lesson: message.lesson, text: message.text });
      case 'command':
        return this.command(session, message.command);
    }
  }

  private async command({ run, shown }: RoundsSession, command: RoundsCommand): Promise<void> {
    const goals = shown?.goals.file?.path;
    const next = shown?.next?.file ?? undefined;
    switch (command) {
      case 'cancel':
        return execute('flywheel.cancelRun');
      case 'resume':
        return execute('flywheel.resumeRun', { run });
      case 'more':
        return execute('flywheel.runRound', { run });
      case 'openGoals':
        return openFile(goals);
      case 'openNextGoals':
        return openFile(next);
      case 'runNextGoals':
        if (next === undefined) return;
        return execute('flywheel.runRound', vscode.Uri.file(next));
    }
  }
}

async function execute(command: CommandId, argument?: unknown): Promise<void> {
  await vscode.commands.executeCommand(command, argument);
}

async function openFile(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: true });
}
