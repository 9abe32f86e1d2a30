// The parts of `npm test`, in the order in which they run.
import { packExtension } from '../package.mjs';
import { ensureOldestNode } from '../node-22.mjs';
import { testVscode } from '../test-vscode.mjs';
import { ensureServer } from '../vscode-server.mjs';
import { runCheck } from './check.mjs';
import { runMocha } from './mocha.mjs';

const second = 1000;
const minute = 60 * second;

export const parts = [
  check('build', 'dist/ is built', 'esbuild.mjs'),
  check('types', 'the compiler finds no fault', 'node_modules/typescript/bin/tsc', '--noEmit'),
  check('lint', 'the rules of the house hold', 'node_modules/eslint/bin/eslint.js', '.'),
  check(
    'format',
    'all files are formatted',
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    '.',
  ),
  {
    name: 'unit',
    what: 'the parts, each by itself',
    run: (tally) => runMocha(tally, 'unit', { timeoutMs: 10 * second, deadlineMs: 10 * minute }),
  },
  {
    name: 'adversarial',
    what: 'programs that cheat, escape or never end',
    run: (tally) =>
      runMocha(tally, 'adversarial', { timeoutMs: 60 * second, deadlineMs: 15 * minute }),
  },
  {
    name: 'cli',
    what: 'the command line as people use it, killed and resumed',
    run: (tally) => runMocha(tally, 'cli', { timeoutMs: 3 * minute, deadlineMs: 15 * minute }),
  },
  {
    name: 'package',
    what: 'the packed extension, and its programs under the oldest and the newest Node',
    async run(tally) {
      await packExtension();
      await ensureOldestNode();
      await runMocha(tally, 'package', { timeoutMs: 5 * minute, deadlineMs: 15 * minute });
    },
  },
  { name: 'vscode', what: 'inside a real VS Code', run: (tally) => testVscode(tally) },
  {
    name: 'browser',
    what: "a person's way through the packed extension",
    async run(tally) {
      await packExtension();
      await ensureServer();
      await runMocha(tally, 'browser', { timeoutMs: 4 * minute, deadlineMs: 15 * minute });
    },
  },
];

/** A part that is one check: a script of Node's that ends with 0. */
function check(name, what, ...command) {
  return { name, what, run: (tally) => runCheck(tally, name, command) };
}
