// Runs the mocha tests of one folder in a process of their own.
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot, outFolder, pinnedNode, root } from '../place.mjs';
import { bundleTests } from './bundle.mjs';
import { endGroup, onInterrupt } from '../interrupt.mjs';
import { EventFile, printEvent } from './tally.mjs';

const pollMs = 50;
const endGraceMs = 5_000;

/**
 * Adds to `tally` what the tests under `test/<name>` found. `timeoutMs` is for one test, and
 * `deadlineMs` for all of them.
 */
export async function runMocha(tally, name, { timeoutMs, deadlineMs, environment = {} }) {
  const files = await bundleTests(name);
  if (files.length === 0) return tally.fail(name, `there is no test in test/${name}`);
  const file = path.join(outFolder, 'test', `${name}.events.jsonl`);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  const child = spawn(
    pinnedNode,
    [
      ...['--enable-source-maps', '--disable-warning=ExperimentalWarning'],
      inRoot('node_modules', 'mocha', 'bin', 'mocha.js'),
      ...['--no-config', '--forbid-only', '--timeout', String(timeoutMs)],
      ...['--reporter', inRoot('scripts', 'testing', 'mochaReporter.mjs')],
      ...files,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment, FLYWHEEL_TEST_EVENTS: file },
      detached: true,
    },
  );
  const forget = onInterrupt(() => endGroup(child));
  try {
    await follow(tally, name, child, new EventFile(file), deadlineMs);
  } finally {
    forget();
    await endGroup(child);
  }
}

async function follow(tally, name, child, events, deadlineMs) {
  let ended = false;
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      resolve(code ?? signal);
    });
  });
  const deadline = Date.now() + deadlineMs;
  const take = () => {
    for (const event of events.read()) {
      tally.take(event);
      printEvent(event);
    }
  };
  while (!ended && !events.ended && Date.now() < deadline) {
    take();
    await Promise.race([exited, sleep(pollMs)]);
  }
  take();
  if (!events.ended) {
    const why = ended ? `the process ended early (${await exited})` : 'the deadline was passed';
    return tally.fail(name, `not all tests ran: ${why}`);
  }
  await Promise.race([exited, sleep(endGraceMs, undefined, { ref: false })]);
  if (!ended)
    tally.fail(name, 'something that a test opened was left open: the process does not end');
}
