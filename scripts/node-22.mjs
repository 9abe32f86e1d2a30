// The oldest Node that the product promises to run on, for tests of the packed product.
import path from 'node:path';
import { installOnce, npm } from './npm-install.mjs';

export const oldestNode = '22.23.3';

/** The path of that Node's binary; installs it first if need be. */
export async function ensureOldestNode() {
  const { platform, arch } = process;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  const system = platform === 'win32' ? 'win' : platform;
  const name = `${prefix}-${system}-${arch}`;
  const folder = await installOnce(`node-${oldestNode}`, `Node ${oldestNode}`, (unfinished) =>
    // The package for one platform; `node` itself would bring the same by an install script.
    npm(unfinished, 'install', `${name}@${oldestNode}`, '--ignore-scripts'),
  );
  const binary = platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', name, 'bin', binary);
}
