import type { Language } from '../domain/task';
import type { Node } from './node';
import { isStandardModule } from './pythonModules';
import { fieldOf, named, within } from './walk';

/** A module that a piece of code takes names from. */
export interface Import {
  /** As written: `./text`, `..pkg.text`, `node:fs`. */
  readonly module: string;
  /** Names taken out of the module; `*` alone for all of them. */
  readonly names: readonly ImportedName[];
  /** The name that stands for the module itself. */
  readonly whole: string | null;
  readonly isTypeOnly: boolean;
}

export interface ImportedName {
  readonly imported: string;
  readonly local: string;
}

/** All imports in a piece of code, at any depth, `require` and `import()` included. */
export function importsIn(node: Node): readonly Import[] {
  return [...within(node)].flatMap(importsAt);
}

/** True where the code imported stands in other files that belong to the program. */
export function isFromOtherFile(language: Language, found: Import): boolean {
  if (found.module.startsWith('.')) return !found.isTypeOnly || language === 'python';
  return language === 'python' ? !isStandardModule(found.module) : !found.isTypeOnly;
}

function importsAt(node: Node): readonly Import[] {
  switch (node.type) {
    case 'import_statement':
      return node.children.some((child) => child.field === 'name')
        ? pythonImports(node)
        : scriptImport(node);
    case 'future_import_statement':
      return [{ module: '__future__', names: namesOf(node), whole: null, isTypeOnly: false }];
    case 'import_from_statement': {
      const module = fieldOf(node, 'module_name')?.text ?? '';
      const all = node.children.some((child) => child.type === 'wildcard_import');
      const names = all ? [{ imported: '*', local: '*' }] : namesOf(node);
      return [{ module, names, whole: null, isTypeOnly: false }];
    }
    case 'call_expression':
      return requireCall(node);
    default:
      return [];
  }
}

function namesOf(node: Node): readonly ImportedName[] {
  return node.children
    .filter((child) => child.field === 'name')
    .map((child) => {
      const imported = fieldOf(child, 'name')?.text ?? child.text;
      return { imported, local: fieldOf(child, 'alias')?.text ?? imported };
    });
}

function pythonImports(node: Node): readonly Import[] {
  return namesOf(node).map(({ imported, local }) => ({
    module: imported,
    names: [],
    whole: local === imported ? (imported.split('.')[0] ?? imported) : local,
    isTypeOnly: false,
  }));
}

function scriptImport(node: Node): readonly Import[] {
  const clause = node.children.find(
    (child) => child.type === 'import_clause' || child.type === 'import_require_clause',
  );
  const source =
    fieldOf(node, 'source') ?? (clause === undefined ? null : fieldOf(clause, 'source'));
  const module = source === null ? null : stringValue(source);
  if (module === null) return [];
  const isTypeOnly = node.children.some((child) => child.type === 'type');
  let whole: string | null = null;
  const names: ImportedName[] = [];
  let types = 0;
  for (const part of clause?.children ?? []) {
    if (part.type === 'identifier') {
      if (clause?.type === 'import_require_clause') whole = part.text;
      else names.push({ imported: 'default', local: part.text });
    } else if (part.type === 'namespace_import') {
      whole = named(part)[0]?.text ?? null;
    } else if (part.type === 'named_imports') {
      for (const specifier of named(part)) {
        const imported = fieldOf(specifier, 'name')?.text ?? specifier.text;
        names.push({ imported, local: fieldOf(specifier, 'alias')?.text ?? imported });
        if (specifier.children.some((child) => child.type === 'type')) types += 1;
      }
    }
  }
  const onlyTypes = names.length > 0 && types === names.length && whole === null;
  return [{ module, names, whole, isTypeOnly: isTypeOnly || onlyTypes }];
}

function requireCall(node: Node): readonly Import[] {
  const callee = fieldOf(node, 'function');
  if (callee?.text !== 'require' && callee?.type !== 'import') return [];
  const list = fieldOf(node, 'arguments');
  const [first] = list === null ? [] : named(list);
  const module = first?.type === 'string' ? stringValue(first) : null;
  if (module === null) return [];
  const declarator = node.parent?.type === 'variable_declarator' ? node.parent : null;
  const target = declarator === null ? null : fieldOf(declarator, 'name');
  if (target?.type !== 'object_pattern') {
    return [{ module, names: [], whole: target?.text ?? null, isTypeOnly: false }];
  }
  const names = named(target).map((part) => {
    const imported = fieldOf(part, 'key')?.text ?? part.text;
    return { imported, local: fieldOf(part, 'value')?.text ?? imported };
  });
  return [{ module, names, whole: null, isTypeOnly: false }];
}

function stringValue(node: Node): string | null {
  return node.type === 'string' ? node.text.slice(1, -1) : null;
}
