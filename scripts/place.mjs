// Where things of this project stand.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Downloads, workspaces and results of tests; ignored by git. */
export const cacheFolder = path.join(root, '.vscode-test');
export const outFolder = path.join(root, 'out');
export const failuresFolder = path.join(cacheFolder, 'failures');

export const inRoot = (...names) => path.join(root, ...names);

/** The Node that package.json pins, brought by `npm install`. */
export const pinnedNode = inRoot(
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Says what went wrong in the words of the error, without a stack, and ends. */
export function exitWith(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(error?.exitCode ?? 1);
}
