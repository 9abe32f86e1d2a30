import type { Language } from '../domain/task';
import type { Syntax, SyntaxNode } from './parser';

/**
 * A node of a tree copied out of the parser: it stays valid, and walking it does not cross into
 * WebAssembly, which is what costs when a tree is visited many times.
 */
export interface Node {
  readonly type: string;
  /** False for keywords, operators and punctuation. */
  readonly named: boolean;
  /** What it is to its parent: `left`, `body`, `name`. */
  readonly field: string | null;
  /** UTF-16 offsets into the source. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  readonly endLine: number;
  readonly parent: Node | null;
  readonly children: readonly Node[];
  readonly text: string;
}

/** Parses and copies the whole tree. */
export function readTree(syntax: Syntax, language: Language, source: string): Node {
  return syntax.read(language, source, (root) => copyTree(root, source));
}

class CopiedNode implements Node {
  readonly children: CopiedNode[] = [];
  constructor(
    readonly type: string,
    readonly named: boolean,
    readonly field: string | null,
    readonly start: number,
    readonly end: number,
    readonly line: number,
    readonly endLine: number,
    readonly parent: CopiedNode | null,
    private readonly source: string,
  ) {}

  get text(): string {
    return this.source.slice(this.start, this.end);
  }
}

function copyTree(root: SyntaxNode, source: string): Node {
  const lineOf = lineFinder(source);
  const cursor = root.walk();
  const copy = (parent: CopiedNode | null): CopiedNode => {
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    return new CopiedNode(
      cursor.nodeType,
      cursor.nodeIsNamed,
      cursor.currentFieldName,
      start,
      end,
      lineOf(start),
      lineOf(end),
      parent,
      source,
    );
  };
  try {
    const top = copy(null);
    let current: CopiedNode = top;
    let descend = cursor.gotoFirstChild();
    while (descend) {
      // `current` is the parent of where the cursor stands.
      const node = copy(current);
      current.children.push(node);
      if (cursor.gotoFirstChild()) {
        current = node;
        continue;
      }
      let moved = cursor.gotoNextSibling();
      while (!moved && cursor.gotoParent()) {
        if (current.parent === null) return top;
        current = current.parent;
        moved = cursor.gotoNextSibling();
      }
      descend = moved;
    }
    return top;
  } finally {
    cursor.delete();
  }
}

/** Line numbers (from 1) of offsets. */
function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
