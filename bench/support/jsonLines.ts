import { writeFileSync } from 'node:fs';
import { readLines } from '../../src/engine/files/lines';

export async function readJsonLines(file: string): Promise<Record<string, unknown>[]> {
  const read: Record<string, unknown>[] = [];
  for await (const { text } of readLines(file)) {
    if (text.trim() !== '') read.push(JSON.parse(text) as Record<string, unknown>);
  }
  return read;
}

export function writeJsonLines(file: string, lines: readonly unknown[]): void {
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
