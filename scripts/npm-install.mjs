// Packages that are tools of the tests and too large, or too particular, for devDependencies.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onInterrupt } from './interrupt.mjs';
import { cacheFolder, pinnedNode } from './place.mjs';

/**
 * Makes sure that `.vscode-test/<name>` holds npm packages, and returns that folder. `fill` is
 * called once with an empty folder, which gets its name only when all went well: a folder that
 * is there is complete.
 */
export async function installOnce(name, what, fill) {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished-${process.pid}`;
  const started = Date.now();
  const clear = () => rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  const forget = onInterrupt(clear);
  console.log(`Installing ${what} into ${path.relative(process.cwd(), folder)} ...`);
  try {
    await mkdir(unfinished, { recursive: true });
    await writeFile(path.join(unfinished, 'package.json'), '{ "private": true }\n');
    await fill(unfinished);
    // Another process may have been faster; its folder is as good as ours.
    await rename(unfinished, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    forget();
    await clear();
  }
  console.log(`Installed ${what} in ${Math.round((Date.now() - started) / 1000)} s.`);
  return folder;
}

/** Runs npm in a folder. Rejects with the end of its output. */
export async function npm(folder, ...args) {
  const [command, ...before] = npmCommand();
  const child = spawn(command, [...before, ...args, '--no-audit', '--no-fund'], {
    cwd: folder,
    env: npmEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-8000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(explain(args, output));
}

/** The npm that started us, if one did, under the Node that runs us. */
function npmCommand() {
  const started = process.env.npm_execpath;
  return started?.endsWith('npm-cli.js') ? [process.execPath, started] : ['npm'];
}

/** Settings of the npm that runs this project's scripts must not leak into another folder. */
function npmEnvironment() {
  const own = /^npm_(package_|lifecycle_|config_(local_prefix|prefix|omit|include)$)/i;
  const entries = Object.entries(process.env).filter(([key]) => !own.test(key));
  const PATH = [path.dirname(pinnedNode), process.env.PATH].join(path.delimiter);
  return { ...Object.fromEntries(entries), PATH };
}

function explain(args, output) {
  const network = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/;
  const lines = output.trim().split('\n').slice(-12).join('\n');
  const cause = network.test(output)
    ? 'The npm registry cannot be reached. Check the network and the proxy settings of npm (npm ping).'
    : 'Its last words were:';
  return `npm ${args.join(' ')} failed. ${cause}\n${lines}`;
}
