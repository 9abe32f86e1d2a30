import * as vscode from 'vscode';
import { UserError } from '../engine/domain/errors';
import type { RunSummary } from '../engine/domain/view';
import { Cancelled, type CallOptions, type EngineClient } from './engineClient';
import { contextKeys, viewIds, type CommandId } from './ids';
import type { Prompts } from './prompts';
import type { RunStore } from './runStore';
import type { IterationsView } from './views/iterationsView';
import { tasksText } from './counts';

/** Where a run is looked at while it goes on. */
export interface RunFace {
  readonly visible: boolean;
  /** Opens it; the run is null where it is not known yet. */
  reveal(run: string | null): Promise<void>;
  /** The run has reported for the first time. */
  follow(run: string): Promise<void>;
  /** How far it is, in the little room of the status bar. */
  progress(run: RunSummary): string;
  /** What is said when it ended out of sight, and the action that shows it. */
  ended(run: RunSummary): { readonly text: string; readonly show: string };
}

interface Session {
  readonly face: RunFace;
  readonly cancel: vscode.CancellationTokenSource;
  run: string | null;
  /** False until the view can show the run: a new one is unknown before its first report. */
  shown: boolean;
}

/**
 * The run that this window drives, one at a time: its progress in the view and the status bar, its
 * cancel, and the one notification when it ended out of sight.
 */
export class RunSessions {
  private session: Session | undefined;
  private readonly usual: RunFace;
  private readonly status = vscode.window.createStatusBarItem(
    'flywheel.progress',
    vscode.StatusBarAlignment.Left,
    10,
  );

  constructor(
    private readonly engine: EngineClient,
    private readonly runs: RunStore,
    iterations: IterationsView,
    private readonly prompts: Prompts,
  ) {
    this.usual = iterationsFace(iterations);
    this.status.name = vscode.l10n.t('Flywheel Progress');
    this.status.command = 'flywheel.showIterations' satisfies CommandId;
  }

  /** The run under way here: null before its first report, undefined where there is none. */
  get running(): string | null | undefined {
    return this.session?.run;
  }

  /** Throws UserError `busy` when a run is under way. Resolves to the run's id when it ended. */
  async drive(
    run: string | null,
    work: (engine: EngineClient, options: CallOptions) => Promise<unknown>,
    face: RunFace = this.usual,
  ): Promise<string | null> {
    if (this.session !== undefined) {
      throw new UserError({
        code: 'busy',
        message: vscode.l10n.t('A run is already under way in this window.'),
        mend: vscode.l10n.t('Wait until it ends, or cancel it first.'),
      });
    }
    const shown = run !== null && this.runs.run(run) !== undefined;
    const cancel = new vscode.CancellationTokenSource();
    const session: Session = { face, cancel, run, shown };
    this.session = session;
    await this.showRunning(true);
    this.status.text = '$(sync~spin) Flywheel';
    this.status.tooltip = vscode.l10n.t('Code Flywheel is running. Click to show the iterations.');
    this.status.show();
    void face.reveal(run);
    try {
      await vscode.window.withProgress({ location: { viewId: viewIds.iterations } }, () =>
        work(this.engine, {
          token: session.cancel.token,
          onChanged: (summary, rows) => {
            void this.runs.take(summary, rows);
            this.follow(session, summary);
          },
          onWriting: (texts) => {
            if (session.run !== null) this.runs.takeWriting(session.run, texts);
          },
        }),
      );
      this.tellEnd(session);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      this.session = undefined;
      this.status.hide();
      session.cancel.dispose();
      await this.showRunning(false);
      if (session.run !== null) await this.runs.reread(session.run).catch(() => undefined);
    }
    return session.run;
  }

  /** Asks the run under way to end; `drive` returns within two seconds. False where none is. */
  cancel(): boolean {
    this.session?.cancel.cancel();
    if (this.session === undefined) return false;
    this.status.text = `$(sync~spin) ${vscode.l10n.t('Cancelling…')}`;
    return true;
  }

  /** The window goes away, which cancels nothing: the engine's thread lets go of the run. */
  dispose(): void {
    this.status.dispose();
  }

  private follow(session: Session, summary: RunSummary): void {
    session.run ??= summary.id;
    if (!session.shown) {
      session.shown = true;
      void session.face.follow(summary.id);
    }
    if (session.cancel.token.isCancellationRequested || this.session !== session) return;
    this.status.text = `$(sync~spin) ${session.face.progress(summary)} · Flywheel`;
  }

  private tellEnd(session: Session): void {
    const summary = session.run === null ? undefined : this.runs.run(session.run);
    if (summary === undefined || session.cancel.token.isCancellationRequested) return;
    if (summary.pausedBy !== undefined) {
      const why = summary.message ?? summary.pausedBy;
      const resume = vscode.l10n.t('Resume Run');
      const stopped = vscode.l10n.t('{0} stopped for now: {1}', summary.title, why);
      void this.prompts.warn(stopped, resume).then(async (chosen) => {
        if (chosen !== resume) return;
        await vscode.commands.executeCommand('flywheel.resumeRun', { run: summary.id });
      });
      return;
    }
    if (session.face.visible) return;
    const { text, show } = session.face.ended(summary);
    void this.prompts.tell(text, show).then((chosen) => {
      if (chosen === show) void session.face.reveal(summary.id);
    });
  }

  private async showRunning(running: boolean): Promise<void> {
    await vscode.commands.executeCommand('setContext', contextKeys.running, running);
  }
}

function iterationsFace(iterations: IterationsView): RunFace {
  return {
    get visible() {
      return iterations.visible;
    },
    reveal: (run) => iterations.reveal({ run, task: null }),
    follow: (run) => iterations.show({ run, task: null }),
    progress: ({ done, total, ended, tasks }) =>
      total === undefined ? `${ended}/${tasks}` : `${done ?? 0}/${total}`,
    ended: ({ title, solvedVisible: { count, of } }) => ({
      text: vscode.l10n.t('{0}: {1} of {2} solved.', title, count, tasksText(of)),
      show: vscode.l10n.t('Show Iterations'),
    }),
  };
}
