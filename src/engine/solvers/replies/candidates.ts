import type { CodeBlock } from './codeBlocks';
import { isWarnedOf } from './warnings';

/** A program that a reply may mean, with the piece of the reply that it came from. */
export interface Candidate {
  readonly piece: CodeBlock;
  readonly program: string;
  /** True where the entry point has no body: it only shows how it is called. */
  readonly isStub: boolean;
  /** True where tests stand beside an entry point that only stands in for the program. */
  readonly isStandIn?: boolean;
  readonly isQuoted: boolean;
}

/**
 * The candidate that the model means: the last, as in the paper (2304.05128), but never a stub, one
 * that stands in for it beside tests, a quotation of what was to be mended, one that leaves out
 * code, or what the text before it calls wrong or old, beside another.
 */
export function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const bodied = someOf(candidates, ({ isStub }) => !isStub);
  const real = someOf(bodied, ({ isStandIn }) => isStandIn !== true);
  const own = someOf(real, ({ isQuoted }) => !isQuoted);
  const whole = someOf(own, ({ program }) => !leavesOut.test(program));
  return someOf(whole, ({ piece }) => !isWarnedOf(piece)).at(-1);
}

/** A comment in the place of code that stands in another block. */
const leavesOut =
  /^\s*(?:#|\/\/)\s*(?:\.{3}|…)?\s*(?:same as (?:above|before)|(?:the )?rest of the |(?:the )?rest (?:is )?(?:unchanged|the same)|existing code)/im;

/**
 * The candidate among programs that run by themselves: beside one that reads its input and is
 * marked as the language, others are examples of what it prints or of how it is run.
 */
export function bestOfScripts(
  candidates: readonly Candidate[],
  language: string,
): Candidate | undefined {
  const own = someOf(candidates, ({ isQuoted }) => !isQuoted);
  const meant = someOf(own, ({ piece }) => !isWarnedOf(piece));
  const reading = someOf(meant, ({ program }) => readsInput.test(program));
  const marked = someOf(reading, ({ piece }) => tagsOf(language).includes(piece.tag));
  const longest = Math.max(...marked.map(({ program }) => program.length));
  return marked.findLast(({ program }) => program.length * 2 >= longest);
}

function someOf(
  candidates: readonly Candidate[],
  isPreferred: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  const preferred = candidates.filter(isPreferred);
  return preferred.length > 0 ? preferred : candidates;
}

const readsInput =
  /\binput\(|\bstdin\b|\bopen\(0|\bfileinput\b|readFileSync\((?:0|['"]\/dev\/stdin)|\breadline\b|\bscanf\b|\bcin\b|\bgetline\b|\bScanner\b|\bBufferedReader\b|\bfmt\.(?:F?[sS]can)|\bgets\b/;

function tagsOf(language: string): readonly string[] {
  switch (language) {
    case 'python':
      return ['python', 'python3', 'py'];
    case 'javascript':
      return ['javascript', 'js', 'node', 'mjs', 'cjs'];
    case 'typescript':
      return ['typescript', 'ts'];
    case 'cpp':
    case 'c++':
      return ['cpp', 'c++', 'cc', 'cxx'];
    default:
      return [language.toLowerCase()];
  }
}
