import type { CodeBlock } from './codeBlocks';
import { isTestFile } from './envelopePatch';

/**
 * The files of a text that is JSON with them, each as a block: `{"files": [{path, content}]}`,
 * `{"files": {"a.py": "…"}}`, or either without the name `files`. Tests are left out. Empty where
 * the text is anything else.
 */
export function filesInJson(text: string, lead = ''): readonly CodeBlock[] {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed) || !/[}\]]$/.test(trimmed)) return [];
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return [];
  }
  return filesOf(isRecord(value) ? (value['files'] ?? value) : value)
    .filter(({ path }) => !isTestFile(path))
    .map(({ path, content }) => ({
      ...{ tag: (/\.(\w+)$/.exec(path)?.[1] ?? '').toLowerCase(), text: content },
      ...{ isClosed: true, lead },
    }));
}

interface File {
  readonly path: string;
  readonly content: string;
}

function filesOf(value: unknown): readonly File[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => fileOf(one));
  if (!isRecord(value)) return [];
  const single = fileOf(value);
  if (single.length > 0) return single;
  return Object.entries(value).flatMap(([path, given]) => {
    if (!/\.\w+$/.test(path)) return [];
    if (typeof given === 'string') return [{ path, content: given }];
    return isRecord(given) ? fileOf({ ...given, path }) : [];
  });
}

function fileOf(value: unknown): readonly File[] {
  if (!isRecord(value)) return [];
  const textOf = (names: readonly string[]): string | undefined =>
    names.map((name) => value[name]).find((one) => typeof one === 'string');
  const path = textOf(['path', 'filename', 'file', 'name']);
  const content = textOf(['content', 'contents', 'code', 'text', 'source']);
  return path === undefined || content === undefined ? [] : [{ path, content }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
