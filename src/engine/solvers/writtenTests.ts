import type { Language, Problem, VisibleTest } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import { cleanings } from './replies/cleanings';
import { codeBlocks } from './replies/codeBlocks';
import { plainReply } from './replies/plainReply';
import { readingOf } from './replies/reading';

/** Tests taken of one reply at most. */
export const maxWrittenTests = 12;
const maxTestChars = 500;

/** The form of a test in a language, as the prompt asks for it. */
export function testForm(language: Language, entryPoint: string): string {
  return language === 'python'
    ? `\`assert ${entryPoint}(...) == ...\``
    : `\`assert.deepStrictEqual(${entryPoint}(...), ...);\``;
}

/**
 * The assertions of a reply that call the entry point, each by itself, without repeats. Those that
 * test nothing are left out (CodeT, 2207.10397).
 */
export function writtenTests(
  reply: string,
  problem: Pick<Problem, 'entryPoint'>,
  language: Language,
  syntax: Syntax,
): VisibleTest[] {
  const text = plainReply(reply);
  const blocks = codeBlocks(text).map((block) => block.text);
  const sources = new Set<string>();
  for (const block of blocks.length > 0 ? blocks : [text]) {
    for (const statement of assertions(block, language, syntax)) {
      const calls = new RegExp(`(?<![\\w.])${escaped(problem.entryPoint)}\\s*\\(`);
      if (calls.test(statement) && statement.length <= maxTestChars) sources.add(statement);
    }
  }
  return [...sources].slice(0, maxWrittenTests).map((source, index) => ({
    id: `written-${String(index + 1)}`,
    role: 'visible',
    kind: 'assert',
    source,
  }));
}

function assertions(block: string, language: Language, syntax: Syntax): string[] {
  const isAssertion = language === 'python' ? /^assert\s*[^=]/ : /^assert[.(\w]/;
  for (const text of cleanings(block)) {
    const reading = readingOf(syntax, language, text);
    if (!reading.parses) continue;
    return reading.statements
      .map(({ node }) => node.text)
      .filter((statement) => isAssertion.test(statement));
  }
  // Not one program: line by line.
  return block.split('\n').filter((line) => {
    return isAssertion.test(line) && readingOf(syntax, language, `${line}\n`).parses;
  });
}

function escaped(name: string): string {
  return name.replace(/[$.]/g, '\\$&');
}
