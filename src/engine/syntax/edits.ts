import type { Language } from '../domain/task';
import { docstringOf } from './documentation';
import { readTree, type Node } from './node';
import { argument } from './operators/argument';
import { arithmetic } from './operators/arithmetic';
import { boolean } from './operators/boolean';
import { call } from './operators/call';
import { comparison } from './operators/comparison';
import { condition } from './operators/condition';
import { constant } from './operators/constant';
import { negation } from './operators/negation';
import { offByOne } from './operators/offByOne';
import {
  brief,
  type Change,
  type Family,
  type MendOperator,
  type Operator,
  type Place,
  type Words,
} from './operators/operator';
import { statement } from './operators/statement';
import { unwrap } from './operators/unwrap';
import { variable } from './operators/variable';
import type { Syntax } from './parser';
import { Scopes } from './scopes';

export type { MendOperator, Operator } from './operators/operator';

/** One change at one place, as a fault or as a repair. */
export interface Edit<O extends string = Operator> {
  /** UTF-16 offsets into the source. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly operator: O;
  /** From 1. */
  readonly line: number;
  /** For people: `< to <=`. */
  readonly note: string;
}

/**
 * All edits of one place in a module, or of the part `within`, by position. Documentation,
 * comments, types, decorators and imports are never edited; no edit changes nothing, and no two
 * give the same source. The same source gives the same edits in the same order.
 */
export function editsOf(
  syntax: Syntax,
  language: Language,
  source: string,
  within?: { readonly start: number; readonly end: number },
): readonly Edit[] {
  const root = readTree(syntax, language, source);
  return editsBy(families, { root, language, source, ...(within ? { within } : {}) });
}

/** The edits that given families make in a tree, under the same rules. */
export function editsBy<O extends Operator | MendOperator>(
  families: readonly (readonly [O, Family])[],
  of: {
    readonly root: Node;
    readonly language: Language;
    readonly source: string;
    readonly within?: { readonly start: number; readonly end: number };
    readonly words?: Words;
  },
): readonly Edit<O>[] {
  const { root, language, source, within, words } = of;
  const scopes = new Scopes(root);
  const place: Place = { language, source, scopes, ...(words ? { words } : {}) };
  const range = within ?? { start: 0, end: source.length };
  const edits: Edit<O>[] = [];
  const seen = new Set<string>();
  const add = (operator: O, node: Node, change: Change): void => {
    if (change.start < range.start || change.end > range.end) return;
    if (change.end - change.start > longestChange) return;
    const old = source.slice(change.start, change.end);
    const replacement = seamless(change, source);
    const key = identityOf(change.start, old, replacement);
    if (old === replacement || seen.has(key)) return;
    seen.add(key);
    edits.push({
      start: change.start,
      end: change.end,
      replacement,
      operator,
      line: change.line ?? lineWithin(node, change.start, source),
      note: change.note ?? `${brief(old)} to ${brief(replacement)}`,
    });
  };
  visit(root, range, (node) => {
    for (const [operator, family] of families) {
      for (const change of family(node, place)) add(operator, node, change);
    }
  });
  // The sort is stable: edits of one stretch stay in the order of their families.
  return edits.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** UTF-16 units that one edit replaces at most: what is longer is no small edit. */
const longestChange = 1000;

export function applyEdit(
  source: string,
  edit: Pick<Edit, 'start' | 'end' | 'replacement'>,
): string {
  return source.slice(0, edit.start) + edit.replacement + source.slice(edit.end);
}

export const families: readonly (readonly [Operator, Family])[] = [
  ['comparison', comparison],
  ['arithmetic', arithmetic],
  ['boolean', boolean],
  ['negation', negation],
  ['constant', constant],
  ['offByOne', offByOne],
  ['variable', variable],
  ['call', call],
  ['argument', argument],
  ['unwrap', unwrap],
  ['condition', condition],
  ['statement', statement],
];

const neverEdited: ReadonlySet<string> = new Set([
  'comment',
  'decorator',
  'type',
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'type_alias_statement',
  'type_alias_declaration',
  'interface_declaration',
  'ambient_declaration',
  'enum_declaration',
  'function_signature',
  'abstract_method_signature',
  'class_heritage',
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'import_alias',
  'export_clause',
  'global_statement',
  'nonlocal_statement',
  'case_pattern',
  'format_specifier',
  'type_conversion',
]);

function visit(
  node: Node,
  range: { readonly start: number; readonly end: number },
  each: (node: Node) => void,
): void {
  if (!node.named || neverEdited.has(node.type) || isNoCode(node)) return;
  if (node.end < range.start || node.start > range.end) return;
  each(node);
  for (const child of node.children) visit(child, range, each);
}

/** Documentation and directives, types behind `as`, keys, names of modules. */
function isNoCode(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  switch (parent.type) {
    case 'block':
    case 'module':
      return docstringOf(parent) === node;
    case 'program':
    case 'statement_block':
      return node.type === 'expression_statement' && /^(['"]).*\1;?$/.test(node.text);
    case 'as_expression':
    case 'satisfies_expression':
      return parent.children[0] !== node;
    case 'class_definition':
      return node.field === 'superclasses';
    case 'export_statement':
      return node.field === 'source';
    case 'pair':
      return node.field === 'key' && (node.type === 'string' || node.type === 'number');
    case 'arguments': {
      const callee = parent.parent?.children[0];
      return callee?.text === 'require' || callee?.type === 'import';
    }
    default:
      return false;
  }
}

/** The replacement with spaces where it would otherwise run into what stands beside it. */
function seamless(change: Change, source: string): string {
  const before = source[change.start - 1] ?? '';
  const behind = source[change.end] ?? '';
  const { replacement } = change;
  if (replacement === '') return runsTogether(before, behind) ? ' ' : '';
  const first = replacement[0] ?? '';
  const last = replacement.at(-1) ?? '';
  return `${runsTogether(before, first) ? ' ' : ''}${replacement}${runsTogether(last, behind) ? ' ' : ''}`;
}

function runsTogether(left: string, right: string): boolean {
  if (/[\w$]/.test(left) && /[\w$]/.test(right)) return true;
  return left === right && /[-+{]/.test(left);
}

/** Equal for changes that give the same source, also when one of them rewrites more of it. */
function identityOf(start: number, old: string, replacement: string): string {
  let shared = 0;
  const most = Math.min(old.length, replacement.length);
  while (shared < most && old[shared] === replacement[shared]) shared += 1;
  let tail = 0;
  while (tail < most - shared && old.at(-1 - tail) === replacement.at(-1 - tail)) tail += 1;
  const removed = old.length - shared - tail;
  return `${start + shared}:${removed}:${replacement.slice(shared, replacement.length - tail)}`;
}

function lineWithin(node: Node, offset: number, source: string): number {
  let line = node.line;
  for (let at = node.start; at < offset; at += 1) if (source[at] === '\n') line += 1;
  return line;
}
