import { named } from '../walk';
import { docstringOf } from '../documentation';
import { indentOf } from './layout';
import { none, type Family } from './operator';

const movable = /^(expression_statement|if_statement|lexical_declaration|return_statement)$/;

/**
 * Two neighbouring statements the other way round. The faults it mends: the wider case tested
 * before the narrower one, and a value used before it is brought up to date.
 */
export const order: Family = (node, { source }) => {
  if (!/^(block|statement_block)$/.test(node.type)) return none;
  const statements = named(node).filter((one) => one !== docstringOf(node));
  return statements.slice(1).flatMap((second, at) => {
    const first = statements[at];
    if (!first || !movable.test(first.type) || !movable.test(second.type)) return none;
    if (first.type === 'return_statement' || indentOf(first, source) !== indentOf(second, source))
      return none;
    const between = source.slice(first.end, second.start);
    return [
      {
        start: first.start,
        end: second.end,
        replacement: `${second.text}${between}${first.text}`,
        note: `swap lines ${String(first.line)} and ${String(second.line)}`,
        line: first.line,
      },
    ];
  });
};
