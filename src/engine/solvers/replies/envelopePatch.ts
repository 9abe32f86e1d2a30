import type { Hunk } from './applyPatch';

const envelope = /^\*\*\* (?:Begin Patch|(?:Update|Add) File: )/m;

/** True where a text holds a patch between `*** Begin Patch` and `*** End Patch`. */
export function looksLikeEnvelope(text: string): boolean {
  return envelope.test(text);
}

interface Section {
  readonly kind: string;
  readonly path: string;
  readonly lines: string[];
}

/** The parts of a patch, one for each file; lines outside of it are none. */
function sectionsIn(text: string): Section[] {
  const sections: Section[] = [];
  for (const line of text.slice(Math.max(0, text.search(envelope))).split('\n')) {
    if (/^\*\*\* End Patch/.test(line)) break;
    const header = /^\*\*\* (Update|Add|Delete) File: *(.*)$/.exec(line);
    if (header) sections.push({ kind: header[1] ?? '', path: header[2] ?? '', lines: [] });
    else if (!line.startsWith('***')) sections.at(-1)?.lines.push(line);
  }
  return sections.filter(({ path }) => !isTestFile(path));
}

/** Tests that a model writes beside a program are never taken. */
export function isTestFile(path: string): boolean {
  return /(?:^|\/)(?:tests?\/|test_|conftest)|[._](?:test|spec)\.\w+$/.test(path);
}

/** The text of the one file that a patch makes new, where it changes none; else null. */
export function addedFile(text: string): string | null {
  const sections = sectionsIn(text);
  const [only] = sections;
  if (sections.length !== 1 || only?.kind !== 'Add') return null;
  const added = only.lines.filter((line) => line.startsWith('+'));
  return `${added.map((line) => line.slice(1)).join('\n')}\n`;
}

/** The hunks of the files that a patch changes. `@@ text` names a line that stands above. */
export function envelopeHunks(text: string): Hunk[] {
  const hunks: { anchors: string[]; before: string[]; after: string[] }[] = [];
  for (const { lines } of sectionsIn(text).filter(({ kind }) => kind === 'Update')) {
    let current = { anchors: [] as string[], before: [] as string[], after: [] as string[] };
    hunks.push(current);
    for (const line of withoutEmptyEnd(lines)) {
      if (line.startsWith('@@')) {
        if (current.before.length + current.after.length > 0) {
          current = { anchors: [], before: [], after: [] };
          hunks.push(current);
        }
        const anchor = line
          .slice(2)
          .replace(/^ ?-\d+(?:,\d+)? \+\d+(?:,\d+)? @@/, '')
          .trim();
        if (anchor !== '' && anchor !== '@@') current.anchors.push(anchor);
      } else if (line.startsWith('+')) current.after.push(line.slice(1));
      else if (line.startsWith('-')) current.before.push(line.slice(1));
      else {
        const same = line.startsWith(' ') ? line.slice(1) : line;
        current.before.push(same);
        current.after.push(same);
      }
    }
  }
  return hunks.filter(({ anchors, before, after }) => {
    return before.length + anchors.length > 0 && before.join('\n') !== after.join('\n');
  });
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}
