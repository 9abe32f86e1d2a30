import { plainText } from '../engine/redaction/plainText';

/** Rows as Markdown: conversations turn by turn, programs as they are, the rest as `name: value`. */
export function rowsAsMarkdown(rows: readonly string[]): string {
  return rows.map((row, place) => [`## ${place + 1}`, ...rowLines(row)].join('\n\n')).join('\n\n');
}

function rowLines(text: string): string[] {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    // A row that was cut for its length.
    return [fenced(text)];
  }
  return partLines('', row);
}

function partLines(name: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((part, place) =>
      isMessage(part)
        ? messageLines(name, part)
        : partLines(`${name || 'item'} ${place + 1}`, part),
    );
  }
  if (isMessage(value)) return messageLines(name, value);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) =>
      partLines(name === '' ? key : `${name}.${key}`, part),
    );
  }
  const text = plainText(String(value));
  return text.includes('\n')
    ? [`**${plainText(name)}**`, fenced(text)]
    : [`**${plainText(name)}**: ${inline(text)}`];
}

type Message = Readonly<Record<string, unknown>>;

/** As the trainers have it: role and content, or from and value. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { role, content, from, value: said } = value as Message;
  return (
    (typeof role === 'string' && typeof content === 'string') ||
    (typeof from === 'string' && typeof said === 'string')
  );
}

function messageLines(name: string, { role, content, from, value, ...more }: Message): string[] {
  const marks = Object.entries(more).map(([key, mark]) => `${key}: ${String(mark)}`);
  const who = [name, String(role ?? from), ...marks].filter(Boolean).join(' · ');
  return [`**${plainText(who)}**`, fenced(plainText(String(content ?? value)))];
}

/** Text in a fence that nothing in it can end. */
export function fenced(text: string): string {
  const fence = '`'.repeat(1 + longestRun(text, 2));
  return `${fence}\n${text.trimEnd()}\n${fence}`;
}

/** Text of others within a line, as it is. */
export function literal(text: string): string {
  return inline(plainText(text).replace(/\s+/g, ' ').trim());
}

function inline(text: string): string {
  if (text === '') return '–';
  const ticks = '`'.repeat(1 + longestRun(text, 0));
  const space = /^`|`$/.test(text) ? ' ' : '';
  return `${ticks}${space}${text}${space}${ticks}`;
}

function longestRun(text: string, least: number): number {
  return Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
