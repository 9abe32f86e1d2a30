// Runs scripts/prepare-system where it has something to do: on Linux.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (process.platform !== 'linux') {
  console.log('Python tasks need Linux: here tasks in JavaScript and TypeScript are judged only.');
  process.exit(0);
}

const script = fileURLToPath(new URL('prepare-system', import.meta.url));
const { status, error } = spawnSync('bash', [script, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (error) console.error(`scripts/prepare-system needs bash: ${error.message}`);
process.exit(status ?? 3);
