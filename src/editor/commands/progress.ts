import * as vscode from 'vscode';
import type { CallOptions } from '../engineClient';

/** A call with a notification that shows how far it is and can cancel it. Ends with the call. */
export async function withCall<Value>(
  title: string,
  call: (options: CallOptions) => Promise<Value>,
): Promise<Value> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    let shown = 0;
    return call({
      token,
      onProgress: ({ done, total, what }) => {
        const percent = total > 0 ? Math.min(100, (100 * done) / total) : 0;
        progress.report({ message: what, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      },
    });
  });
}
