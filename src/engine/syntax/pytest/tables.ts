import type { Node } from '../node';
import { fieldOf, named, within } from '../walk';

/** One row of `parametrize`: how its values get their names, and what pytest would call it. */
export interface Row {
  readonly id: string;
  /** `text, slug = 'a b', 'a-b'`: statements without indentation. */
  readonly source: string;
  readonly nodes: readonly Node[];
}

export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

const mostRows = 200;

/**
 * The rows that a decorator of `pytest.mark.parametrize` gives, where they are written out, in the
 * decorator or in a list of the module that `listOf` finds. A text says why they cannot be read.
 */
export function tableOf(decorator: Node, listOf: (name: string) => Node | null): Table | string {
  const call = named(decorator)[0];
  const given = call ? named(fieldOf(call, 'arguments') ?? call) : [];
  const plain = given.filter(({ type }) => type !== 'keyword_argument');
  const byName = (name: string): Node | null => {
    const found = given.find((one) => fieldOf(one, 'name')?.text === name);
    return found ? fieldOf(found, 'value') : null;
  };
  if (byName('indirect') !== null) return 'is parametrized through fixtures';
  const names = namesIn(plain[0] ?? byName('argnames'));
  const values = plain[1] ?? byName('argvalues');
  if (names === null || values === null) return 'has a table that cannot be read';
  const list = values.type === 'identifier' ? listOf(values.text) : values;
  if (list === null || !/^(?:list|tuple|set)$/.test(list.type)) {
    return 'has a table that is computed';
  }
  const ids = byName('ids');
  const titles = ids?.type === 'list' ? named(ids).map(plainText) : [];
  const rows: Row[] = [];
  for (const [place, element] of named(list).entries()) {
    const row = rowOf(element, names, titles[place] ?? null, place);
    if (row === null) return 'has a table that cannot be read';
    if (row !== 'skipped') rows.push(row);
  }
  if (rows.length > mostRows) return `has a table of ${String(rows.length)} rows`;
  return { names, rows };
}

function namesIn(node: Node | null): string[] | null {
  if (node === null) return null;
  if (/^(?:list|tuple)$/.test(node.type)) {
    const names = named(node).map(plainText);
    return names.every((name) => name !== null) ? names : null;
  }
  const text = plainText(node);
  return text === null
    ? null
    : text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
}

function rowOf(
  element: Node,
  names: readonly string[],
  title: string | null,
  place: number,
): Row | 'skipped' | null {
  if (/splat/.test(element.type)) return null;
  const isParam = element.type === 'call' && /(?:^|\.)param$/.test(calleeOf(element));
  let values = names.length === 1 ? [element] : partsOf(element, names.length);
  if (isParam) {
    const given = named(fieldOf(element, 'arguments') ?? element);
    if (given.some((one) => /marks/.test(fieldOf(one, 'name')?.text ?? ''))) return 'skipped';
    const id = given.find((one) => fieldOf(one, 'name')?.text === 'id');
    title = (id && plainText(fieldOf(id, 'value') ?? id)) ?? title;
    values = given.filter(({ type }) => type !== 'keyword_argument');
    if (values.length !== names.length) return null;
  }
  const id = title ?? idOf(values ?? [element], names, place);
  if (values === null) {
    return { id, source: `${names.join(', ')} = ${valueText(element)}`, nodes: [element] };
  }
  const source = values.map((value, at) => `${names[at] ?? ''} = ${valueText(value)}`).join('\n');
  return { id, source, nodes: values };
}

/** The values of a row where it is written out as so many; null where it is only unpacked. */
function partsOf(element: Node, count: number): readonly Node[] | null {
  const parts = /^(?:list|tuple)$/.test(element.type) ? named(element) : [];
  return parts.length === count && !parts.some(({ type }) => /splat/.test(type)) ? parts : null;
}

function valueText(node: Node): string {
  // What stood in brackets may go over several lines.
  return node.text.includes('\n') && !/^[[({]/.test(node.text) ? `(${node.text})` : node.text;
}

/** As pytest names a row: its plain values, and the name and the place of others. */
function idOf(values: readonly Node[], names: readonly string[], place: number): string {
  const parts = values.map((value, at) => {
    const text = plainText(value);
    if (text !== null) return text;
    return /^(?:integer|float|true|false|none|unary_operator)$/.test(value.type)
      ? value.text
      : `${names[at] ?? 'row'}${String(place)}`;
  });
  const id = parts.join('-').replace(/\s+/g, ' ');
  return id.length > 60 ? `${id.slice(0, 50)}… ${String(place)}` : id;
}

/** The content of a string literal that says what it holds. */
export function plainText(node: Node): string | null {
  if (node.type !== 'string') return null;
  if ([...within(node)].some(({ type }) => /interpolation|escape/.test(type))) return null;
  const found = /^[rRuU]?('''|"""|'|")([\s\S]*)\1$/.exec(node.text);
  return found?.[2] ?? null;
}

export function calleeOf(call: Node): string {
  return fieldOf(call, 'function')?.text ?? '';
}
