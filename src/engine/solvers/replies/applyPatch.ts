import { envelopeHunks, looksLikeEnvelope } from './envelopePatch';

/** True where a text is a difference, and no program. */
export function looksLikePatch(text: string): boolean {
  if (searchReplace.test(text) || looksLikeEnvelope(text)) return true;
  const lines = text.split('\n');
  const hasHunk = lines.some((line) => line.startsWith('@@'));
  const signed = lines.filter((line) => /^[+-](?![+-]{2} )/.test(line)).length;
  const isHeaded = lines.some((line) => /^(?:---|\+\+\+) \S/.test(line));
  return signed > 0 && (hasHunk || isHeaded);
}

/** Lines marked as added or removed, by someone who said that it is a difference. */
export function hasSigns(text: string): boolean {
  return text.split('\n').some((line) => /^[+-]/.test(line));
}

/**
 * Applies a unified difference, SEARCH/REPLACE blocks, or a patch from `*** Begin Patch` on, as
 * models write them: the numbers in hunk headers are not trusted, lines are found by their text,
 * ends of lines may differ in spaces.
 * Null where some hunk has no place in the program.
 */
export function applyPatch(program: string, patch: string): string | null {
  if (isNewFile.test(patch)) return addedBy(patch);
  const hunks = hunksOf(patch);
  if (hunks.length === 0) return null;
  let lines = program.replace(/\n$/, '').split('\n');
  let from = 0;
  for (const { before, after, anchors = [] } of hunks) {
    for (const anchor of anchors) {
      const at = lines.findIndex((line, index) => index >= from && line.trim() === anchor);
      // A line that is not there may still be changed in a place that its text tells.
      if (at < 0 && before.length === 0) return null;
      if (at >= 0) from = before[0]?.trim() === anchor ? at : at + 1;
    }
    const place = find(lines, before, from) ?? find(lines, before, 0);
    if (place === null) return null;
    lines = [...lines.slice(0, place), ...after, ...lines.slice(place + before.length)];
    from = place + after.length;
  }
  return `${lines.join('\n')}\n`;
}

/** From nothing: all of the file is added. */
const isNewFile = /^--- \/dev\/null$/m;

function addedBy(patch: string): string {
  const added = patch.split('\n').filter((line) => /^\+(?!\+\+ )/.test(line));
  return `${added.map((line) => line.slice(1)).join('\n')}\n`;
}

function hunksOf(patch: string): readonly Hunk[] {
  if (searchReplace.test(patch)) return blocksIn(patch);
  return looksLikeEnvelope(patch) ? envelopeHunks(patch) : hunksIn(patch);
}

/** Lines that take the place of others. */
export interface Hunk {
  /** Lines above the place, from the outermost in. */
  readonly anchors?: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const searchReplace = /^<{5,} ?SEARCH[^\n]*\n([^]*?)^={5,}\n([^]*?)^>{5,} ?REPLACE/m;

function blocksIn(patch: string): Hunk[] {
  const all = new RegExp(searchReplace.source, 'gm');
  const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');
  return [...patch.matchAll(all)].map(([, before = '', after = '']) => ({
    before: linesOf(before),
    after: after === '' ? [] : linesOf(after),
  }));
}

function hunksIn(patch: string): Hunk[] {
  const hunks: { before: string[]; after: string[] }[] = [];
  let current: { before: string[]; after: string[] } | null = null;
  const isHeader = /^(?:diff |index |--- |\+\+\+ |new file|deleted file|\\ No newline)/;
  for (const line of patch.replace(/\s+$/, '').split('\n')) {
    if (isHeader.test(line)) continue;
    if (line.startsWith('@@')) {
      current = { before: [], after: [] };
      hunks.push(current);
      continue;
    }
    if (current === null) {
      current = { before: [], after: [] };
      hunks.push(current);
    }
    if (line.startsWith('+')) current.after.push(line.slice(1));
    else if (line.startsWith('-')) current.before.push(line.slice(1));
    else {
      // An empty line of the program often lost the space before it.
      const text = line.startsWith(' ') ? line.slice(1) : line;
      current.before.push(text);
      current.after.push(text);
    }
  }
  return hunks.filter(({ before, after }) => before.length > 0 && before.join() !== after.join());
}

function find(lines: readonly string[], wanted: readonly string[], from: number): number | null {
  for (let at = from; at + wanted.length <= lines.length; at++) {
    if (wanted.every((line, index) => lines[at + index]?.trimEnd() === line.trimEnd())) return at;
  }
  return null;
}
