import { isIdentifier, roleOf } from './identifiers';
import { importsIn } from './imports';
import { readTree } from './node';
import type { Syntax } from './parser';
import { ancestors, fieldOf, within } from './walk';

/**
 * Why Python code may see or leave something in its process beyond its own names: files, the
 * environment, attributes of modules. Null where it is known to do neither. Modules that are not
 * on the list may hold state.
 */
export function reachIntoProcess(syntax: Syntax, source: string): string | null {
  const root = readTree(syntax, 'python', source);
  const imported = importsIn(root).find(({ module }) => !stateless.test(module));
  if (imported) return `imports ${imported.module}`;
  for (const node of within(root)) {
    if (isIdentifier(node) && doors.has(node.text) && roleOf(node) === 'read') {
      return `uses ${node.text}`;
    }
    const isTarget =
      (node.type === 'attribute' || node.type === 'subscript') &&
      [...ancestors(node)].some(
        (outer) =>
          /^(?:assignment|augmented_assignment|delete_statement|for_statement|with_item|as_pattern)$/.test(
            outer.type,
          ) &&
          (outer.type === 'delete_statement' ||
            [...within(fieldOf(outer, 'left') ?? outer)].includes(node)),
      );
    if (!isTarget) continue;
    const object = fieldOf(node, 'object') ?? fieldOf(node, 'value');
    if (node.type === 'subscript' && object && isIdentifier(object)) continue;
    if (object?.text !== 'self') return `changes ${node.text}`;
  }
  return null;
}

/** Modules of the library that keep nothing that their users change, but for the odds of `random`. */
const stateless =
  /^(?:__future__|abc|bisect|cmath|collections(?:\.abc)?|copy|dataclasses|datetime|enum|fractions|functools|hashlib|heapq|itertools|json|math|numbers|operator|pytest|random|re|statistics|string|textwrap|time|typing|unittest|uuid)$/;

const doors: ReadonlySet<string> = new Set(
  `open exec eval compile setattr delattr globals vars locals __import__ __builtins__ builtins input
   breakpoint`
    .split(/\s+/)
    .filter(Boolean),
);
