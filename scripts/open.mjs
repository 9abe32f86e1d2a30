// npm start: opens VS Code with this extension under development on a fresh copy of samples/.
import './pinned-node.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { cacheFolder, exitWith, inRoot, root } from './place.mjs';
import { onInterrupt } from './interrupt.mjs';
import { remoteUri, serverVersion, startServer, windowUrl } from './vscode-server.mjs';
import { copySamples } from './workspace.mjs';

const workspace = path.join(cacheFolder, 'workspace');
const serverInstalled = existsSync(path.join(cacheFolder, `server-${serverVersion}`));

const usage = `npm start                       opens VS Code, and asks before it downloads one
npm start -- --desktop          desktop VS Code; downloads it (about 150 MB) where there is none
npm start -- --server [--port N]  VS Code in the browser; gets it from npm (about 700 MB on disk)`;

const question = `There is no desktop VS Code ("code") on the PATH. Use
  1  desktop VS Code (about 150 MB to download)
  2  VS Code server from npm, shown in your browser (about 700 MB on disk${serverInstalled ? '; already here' : ''})
  3  stop
> `;

async function main() {
  const { values } = readArguments();
  const way = await chooseWay(values);
  if (way === null) return;
  // What it cannot install it names; the product then works with what there is.
  runNode('scripts/prepare-system.mjs');
  if (runNode('esbuild.mjs') !== 0) throw new Error('The build failed.');
  await copySamples(workspace);
  await way(values);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        desktop: { type: 'boolean' },
        server: { type: 'boolean' },
        port: { type: 'string' },
      },
    });
  } catch (error) {
    throw Object.assign(new Error(`${error.message}\n\n${usage}`), { exitCode: 2 });
  }
}

async function chooseWay({ desktop, server }) {
  if (server) return openServer;
  if (isOnPath('code')) return openInstalled;
  if (desktop) return openDownloaded;
  if (!process.stdin.isTTY) {
    const text = 'There is no desktop VS Code ("code") on the PATH, and no terminal to ask on.';
    throw Object.assign(new Error(`${text} Say which to use:\n\n${usage}`), { exitCode: 3 });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question).finally(() => terminal.close());
  return { 1: openDownloaded, 2: openServer }[answer.trim()] ?? null;
}

const windowArguments = [`--extensionDevelopmentPath=${root}`, '--new-window', workspace];

/** The window belongs to the VS Code that is installed, and stays when this ends. */
async function openInstalled() {
  console.log(`Opening VS Code on ${path.relative(process.cwd(), workspace)} ...`);
  const shell = process.platform === 'win32';
  const { status } = spawnSync('code', windowArguments, { stdio: 'inherit', shell });
  if (status !== 0) throw new Error('"code" could not open a window.');
}

async function openDownloaded() {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const executable = await downloadAndUnzipVSCode({ cachePath: cacheFolder }).catch((error) => {
    const text = 'Desktop VS Code could not be downloaded. Try: npm start -- --server';
    throw new Error(`${text}\n${error.message}`);
  });
  const data = path.join(cacheFolder, 'desktop-data');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...windowArguments, '--user-data-dir', data, ...asRoot], {
    stdio: 'ignore',
  });
  onInterrupt(() => child.kill());
  console.log('VS Code is open. Close its window, or press Ctrl-C here, to end it.');
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

async function openServer({ port }) {
  const server = await startServer({
    dataFolder: path.join(cacheFolder, 'server-data'),
    ...(port ? { port: Number(port) } : {}),
  });
  const payload = { extensionDevelopmentPath: remoteUri(server, root) };
  console.log(`Open this in your browser:\n\n  ${windowUrl(server, workspace, payload)}\n`);
  console.log('Press Ctrl-C to end.');
}

function runNode(script) {
  return spawnSync(process.execPath, [inRoot(script)], { cwd: root, stdio: 'inherit' }).status;
}

function isOnPath(command) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) =>
    endings.some((ending) => existsSync(path.join(folder, command + ending))),
  );
}

await main().catch(exitWith);
