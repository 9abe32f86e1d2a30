// Runs the tests of test/vscode inside a real VS Code: its server, shown by Chromium, or desktop
// VS Code where FLYWHEEL_TEST_DESKTOP=1. The suites are the same ones: those of test/vscode in a
// workspace that is trusted, those of test/vscode/tasks in another such, those of
// test/vscode/untrusted in one that is not, those of test/vscode/lent beside an extension that offers
// the editor a language model.
import './pinned-node.mjs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { exitWith, outFolder, root } from './place.mjs';
import { bundleTests } from './testing/bundle.mjs';
import { keepFailure } from './testing/failure.mjs';
import { onInterrupt } from './interrupt.mjs';
import { EventFile, printEvent, printSummary, Tally } from './testing/tally.mjs';
import { remoteUri, startServer, windowUrl } from './vscode-server.mjs';
import { copySamples } from './workspace.mjs';

const deadlineMs = 480_000;
const pollMs = 100;

const folders = {
  vscode: { folder: '.', trust: true },
  'vscode-tasks': { folder: 'tasks', trust: true },
  'vscode-untrusted': { folder: 'untrusted', trust: false },
  'vscode-lent': {
    folder: 'lent',
    trust: true,
    beside: [path.join(root, 'test', 'vscode', 'lent', 'provider')],
    settings: { 'chat.disableAIFeatures': false },
  },
};

/** Adds to `tally` what the suites found. */
export async function testVscode(tally, names = Object.keys(folders)) {
  const files = await bundleTests('vscode', ['test/vscode/index.ts']);
  if (files.length === 0) return tally.fail('vscode', 'there is no test in test/vscode');
  for (const name of names) await testFolder(tally, { name, ...folders[name] });
}

async function testFolder(tally, { name, folder, trust, beside = [], settings = {} }) {
  const suite = path.join(outFolder, 'test', 'vscode', 'index.js');
  const events = path.join(outFolder, 'test', `${name}.events.jsonl`);
  await rm(events, { force: true });
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'flywheel-vscode-'));
  const workspace = await copySamples(path.join(temporary, 'samples'));
  const clear = () => rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  const forget = onInterrupt(clear);
  const inHost = process.env.FLYWHEEL_TEST_DESKTOP === '1' ? inDesktop : inServer;
  try {
    const environment = { FLYWHEEL_TEST_EVENTS: events, FLYWHEEL_TEST_FOLDER: folder };
    const place = { suite, workspace, temporary, environment, trust, beside, settings };
    await inHost({ tally, name, events: new EventFile(events), ...place });
  } finally {
    forget();
    await clear();
  }
}

/** Nobody sits in front of a test to be asked. */
const neverAsked = { 'security.workspace.trust.startupPrompt': 'never' };

async function inServer(options) {
  const { tally, name, suite, events, workspace, temporary, environment, trust } = options;
  const dataFolder = path.join(temporary, 'data');
  // The browser's window develops one extension; others are installed.
  for (const folder of options.beside) {
    await cp(folder, path.join(dataFolder, 'extensions', path.basename(folder)), {
      recursive: true,
    });
  }
  const server = await startServer({
    dataFolder,
    settings: { ...neverAsked, ...options.settings },
    environment,
    trust,
  });
  let browser;
  const forget = onInterrupt(() => browser?.close());
  try {
    browser = await chromium.launch(launchOptions());
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const console_ = [];
    page.on('console', (message) => console_.push(message.text()));
    let hostEnded = false;
    await page.exposeFunction('codeAutomationLog', () => {});
    await page.exposeFunction('codeAutomationExit', () => {
      hostEnded = true;
    });
    const payload = {
      extensionDevelopmentPath: remoteUri(server, root),
      extensionTestsPath: remoteUri(server, suite),
    };
    await page.goto(windowUrl(server, workspace, payload));
    const why = await follow(tally, events, () => hostEnded);
    if (why) {
      tally.fail(name, `not all tests ran: ${why}`);
      const folder = await keepFailure(name, { page, server, text: console_.join('\n') });
      console.log(`  Screenshot and logs: ${folder}`);
    }
  } finally {
    forget();
    await browser?.close();
    await server.stop();
  }
}

/** Takes events until the suite has ended. Returns why it did not, if it did not. */
async function follow(tally, events, hasHostEnded) {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    // Asked for first: what was written before the end is read after it.
    const hostEnded = hasHostEnded();
    for (const event of events.read()) {
      tally.take(event);
      printEvent(event);
    }
    if (events.ended) return undefined;
    if (hostEnded) return 'the extension host ended early';
    if (Date.now() > deadline) return `${deadlineMs / 1000} s were not enough`;
    await sleep(pollMs);
  }
}

async function inDesktop(options) {
  const { tally, name, suite, events, workspace, temporary, environment, trust } = options;
  const settings = path.join(temporary, 'data', 'User', 'settings.json');
  await mkdir(path.dirname(settings), { recursive: true });
  await writeFile(settings, JSON.stringify({ ...neverAsked, ...options.settings }));
  const { runTests } = await import('@vscode/test-electron');
  let ended = false;
  const running = runTests({
    extensionDevelopmentPath: [root, ...options.beside],
    extensionTestsPath: suite,
    extensionTestsEnv: environment,
    launchArgs: [
      workspace,
      '--disable-extensions',
      ...(trust ? ['--disable-workspace-trust'] : []),
      ...['--user-data-dir', path.join(temporary, 'data')],
    ],
  }).then(
    () => undefined,
    // Failed tests end it like this too; then the events have said which.
    (error) => error,
  );
  void running.then(() => (ended = true));
  const why = await follow(tally, events, () => ended);
  if (why) tally.fail(name, `not all tests ran: ${why}. ${(await running) ?? ''}`);
  await running;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const tally = new Tally();
  try {
    await mkdir(outFolder, { recursive: true });
    const names = process.argv.slice(2);
    await testVscode(tally, names.length > 0 ? names : undefined);
    process.exitCode = printSummary([{ name: 'vscode', tally }]) ? 0 : 1;
  } catch (error) {
    exitWith(error);
  }
}
