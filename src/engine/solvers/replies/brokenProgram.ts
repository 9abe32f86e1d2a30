import { cleanings } from './cleanings';
import { maxProgramChars, readingOf } from './reading';
import { unread, type Reader, type ReadReply } from './reply';

/** A program with a mistake of syntax is a candidate too: the parser's words are its feedback. */
export function brokenProgram(
  blocks: readonly { readonly text: string; readonly isClosed: boolean }[],
  whole: string,
  reader: Reader,
): string | ReadReply | null {
  const name = reader.problem.entryPoint.replace(/\$/g, '\\$');
  const definition = new RegExp(
    `^[ \\t]*(?:export |default |async )*(?:def|class|function\\*?|const|let|var)\\s+${name}\\b`,
    'm',
  );
  // Without a fence only a reply that begins as a program can be meant as one.
  const isBare = blocks.length === 0 && whole.trimStart().search(definition) === 0;
  const pieces = isBare ? [{ text: whole, isClosed: true }] : blocks;
  for (const { text, isClosed } of pieces) {
    const [cleaned = ''] = cleanings(text);
    const start = cleaned.search(definition);
    if (start < 0 || cleaned.length > maxProgramChars) continue;
    if (readingOf(reader.syntax, reader.language, cleaned).parses) continue;
    if (!isClosed) return unread('cut');
    const isOtherLanguage = reader.language === 'python' ? /[{};]\s*$/m : /^\s*def .*:\s*$/m;
    if (isOtherLanguage.test(cleaned.slice(start).split('\n')[0] ?? '')) continue;
    return cleaned;
  }
  return null;
}
