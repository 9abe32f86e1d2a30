import type { Node } from 'jsonc-parser';

/** UTF-16 offsets into a line. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

type Path = readonly (string | number)[];

/** The path that a problem begins with: `tests[0].kind: …` is about `['tests', 0, 'kind']`. */
export function pathOf(problem: string): Path {
  const [, head] = /^([A-Za-z_$][\w$]*(?:\[\d+\]|\.[\w$]+)*):/.exec(problem) ?? [];
  if (head === undefined) return [];
  return [...head.matchAll(/\[(\d+)\]|([\w$]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? '') : Number(index),
  );
}

/** Where in a line the value of a path stands, or of the longest part of it that is there. */
export async function placeIn(line: string, path: Path): Promise<Place> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const tree = parseTree(line);
  for (let length = path.length; length > 0 && tree; length--) {
    const node = findNodeAtLocation(tree, [...path.slice(0, length)]);
    if (node) return placeOf(node);
  }
  const start = line.length - line.trimStart().length;
  return { start, end: Math.max(start + 1, line.trimEnd().length) };
}

function placeOf({ offset, length }: Node): Place {
  return { start: offset, end: offset + length };
}
