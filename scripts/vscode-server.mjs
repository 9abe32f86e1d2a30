// A real VS Code where desktop VS Code cannot be had: the same workbench and extension host as a
// server for the browser, from the npm package code-server.
import './pinned-node.mjs';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { openSync } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endGroup, onInterrupt, signalGroup } from './interrupt.mjs';
import { installOnce, npm } from './npm-install.mjs';
import { exitWith, pinnedNode } from './place.mjs';

export const serverVersion = '4.139.1';
const startDeadlineMs = 60_000;
const stopGraceMs = 4_000;

const settings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
};

/** The folder that holds `out/server-main.js`; installs it first (30 s, 700 MB) if need be. */
export async function ensureServer() {
  const folder = await installOnce(
    `server-${serverVersion}`,
    `VS Code server ${serverVersion} (about 700 MB)`,
    async (unfinished) => {
      // Install scripts would build modules that need system headers and that we do not use.
      await npm(unfinished, 'install', `code-server@${serverVersion}`, '--ignore-scripts');
      await npm(serverFolder(unfinished), 'install', '--omit=dev', '--ignore-scripts');
    },
  );
  return serverFolder(folder);
}

const serverFolder = (folder) => path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

/**
 * Starts the server on loopback; `stop` ends it with all its processes. `trust: false` leaves
 * workspace trust as people have it: asked for. Its log stands in `<dataFolder>/server.log`.
 */
export async function startServer(options) {
  const { dataFolder, extensionsFolder, trust = true, environment = {} } = options;
  const folder = await ensureServer();
  const port = options.port ?? (await freePort());
  // Other people and pages on this machine must not get a shell through it.
  const token = randomUUID();
  await writeSettings(dataFolder, options.settings);
  const log = path.join(dataFolder, 'server.log');
  const output = openSync(log, 'a');
  const child = spawn(
    pinnedNode,
    [
      'out/server-main.js',
      ...['--host', '127.0.0.1', '--port', String(port), '--connection-token', token],
      ...['--accept-server-license-terms', '--disable-telemetry', '--enable-smoke-test-driver'],
      ...(trust ? ['--disable-workspace-trust'] : []),
      ...dataArguments(dataFolder, extensionsFolder),
    ],
    {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', output, output],
      // A group of its own, so that extension hosts end with it.
      detached: true,
    },
  );
  const endAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', endAtExit);
  const stop = async () => {
    forget();
    await endGroup(child, stopGraceMs);
    process.off('exit', endAtExit);
  };
  const forget = onInterrupt(stop);
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilAnswering(url, child);
  } catch (error) {
    await stop();
    throw new Error(`VS Code server did not start: ${error.message}. Its log: ${log}`);
  }
  return { url, port, token, log, stop };
}

/** Installs a packed extension for servers started with the same folders. */
export async function installExtension(vsix, { dataFolder, extensionsFolder }) {
  const folder = await ensureServer();
  await mkdir(dataFolder, { recursive: true });
  const child = spawn(
    pinnedNode,
    [
      'out/server-main.js',
      '--accept-server-license-terms',
      ...dataArguments(dataFolder, extensionsFolder),
      ...['--install-extension', vsix],
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0 || !output.includes('successfully installed')) {
    throw new Error(`The extension could not be installed:\n${output}`);
  }
}

/** The address of a window on a folder. `payload` is what the workbench reads on start. */
export function windowUrl(server, folder, payload = {}) {
  const entries = Object.entries({ skipWelcome: 'true', ...payload });
  const query = new URLSearchParams({
    tkn: server.token,
    folder,
    payload: JSON.stringify(entries),
  });
  return `${server.url}/?${query}`;
}

/** A file of this machine as the window names it. */
export const remoteUri = (server, file) => `vscode-remote://127.0.0.1:${server.port}${file}`;

function dataArguments(dataFolder, extensionsFolder) {
  const extensions = extensionsFolder ?? path.join(dataFolder, 'extensions');
  return ['--server-data-dir', dataFolder, '--extensions-dir', extensions];
}

async function writeSettings(dataFolder, more = {}) {
  const folder = path.join(dataFolder, 'data', 'User');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'settings.json');
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) await writeFile(file, JSON.stringify({ ...settings, ...more }, null, 2));
}

async function untilAnswering(url, child) {
  const deadline = Date.now() + startDeadlineMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    const answered = await fetch(`${url}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error(`no answer in ${startDeadlineMs / 1000} s`);
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureServer().catch(exitWith);
}
