// Counts and prints what tests and checks found.
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters, styleText } from 'node:util';

/** What one part of `npm test` found. A skipped test is a failed one: nothing passes by not running. */
export class Tally {
  passed = 0;
  failures = [];

  pass() {
    this.passed += 1;
  }

  fail(title, message) {
    this.failures.push({ title, message });
  }

  take(event) {
    if (event.kind === 'passed') this.pass();
    if (event.kind === 'skipped') this.fail(event.title, 'was skipped');
    if (event.kind === 'failed') this.fail(event.title, event.message);
  }
}

/** Reads new events of a file each time it is asked; a line not yet whole waits for the next time. */
export class EventFile {
  #taken = 0;
  ended = false;

  constructor(file) {
    this.file = file;
  }

  read() {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    const events = lines.slice(this.#taken).map((line) => JSON.parse(line));
    this.#taken = lines.length;
    this.ended ||= events.some((event) => event.kind === 'end');
    return events;
  }
}

const signs = {
  passed: styleText('green', '✓'),
  failed: styleText('red', '✗'),
  skipped: styleText('yellow', '-'),
};

export function printEvent(event) {
  if (event.kind === 'end') return;
  const slow = event.durationMs >= 200 ? styleText('dim', ` ${event.durationMs} ms`) : '';
  console.log(`  ${signs[event.kind]} ${event.title}${slow}`);
  if (event.message) console.log(readable(event.message).replace(/^/gm, '      '));
}

/** A message without the places in its stack that are not ours. */
function readable(message) {
  const foreign = /^\s+at .*(node:internal|node_modules|\.vscode-test)/;
  return message
    .split('\n')
    .filter((line) => !foreign.test(line))
    .join('\n');
}

/** The closing words: every failure again, so that nobody scrolls, and the line that counts. */
export function printSummary(parts) {
  const failures = parts.flatMap(({ name, tally }) =>
    tally.failures.map((failure) => ({ name, ...failure })),
  );
  if (failures.length > 0) console.log('\nFailed:');
  for (const { name, title, message } of failures) {
    const [first = ''] = stripVTControlCharacters(message ?? '')
      .trim()
      .split('\n');
    console.log(`  ${name}: ${title}${first ? ` (${first.slice(0, 160)})` : ''}`);
  }
  const passed = parts.reduce((sum, { tally }) => sum + tally.passed, 0);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0;
}
