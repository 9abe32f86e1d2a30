// The browser that shows VS Code in tests: the system's own, never a downloaded one.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

// The names that scripts/prepare-system looks for too.
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of a Chromium, or an error that says how to get one. `CHROMIUM` in the environment wins. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const places = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = [process.env.CHROMIUM, ...places, ...elsewhere].find(isExecutable);
  if (found) return found;
  throw new Error('No Chromium found. Run: node scripts/prepare-system.mjs --for-tests');
}

/** Options for `chromium.launch` of playwright-core. */
export function launchOptions() {
  return {
    executablePath: findChromium(),
    headless: true,
    // Whoever launches it closes it; playwright would end this process before other clearing up.
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      // Chromium's own sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // Its own calls home fail slowly where there is no network.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      '--disable-gpu',
      '--disable-dev-shm-usage',
    ],
  };
}

function isExecutable(file) {
  if (!file) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
