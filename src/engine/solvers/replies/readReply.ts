import type { ChatFinish } from '../../domain/chat';
import { isCodeTest, isOurs, type Language, type Problem } from '../../domain/task';
import type { ModuleStatement } from '../../syntax/moduleStatements';
import type { Syntax } from '../../syntax/parser';
import { applyPatch, hasSigns, looksLikePatch } from './applyPatch';
import { bodyInStarter } from './bodyInStarter';
import { cleanings, trimBlank } from './cleanings';
import { bestCandidate, bestOfScripts, type Candidate } from './candidates';
import { completed } from './completed';
import { codeBlocks, type CodeBlock } from './codeBlocks';
import { codeInProse, indentedOnly } from './codeInProse';
import { codeInJson } from './codeInJson';
import { filesInJson } from './filesInJson';
import { addedFile } from './envelopePatch';
import { underItsName } from './otherName';
import { plainReply, readsAsRefusal } from './plainReply';
import { defines, maxProgramChars, readingOf, type Reading } from './reading';
import { importsOf, spliced, unwrapped } from './splice';
import { isStandIn, isStub } from './stubs';
import { withoutTests } from './withoutTests';
import { withoutTrials } from './withoutTrials';

/** Why a reply holds no program. */
export const unreadReasons = [
  'empty',
  'cut',
  'filtered',
  'refusal',
  'noCode',
  'noEntryPoint',
  'patchNotApplied',
] as const;
export type UnreadReason = (typeof unreadReasons)[number];

export type ReadReply =
  | { readonly kind: 'program'; readonly program: string }
  | { readonly kind: 'unread'; readonly reason: UnreadReason };

export interface ReplyContext {
  readonly problem: Problem;
  readonly syntax: Syntax;
  readonly finish: ChatFinish;
  /** The program that the model was asked to mend, to which a difference applies. */
  readonly shown?: string;
}

/** Blocks that show how to run or what comes out, and never a program. */
const notPrograms = /^(bash|sh|shell|console|output|text|txt|plaintext|json|terminal|markdown|md)$/;

/**
 * The program that a reply holds, in whatever shape the model gave it. Of a reply that was cut at
 * its limit only what was complete by then counts: a closed block that is a program with none
 * begun behind it, or a body with the next statement behind it.
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
    return inner.length > 0 ? inner : [{ ...block, text: codeInJson(block.text) }];
  });
}

/** What was complete when a reply was cut. */
function completeBy(text: string, blocks: readonly CodeBlock[], context: ReplyContext): ReadReply {
  const { language } = context.problem;
  if (blocks.some(({ isClosed }) => !isClosed)) return unread('cut');
  if (!isOurs(language)) {
    const found = blockOfAnyLanguage(blocks, language);
    return typeof found === 'string' ? { kind: 'program', program: found } : unread('cut');
  }
  const reader = { ...context, language };
  const found =
    blocks.length > 0 ? programIn(text, blocks, reader) : completed(text, blocks, reader);
  const isWhole = typeof found === 'string' && readingOf(context.syntax, language, found).parses;
  return isWhole ? { kind: 'program', program: found } : unread('cut');
}

function unread(reason: UnreadReason): ReadReply {
  return { kind: 'unread', reason };
}

interface Reader extends ReplyContext {
  readonly language: Language;
}

function programIn(
  text: string,
  blocks: readonly CodeBlock[],
  reader: Reader,
): string | ReadReply | null {
  const { shown, problem, syntax, language } = reader;
  const bases = [
    shown,
    problem.starter,
    ...(problem.promptKind === 'code' ? [problem.prompt] : []),
  ];
  const found: Candidate[] = [];
  let failedPatch = false;
  const given: readonly CodeBlock[] =
    blocks.length > 0 ? blocks : [{ tag: '', text, isClosed: true, lead: '' }];
  const pieces = given.map((piece) => ({ ...piece, text: addedFile(piece.text) ?? piece.text }));
  for (const piece of pieces) {
    const isPatch =
      looksLikePatch(piece.text) || (/^(diff|patch)$/.test(piece.tag) && hasSigns(piece.text));
    if (isPatch) {
      const patch = fromHeader(piece.text);
      const earlier = found.at(-1)?.program;
      const patched = [...bases, earlier]
        .map((base) => (base === undefined ? null : applyPatch(base, patch)))
        .find((program) => program !== null);
      if (patched === undefined) failedPatch = true;
      else found.push({ piece, program: patched, isStub: false, isQuoted: false });
      continue;
    }
    const program = wholeProgram(piece.text, blocks, reader);
    if (program === null) continue;
    const reading = readingOf(syntax, language, program);
    found.push({
      piece,
      program,
      isStub: isStub(reading, problem.entryPoint),
      isStandIn: isStandIn(reading, problem.entryPoint, piece.text),
      // The program that was to be mended, quoted once more, is not the answer beside another.
      isQuoted: program.trim() === shown?.trim(),
    });
  }
  const best = isScript(problem) ? bestOfScripts(found, language) : bestCandidate(found);
  if (best && !(failedPatch && best.isQuoted)) return best.program;
  if (failedPatch) return unread('patchNotApplied');
  const body =
    completed(text, blocks, reader) ??
    (isScript(problem) ? null : bodyInStarter(text, blocks, reader));
  if (body !== null) return body;
  const other = underOtherName(pieces, blocks, reader);
  if (other !== null) return other;
  return brokenProgram(blocks.toReversed(), text, reader);
}

/** The one function of a reply that defines nothing under the name that was asked for. */
function underOtherName(
  pieces: readonly CodeBlock[],
  blocks: readonly CodeBlock[],
  reader: Reader,
): string | null {
  const { problem, syntax, language } = reader;
  if (isScript(problem)) return null;
  const base = problem.starter ?? (problem.promptKind === 'code' ? problem.prompt : '');
  const tests = problem.tests.flatMap((test) => (isCodeTest(test) ? [test.source] : []));
  const { entryPoint } = problem;
  const holding = pieces.filter(({ text }) => /\b(?:def|function|class)\b|=>/.test(text));
  const [only] = holding;
  if (holding.length !== 1 || !only) return null;
  for (const text of cleanings(only.text)) {
    const named = underItsName(text, { syntax, language, entryPoint, base, tests });
    const program = named === null ? null : asProgram(named, blocks, reader);
    if (program !== null) return program;
  }
  return null;
}

/** Prose before a difference is none of it. */
function fromHeader(text: string): string {
  const start = text.search(/^(?:--- |@@|<{5,} ?SEARCH|\*\*\* (?:Begin|Update) )/m);
  return start < 0 ? text : text.slice(start);
}

function wholeProgram(code: string, blocks: readonly CodeBlock[], reader: Reader): string | null {
  for (const text of cleanings(code)) {
    const program = asProgram(text, blocks, reader);
    if (program !== null) return program;
  }
  const { syntax, language, problem } = reader;
  const isProgram = (run: string): boolean =>
    defines(readingOf(syntax, language, run), problem.entryPoint);
  for (const text of [...cleanings(code), ...(blocks.length > 0 ? [] : [indentedOnly(code)])]) {
    const run = codeInProse(text, isProgram);
    if (run !== null) return asProgram(run, blocks, reader);
  }
  return null;
}

function asProgram(
  text: string,
  blocks: readonly CodeBlock[],
  { syntax, language, problem }: Reader,
): string | null {
  const { entryPoint } = problem;
  const reading = readingOf(syntax, language, text);
  if (!reading.parses || reading.statements.length === 0) return null;
  if (isScript(problem) && !defines(reading, entryPoint)) return text;
  const adapted = unwrapped(reading, language, entryPoint);
  const whole = adapted === null ? reading : readingOf(syntax, language, adapted);
  if (!defines(whole, entryPoint)) return null;
  const base = problem.starter ?? (problem.promptKind === 'code' ? problem.prompt : '');
  const kept = new Set([entryPoint, ...readingOf(syntax, language, base).gives]);
  const bare = isScript(problem) ? whole.text : functionsOf(whole);
  const wanted = new Set(
    problem.tests
      .flatMap((test) => (isCodeTest(test) ? [test.source] : []))
      .flatMap((source) => source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []),
  );
  const putInto = (program: string, into: string): string =>
    into.trim() === ''
      ? program
      : spliced(readingOf(syntax, language, program), {
          ...{ syntax, language, entryPoint, wanted },
          base: into,
        });
  let program = putInto(bare, base);
  for (const other of blocks) {
    // Parts of one program in several blocks.
    const piece = trimBlank(other.text);
    if (piece !== text && !notPrograms.test(other.tag)) program = withHelpers(program, piece);
  }
  return putInto(program, importsOf(syntax, language, problem.support ?? ''));

  function functionsOf(made: Reading): string {
    const untested = withoutTests(made, language, kept, entryPoint);
    const used = problem.tests
      .flatMap((test) => (isCodeTest(test) ? [test.source] : []))
      .flatMap((source) => [...readingOf(syntax, language, source).lacks]);
    return withoutTrials(readingOf(syntax, language, untested), {
      names: new Set([...kept, ...used]),
      base: readingOf(syntax, language, base),
    });
  }

  function withHelpers(current: string, piece: string): string {
    const lacks = new Set(readingOf(syntax, language, current).lacks);
    const part = readingOf(syntax, language, piece);
    if (defines(part, entryPoint)) return current;
    const helpers = new Set<ModuleStatement>();
    for (let size = -1; size < helpers.size;) {
      size = helpers.size;
      for (const statement of part.statements) {
        if (!statement.gives.some((name) => lacks.has(name))) continue;
        helpers.add(statement);
        // What a helper needs comes with it.
        for (const name of statement.takes) lacks.add(name);
      }
    }
    if (helpers.size === 0) return current;
    const ordered = part.statements.filter((statement) => helpers.has(statement));
    const texts = ordered.map(({ start, end }) => piece.slice(start, end));
    return `${texts.join('\n\n')}\n\n${current}`;
  }
}

/** Judged by what it prints: then its top level is the program, trials and all. */
function isScript({ tests, run }: Problem): boolean {
  return run !== undefined || (tests.length > 0 && !tests.some(isCodeTest));
}

/** A program with a mistake of syntax is a candidate too: the parser's words are its feedback. */
function brokenProgram(
  blocks: readonly CodeBlock[],
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
