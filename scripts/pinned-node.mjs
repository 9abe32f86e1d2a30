// Imported first by each script that a person may start: starts it again under the pinned Node when
// the one at hand is too old for the tools. `npm run` finds the pinned one by itself; `node
// scripts/...` does not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pinnedNode } from './place.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  if (!existsSync(pinnedNode)) {
    console.error(`This needs Node 22.13 or newer, and this is ${process.version}.`);
    console.error('Run "npm install" first: it brings the right one into the project.');
    process.exit(3);
  }
  // Ctrl-C reaches both, and it is the script's to answer.
  process.on('SIGINT', () => {});
  const { status } = spawnSync(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}
