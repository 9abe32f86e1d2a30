import { readFile } from 'node:fs/promises';
import type { Language } from '../../../domain/task';
import { functionsOf } from '../../../syntax/functions';
import type { Syntax } from '../../../syntax/parser';
import type { SourceFile } from '../../source/findSources';

const mostLines = 15;
const fewestChars = 30;
const longestSection = 3000;

/** One to fifteen lines of a file, one after another (Magicoder, 2312.02120). */
export function snippetOf(
  { text }: SourceFile,
  random: () => number,
): { readonly text: string; readonly line: number } | null {
  const lines = text.split('\n');
  const count = 1 + Math.floor(random() * mostLines);
  const from = Math.floor(random() * Math.max(1, lines.length - count + 1));
  const chosen = lines.slice(from, from + count).join('\n');
  return chosen.trim().length < fewestChars ? null : { text: chosen, line: from + 1 };
}

/** Documented functions that take and give something: what concepts are read from. */
export function seedFunctions(
  syntax: Syntax,
  { language, text }: SourceFile,
): { readonly name: string; readonly text: string; readonly line: number }[] {
  return functionsOf(syntax, language, text)
    .filter(({ documentation, signature, start, end }) => {
      const source = text.slice(start, end);
      const takes = /\(\s*[^)\s]/.test(signature);
      return (
        documentation !== null && takes && /\breturn\b/.test(source) && !/\bTODO\b/.test(source)
      );
    })
    .map(({ name, start, end, startLine }) => {
      return { name, text: text.slice(start, end), line: startLine };
    });
}

/** The sections of a document under their headings that say enough. */
export async function sectionsOf(
  file: string,
): Promise<{ readonly text: string; readonly line: number }[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const starts = lines.flatMap((line, at) => (/^#{1,4} /.test(line) ? [at] : []));
  return [0, ...starts.filter((at) => at > 0)]
    .map((start, place, all) => ({
      line: start + 1,
      text: lines
        .slice(start, all[place + 1] ?? lines.length)
        .join('\n')
        .trim(),
    }))
    .filter(({ text }) => text.length >= 120)
    .map(({ text, line }) => ({ line, text: text.slice(0, longestSection) }));
}

/** The language that most files have; Python where there are none. */
export function commonLanguage(files: readonly SourceFile[]): Language {
  const counts = Map.groupBy(files, ({ language }) => language);
  const [first] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return first?.[0] ?? 'python';
}
