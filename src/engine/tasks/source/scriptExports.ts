import type { Node } from '../../syntax/node';
import { fieldOf, named } from '../../syntax/walk';

/** What stands behind an exported name. */
export interface Exported {
  /** The name in the file, or in `from`; `*` for all of `from`. */
  readonly local: string;
  /** Another module that it is taken from. */
  readonly from?: string;
}

/** What a script gives to others: by `export`, `module.exports` and `exports.name`. */
export function exportsOf(root: Node): {
  readonly exported: ReadonlyMap<string, Exported>;
  readonly givenOn: readonly string[];
} {
  const exported = new Map<string, Exported>();
  const givenOn: string[] = [];
  for (const statement of named(root)) {
    if (statement.type === 'export_statement') readExport(statement, exported, givenOn);
    else if (statement.type === 'expression_statement') readAssignment(statement, exported);
  }
  return { exported, givenOn };
}

function readExport(statement: Node, exported: Map<string, Exported>, givenOn: string[]): void {
  const source = fieldOf(statement, 'source');
  const from = source ? source.text.slice(1, -1) : undefined;
  const isDefault = statement.children.some(({ type }) => type === 'default');
  const declaration = fieldOf(statement, 'declaration');
  const value = fieldOf(statement, 'value');
  if (isDefault) {
    const name = value?.type === 'identifier' ? value : declaration && fieldOf(declaration, 'name');
    if (name) exported.set('default', { local: name.text });
    return;
  }
  if (declaration) {
    for (const name of declared(declaration)) exported.set(name, { local: name });
    return;
  }
  for (const part of named(statement)) {
    if (part.type === 'namespace_export' && from !== undefined) {
      const name = named(part)[0]?.text;
      if (name !== undefined) exported.set(name, { local: '*', from });
    } else if (part.type === 'export_clause') {
      for (const specifier of named(part)) {
        const local = fieldOf(specifier, 'name')?.text ?? specifier.text;
        const name = fieldOf(specifier, 'alias')?.text ?? local;
        exported.set(name, from === undefined ? { local } : { local, from });
      }
    }
  }
  if (from !== undefined && statement.children.some(({ type }) => type === '*')) givenOn.push(from);
}

function declared(declaration: Node): string[] {
  const name = fieldOf(declaration, 'name');
  if (name) return [name.text];
  return named(declaration).flatMap((one) => {
    const own = one.type === 'variable_declarator' ? fieldOf(one, 'name') : null;
    return own?.type === 'identifier' ? [own.text] : [];
  });
}

function readAssignment(statement: Node, exported: Map<string, Exported>): void {
  const [value] = named(statement);
  if (value?.type !== 'assignment_expression') return;
  const place = fieldOf(value, 'left')?.text ?? '';
  let right = fieldOf(value, 'right');
  // `exports = module.exports = parse`
  while (right?.type === 'assignment_expression') right = fieldOf(right, 'right');
  if (!right) return;
  const member = /^(?:module\.)?exports\.(\w+)$/.exec(place)?.[1];
  const name = right.type === 'identifier' ? right.text : fieldOf(right, 'name')?.text;
  const from = requiredIn(right);
  if (member !== undefined) {
    if (from !== undefined) exported.set(member, { local: '*', from });
    else exported.set(member, { local: name ?? member });
  } else if (/^(?:module\.)?exports$/.test(place)) {
    if (from !== undefined) exported.set('default', { local: 'default', from });
    if (name !== undefined) exported.set('default', { local: name });
    for (const one of right.type === 'object' ? named(right) : []) readMember(one, exported);
  }
}

function readMember(one: Node, exported: Map<string, Exported>): void {
  if (one.type === 'shorthand_property_identifier') exported.set(one.text, { local: one.text });
  const value = one.type === 'pair' ? fieldOf(one, 'value') : null;
  const key = fieldOf(one, 'key')?.text.replace(/^['"]|['"]$/g, '') ?? '';
  const from = value ? requiredIn(value) : undefined;
  if (value?.type === 'identifier') exported.set(key, { local: value.text });
  else if (from !== undefined) exported.set(key, { local: 'default', from });
}

function requiredIn(node: Node): string | undefined {
  return /^require\(\s*['"]([^'"]+)['"]\s*\)$/.exec(node.text)?.[1];
}
