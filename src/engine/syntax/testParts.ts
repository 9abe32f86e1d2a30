import type { Node } from './node';
import { dedentedText } from './testBody';
import { fieldOf, named } from './walk';

const mostParts = 12;

/**
 * The checks of a test, each with the statements before it that are none: several small tests in the
 * place of one that checks many things. Null where there are fewer than two checks at its top.
 */
export function partsOf(body: readonly Node[], text: string): readonly Part[] | null {
  const checks = body.filter(isCheck);
  if (checks.length < 2) return null;
  const size = Math.ceil(checks.length / mostParts);
  const groups = Array.from({ length: Math.ceil(checks.length / size) }, (_, at) =>
    checks.slice(at * size, (at + 1) * size),
  );
  return groups.map((group) => {
    const last = group.at(-1);
    const nodes = body.filter(
      (node) =>
        group.includes(node) || (!isCheck(node) && last !== undefined && node.start < last.start),
    );
    return { nodes, source: nodes.map((node) => dedentedText([node], text)).join('\n') };
  });
}

export interface Part {
  readonly nodes: readonly Node[];
  readonly source: string;
}

function isCheck(node: Node): boolean {
  if (node.type === 'assert_statement') return true;
  if (node.type === 'with_statement')
    return /^with\s+(?:[\w.]+\.)?(?:raises|assertRaises\w*)\(/.test(node.text);
  const [value] = node.type === 'expression_statement' ? named(node) : [];
  const call = value?.type === 'await_expression' ? named(value)[0] : value;
  if (call?.type !== 'call' && call?.type !== 'call_expression') return false;
  return /^(?:self\.(?:assert\w+|fail)|(?:pytest\.)?raises|assert(?:\.\w+)*|expect\b.*|s?t\.\w+|(?:deep|not|strict)\w*[eE]qual|ok|throws)$/s.test(
    fieldOf(call, 'function')?.text ?? '',
  );
}
