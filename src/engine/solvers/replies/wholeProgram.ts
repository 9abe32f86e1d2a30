import { cleanings, trimBlank } from './cleanings';
import type { CodeBlock } from './codeBlocks';
import { codeInProse, indentedOnly } from './codeInProse';
import { withHelpers } from './joinPieces';
import { defines, readingOf, type Reading } from './reading';
import { baseOf, isScript, notPrograms, testSources, type Reader } from './reply';
import { importsOf, spliced, unwrapped } from './splice';
import { withoutTests } from './withoutTests';
import { withoutTrials } from './withoutTrials';

/** The program in a piece of a reply, however it is written there; null where it holds none. */
export function wholeProgram(
  code: string,
  blocks: readonly CodeBlock[],
  reader: Reader,
): string | null {
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

/**
 * A text that defines the entry point, made whole: put into the base where it needs something of
 * it, with helpers from other blocks and the imports of the support code, without tests and trials.
 */
export function asProgram(
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
  const base = baseOf(problem);
  const kept = new Set([entryPoint, ...readingOf(syntax, language, base).gives]);
  const bare = isScript(problem) ? whole.text : functionsOf(whole);
  const wanted = new Set(
    testSources(problem).flatMap((source) => source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []),
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
    if (piece === text || notPrograms.test(other.tag)) continue;
    program = withHelpers(program, piece, { syntax, language, entryPoint, wanted });
  }
  return putInto(program, importsOf(syntax, language, problem.support ?? ''));

  function functionsOf(made: Reading): string {
    const untested = withoutTests(made, language, kept, entryPoint);
    const used = testSources(problem).flatMap((source) => [
      ...readingOf(syntax, language, source).lacks,
    ]);
    return withoutTrials(readingOf(syntax, language, untested), {
      names: new Set([...kept, ...used]),
      base: readingOf(syntax, language, base),
    });
  }
}
