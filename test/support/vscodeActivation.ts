import Module from 'node:module';
import path from 'node:path';
import type * as vscode from 'vscode';

/** Parts of Node's loader that its typings leave out. */
const loader = Module as unknown as {
  _load: (request: string, ...rest: unknown[]) => unknown;
};

const threadUsage: { threadCpuUsage?: () => NodeJS.CpuUsage } = process;

interface Entry {
  activate(context: vscode.ExtensionContext): unknown;
}

/**
 * Activates an extension and returns the milliseconds that its own code took: loading its main
 * file and calling `activate`. What else the host does meanwhile, and its waiting for the window,
 * is not the extension's.
 */
export async function activationMs(extension: vscode.Extension<unknown>): Promise<number> {
  const { main } = extension.packageJSON as { main: string };
  const file = path.join(extension.extensionPath, main);
  const original = loader._load;
  let tookMs: number | undefined;
  const timed = <Value>(work: () => Value): Value => {
    const started = processorMs();
    try {
      return work();
    } finally {
      tookMs = (tookMs ?? 0) + processorMs() - started;
    }
  };
  loader._load = (request, ...rest) => {
    if (path.resolve(request) !== file) return original(request, ...rest);
    const entry = timed(() => original(request, ...rest)) as Entry;
    return {
      ...entry,
      activate: (context) => timed(() => entry.activate(context)),
    } satisfies Entry;
  };
  try {
    await extension.activate();
  } finally {
    loader._load = original;
  }
  if (tookMs === undefined) throw new Error(`${file} was loaded before, or in another way`);
  return tookMs;
}

/** Time of this thread on a processor, so that other work of the machine does not count. */
function processorMs(): number {
  const { user, system } = threadUsage.threadCpuUsage?.() ?? {};
  // Node has it from 23.9 on.
  if (user === undefined || system === undefined) return performance.now();
  return (user + system) / 1000;
}
