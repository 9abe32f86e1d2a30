import { sha256 } from '../domain/hash';
import type { Language } from '../domain/task';
import type { Syntax } from './parser';
import { problemIn } from './problem';

/** Texts and words stay whole; what stands between them does not count. */
const word =
  /'''[^]*?'''|"""[^]*?"""|`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[\w$]+|[^\s\w$]/g;

/**
 * Equal for programs that differ in nothing but layout: a hash of the syntax tree and the words in
 * it. Null for what does not parse. Thousands of candidates are told apart by it, so it takes one
 * parse and no copy of the tree.
 */
export function structureOf(syntax: Syntax, language: Language, source: string): string | null {
  return syntax.read(language, source, (root) =>
    problemIn(language, root) === null
      ? sha256(`${root.toString()}\n${source.match(word)?.join('\n') ?? ''}`)
      : null,
  );
}
