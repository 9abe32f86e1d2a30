import { applyPatch, hasSigns, looksLikePatch } from './applyPatch';
import { bodyInStarter } from './bodyInStarter';
import { brokenProgram } from './brokenProgram';
import { bestCandidate, bestOfScripts, type Candidate } from './candidates';
import { cleanings } from './cleanings';
import type { CodeBlock } from './codeBlocks';
import { completed } from './completed';
import { addedFile } from './envelopePatch';
import { underItsName } from './otherName';
import { readingOf } from './reading';
import { baseOf, isScript, testSources, unread, type Reader, type ReadReply } from './reply';
import { isStandIn, isStub } from './stubs';
import { asProgram, wholeProgram } from './wholeProgram';

/**
 * The program that the pieces of a reply mean: the best of the whole programs and patches in them,
 * else a body alone, else a function under another name, else one with a mistake of syntax.
 */
export function programIn(
  text: string,
  blocks: readonly CodeBlock[],
  reader: Reader,
): string | ReadReply | null {
  const { problem, language } = reader;
  const given: readonly CodeBlock[] =
    blocks.length > 0 ? blocks : [{ tag: '', text, isClosed: true, lead: '' }];
  const pieces = given.map((piece) => ({ ...piece, text: addedFile(piece.text) ?? piece.text }));
  const { found, failedPatch } = candidatesIn(pieces, blocks, reader);
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

function candidatesIn(
  pieces: readonly CodeBlock[],
  blocks: readonly CodeBlock[],
  reader: Reader,
): { readonly found: readonly Candidate[]; readonly failedPatch: boolean } {
  const { shown, problem, syntax, language } = reader;
  const bases = [
    shown,
    problem.starter,
    ...(problem.promptKind === 'code' ? [problem.prompt] : []),
  ];
  const found: Candidate[] = [];
  let failedPatch = false;
  for (const piece of pieces) {
    if (isPatch(piece)) {
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
  return { found, failedPatch };
}

function isPatch({ tag, text }: CodeBlock): boolean {
  if (looksLikePatch(text)) return true;
  // Where each line is added, it is a whole program.
  const isAllAdded = text.split('\n').every((line) => line.startsWith('+') || line.trim() === '');
  return /^(diff|patch)$/.test(tag) && hasSigns(text) && !isAllAdded;
}

/** Prose before a difference is none of it. */
function fromHeader(text: string): string {
  const start = text.search(/^(?:--- |@@|<{5,} ?SEARCH|\*\*\* (?:Begin|Update) )/m);
  return start < 0 ? text : text.slice(start);
}

/**
 * The function of a reply that defines nothing under the name that was asked for, where only one
 * can be meant. The last piece that holds one counts.
 */
function underOtherName(
  pieces: readonly CodeBlock[],
  blocks: readonly CodeBlock[],
  reader: Reader,
): ReadReply | null {
  const { problem, syntax, language } = reader;
  if (isScript(problem)) return null;
  const { entryPoint } = problem;
  const asked = {
    syntax,
    language,
    entryPoint,
    base: baseOf(problem),
    tests: testSources(problem),
  };
  const holding = pieces.filter(({ text }) => /\b(?:def|function|class)\b|=>/.test(text));
  for (const piece of holding.toReversed()) {
    for (const text of cleanings(piece.text)) {
      const named = underItsName(text, asked);
      const program = named === null ? null : asProgram(named.program, blocks, reader);
      if (named !== null && program !== null) {
        return { kind: 'program', program, renamedFrom: named.was };
      }
    }
  }
  return null;
}
