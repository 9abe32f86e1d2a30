import * as vscode from 'vscode';
import { plainText } from '../engine/redaction/plainText';

export interface Choice<Value> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Chosen already, where several may be. */
  readonly picked?: boolean;
  readonly value: Value;
}

export interface PickOptions {
  /** It stays while the person looks at something else. */
  readonly stays?: boolean;
  /** Ends the question without an answer. */
  readonly signal?: AbortSignal;
}

/** Every question to the person goes through here, so that a test can answer in their place. */
export interface Prompts {
  pick<Value>(
    title: string,
    choices: readonly Choice<Value>[],
    options?: PickOptions,
  ): Promise<Value | undefined>;
  /** Any number of them, those that are picked already among them unless taken out. */
  pickMany<Value>(
    title: string,
    choices: readonly Choice<Value>[],
  ): Promise<readonly Value[] | undefined>;
  /** `check` gives what is wrong with a text, or null. */
  text(question: {
    readonly title: string;
    readonly prompt: string;
    readonly value: string;
    readonly check: (text: string) => string | null;
  }): Promise<string | undefined>;
  /** A text that is not shown while it is typed. */
  secret(title: string, prompt: string): Promise<string | undefined>;
  file(title: string, filters: Record<string, string[]>): Promise<vscode.Uri | undefined>;
  folder(title: string, openLabel: string): Promise<vscode.Uri | undefined>;
  /** A notification; gives the action chosen. Not to be waited for before work ends. */
  tell(message: string, ...actions: string[]): Promise<string | undefined>;
  /** Waits for the answer, in the middle of the window. */
  confirm(message: string, ...actions: string[]): Promise<string | undefined>;
  warn(message: string, ...actions: string[]): Promise<string | undefined>;
  fail(message: string, ...actions: string[]): Promise<string | undefined>;
}

export function editorPrompts(): Prompts {
  return {
    async pick(title, choices, { stays = false, signal } = {}) {
      const stopping = new vscode.CancellationTokenSource();
      const stop = (): void => stopping.cancel();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        const shown = { title, ignoreFocusOut: stays, matchOnDescription: true };
        const chosen = await vscode.window.showQuickPick(
          [...choices],
          { ...shown, matchOnDetail: true },
          stopping.token,
        );
        return chosen?.value;
      } finally {
        signal?.removeEventListener('abort', stop);
        stopping.dispose();
      }
    },
    async pickMany(title, choices) {
      const chosen = await vscode.window.showQuickPick([...choices], {
        ...{ title, canPickMany: true, matchOnDescription: true, matchOnDetail: true },
        ignoreFocusOut: true,
      });
      return chosen?.map(({ value }) => value);
    },
    async text({ title, prompt, value, check }) {
      return vscode.window.showInputBox({ title, prompt, value, validateInput: check });
    },
    async secret(title, prompt) {
      return vscode.window.showInputBox({ title, prompt, password: true, ignoreFocusOut: true });
    },
    async file(title, filters) {
      const chosen = await vscode.window.showOpenDialog({ title, filters, canSelectMany: false });
      return chosen?.[0];
    },
    async folder(title, openLabel) {
      const chosen = await vscode.window.showOpenDialog({
        title,
        openLabel,
        canSelectFiles: false,
        canSelectFolders: true,
      });
      return chosen?.[0];
    },
    tell: async (message, ...actions) =>
      vscode.window.showInformationMessage(plainText(message), ...actions),
    confirm: async (message, ...actions) =>
      vscode.window.showInformationMessage(message, { modal: true }, ...actions),
    warn: async (message, ...actions) =>
      vscode.window.showWarningMessage(plainText(message), ...actions),
    fail: async (message, ...actions) =>
      vscode.window.showErrorMessage(plainText(message), ...actions),
  };
}
