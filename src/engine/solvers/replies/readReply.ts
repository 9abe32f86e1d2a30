import { isOurs } from '../../domain/task';
import { trimBlank } from './cleanings';
import { bestOfScripts } from './candidates';
import { completed } from './completed';
import { codeBlocks, type CodeBlock } from './codeBlocks';
import { codeInJson } from './codeInJson';
import { filesInJson } from './filesInJson';
import { plainReply, readsAsRefusal } from './plainReply';
import { programIn } from './programIn';
import { readingOf } from './reading';
import { notPrograms, unread, type ReadReply, type ReplyContext } from './reply';

/**
 * The program that a reply holds, in whatever shape the model gave it. Of a reply that was cut at
 * its limit only what was complete by then counts: a closed block that is a program, unless the
 * entry point was begun anew behind it, or a body with the next statement behind it.
 */
export function readReply(reply: string, context: ReplyContext): ReadReply {
  if (context.finish === 'contentFilter') return unread('filtered');
  const isCut = context.finish === 'length';
  const plain = plainReply(reply);
  const text = filesInJson(plain).length > 0 ? plain : codeInJson(plain);
  if (text.trim() === '') return unread(isCut ? 'cut' : 'empty');
  const { language } = context.problem;
  const { syntax } = context;
  const blocks = blocksOf(text, (part) => {
    return !isOurs(language) || readingOf(syntax, language, part).parses;
  });
  if (isCut) return completeBy(text, blocks, context);
  const found = isOurs(language)
    ? programIn(text, blocks, { ...context, language })
    : blockOfAnyLanguage(blocks, language);
  if (found !== null)
    return typeof found === 'string' ? { kind: 'program', program: found } : found;
  if (blocks.length === 0 && readsAsRefusal(text)) return unread('refusal');
  return unread(
    blocks.length === 0 && !/\b(?:def|function) \w+\(/.test(text) ? 'noCode' : 'noEntryPoint',
  );
}

/** What is set off as code: files and code inside JSON too. */
function blocksOf(text: string, isWhole: (part: string) => boolean): readonly CodeBlock[] {
  const files = filesInJson(text);
  if (files.length > 0) return files;
  return codeBlocks(text, isWhole).flatMap((block) => {
    const inner = filesInJson(block.text, block.lead);
    if (inner.length > 0) return inner;
    const code = codeInJson(block.text);
    const fenced = code === block.text ? [] : codeBlocks(code, isWhole);
    return fenced.length > 0 ? fenced : [{ ...block, text: code }];
  });
}

/** What was complete when a reply was cut. */
function completeBy(text: string, blocks: readonly CodeBlock[], context: ReplyContext): ReadReply {
  const { language } = context.problem;
  const closed = blocks.filter(({ isClosed }) => isClosed);
  const begun = blocks.filter(({ isClosed }) => !isClosed);
  // Tests and commands behind a program may be cut; another program would have taken its place.
  const isProgram = begins(context.problem.entryPoint);
  if (
    begun.length > 0 &&
    (closed.length === 0 || begun.some(({ text: one }) => isProgram.test(one)))
  )
    return unread('cut');
  if (!isOurs(language)) {
    if (begun.length > 0) return unread('cut');
    const found = blockOfAnyLanguage(blocks, language);
    return typeof found === 'string' ? { kind: 'program', program: found } : unread('cut');
  }
  const reader = { ...context, language };
  const found =
    closed.length > 0 ? programIn(text, closed, reader) : completed(text, closed, reader);
  const whole = typeof found === 'string' ? { kind: 'program' as const, program: found } : found;
  const isWhole =
    whole?.kind === 'program' && readingOf(context.syntax, language, whole.program).parses;
  return isWhole ? whole : unread('cut');
}

function begins(entryPoint: string): RegExp {
  const name = entryPoint.replaceAll('$', '\\$');
  return new RegExp(
    `\\b(?:def|function|const|let|var|class)\\s+(?:${name}|Solution)\\b|^${name}\\s*=`,
    'm',
  );
}

/** A language that is not read here: the last block that is set off as code. */
function blockOfAnyLanguage(
  blocks: readonly CodeBlock[],
  language: string,
): string | ReadReply | null {
  const programs = blocks.filter(({ tag, text }) => !notPrograms.test(tag) && text.trim() !== '');
  const last = bestOfScripts(
    programs.map((piece) => ({ piece, program: piece.text, isStub: false, isQuoted: false })),
    language,
  );
  if (!last) return null;
  return last.piece.isClosed ? trimBlank(last.program) : unread('cut');
}
