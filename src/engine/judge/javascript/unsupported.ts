import { readTree } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { within } from '../../syntax/walk';

const wordOf: Readonly<Record<string, string>> = {
  internal_module: 'TypeScript namespaces',
  module: 'TypeScript modules in braces',
  decorator: 'decorators',
};
/** A quick look first: most programs hold none of these words. */
const maybe = /\bnamespace\b|\bmodule\b|@/;

/**
 * What a program uses that is not compiled here, in words; null where there is nothing. It counts
 * as not compiled: what depends on the program alone must not take it out of the shares.
 */
export function unsupported(syntax: Syntax, source: string): string | null {
  if (!maybe.test(source)) return null;
  for (const node of within(readTree(syntax, 'typescript', source))) {
    const word = node.named ? wordOf[node.type] : undefined;
    if (word !== undefined)
      return `the program uses ${word} (line ${String(node.line)}), which cannot be judged here`;
  }
  return null;
}
