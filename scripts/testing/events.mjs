// What a mocha run tells its starter: one JSON line per test in a file, whichever process runs it
// (a child, VS Code's extension host). A file keeps what was said when that process dies.
import { appendFileSync, writeFileSync } from 'node:fs';

/** A mocha reporter that writes to the file named in `FLYWHEEL_TEST_EVENTS` and prints nothing. */
export class EventReporter {
  constructor(runner) {
    const file = process.env.FLYWHEEL_TEST_EVENTS;
    if (!file) throw new Error('FLYWHEEL_TEST_EVENTS names no file');
    writeFileSync(file, '');
    const write = (event) => appendFileSync(file, `${JSON.stringify(event)}\n`);
    const about = (kind, test) => ({
      kind,
      title: test.titlePath().join(' › '),
      durationMs: test.duration ?? 0,
    });
    runner.on('pass', (test) => write(about('passed', test)));
    runner.on('pending', (test) => write(about('skipped', test)));
    runner.on('fail', (test, error) => {
      write({ ...about('failed', test), message: describeError(error) });
    });
    runner.once('end', () => write({ kind: 'end' }));
  }
}

function describeError(error) {
  const text = error?.stack ?? String(error);
  const { expected, actual } = error ?? {};
  if (expected === undefined && actual === undefined) return text;
  if (/\n\s*[+-] /.test(text)) return text;
  return `${text}\nexpected: ${print(expected)}\nactual:   ${print(actual)}`;
}

function print(value) {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 2000);
  } catch {
    return String(value);
  }
}
