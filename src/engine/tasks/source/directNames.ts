import { importsIn, type Import, type ImportedName } from '../../syntax/imports';
import { isIdentifier, roleOf } from '../../syntax/identifiers';
import type { Node } from '../../syntax/node';
import { fieldOf, within } from '../../syntax/walk';
import type { SourceFile } from './findSources';
import type { Place, Project } from './project';

type Named = Extract<Place, { kind: 'name' }>;

interface Said {
  readonly edits: readonly Edit[];
  readonly places: readonly Named[];
  readonly left: readonly ImportedName[];
  readonly isWholeLeft: boolean;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A test file that names what it tests as the modules do. */
export interface DirectTestFile {
  readonly text: string;
  /** Names that it takes from files of the project. */
  readonly taken: readonly { readonly file: SourceFile; readonly names: readonly string[] }[];
  /** How the file itself writes a name that it takes from another: `text.slugify`, `slug`. */
  readonly writtenAs: ReadonlyMap<string, string>;
}

/**
 * The test file with the names of the modules for what it tests: `text.slugify(x)` after
 * `import kit.text as text`, or `slug(x)` after a renamed import or one from a file that gives it on,
 * becomes `slugify(x)`. Lines stay where they are. What cannot be said so is left as it is.
 */
export function withDirectNames(project: Project, test: SourceFile): DirectTestFile {
  const { root } = project.read(test);
  const statements = importStatements(root);
  const reader = new Names(project, test, root, statements);
  for (const statement of statements) reader.take(statement);
  return reader.direct();
}

/** Import statements at any depth, and declarations that require something. */
function importStatements(root: Node): Node[] {
  return [...within(root)].filter((node) => {
    if (/^(?:import|import_from)_statement$/.test(node.type)) return true;
    if (!/^(?:lexical|variable)_declaration$/.test(node.type)) return false;
    return (
      node.children.filter(({ type }) => type === 'variable_declarator').length === 1 &&
      /=\s*require\s*\(\s*['"][^'"]+['"]\s*\)\s*;?$/.test(node.text)
    );
  });
}

class Names {
  private readonly edits: Edit[] = [];
  private readonly taken = new Map<
    string,
    { readonly file: SourceFile; readonly names: Set<string> }
  >();
  /** Names that something else than an import binds. */
  private readonly bound = new Set<string>();
  private readonly meaning = new Map<string, string>();
  private readonly identifiers: readonly Node[];
  private readonly writtenAs = new Map<string, string>();

  constructor(
    private readonly project: Project,
    private readonly test: SourceFile,
    root: Node,
    statements: readonly Node[],
  ) {
    this.identifiers = [...within(root)].filter(isIdentifier);
    for (const node of this.identifiers) {
      const isImported = statements.some(
        ({ start, end }) => node.start >= start && node.end <= end,
      );
      if (!isImported && roleOf(node) === 'binding') this.bound.add(node.text);
    }
  }

  take(statement: Node): void {
    const found = importsIn(statement);
    // What is loaded for its effects alone, or for types, is no matter of names.
    const isOfNames = (one: Import): boolean => one.names.length > 0 || one.whole !== null;
    if (found.length === 0 || !found.every((one) => isOfNames(one) && !one.isTypeOnly)) return;
    const said = found.map((one) => this.said(one, statement));
    for (const { edits, places } of said) {
      this.edits.push(...edits);
      for (const { file, name } of places) {
        const taken = this.taken.get(file.file) ?? { file, names: new Set<string>() };
        taken.names.add(name);
        this.taken.set(file.file, taken);
      }
    }
    const [only, ...more] = said;
    const left = only?.left ?? [];
    if (said.some(({ isWholeLeft }) => isWholeLeft) || (more.length > 0 && left.length > 0)) return;
    const [first] = found;
    if (first && left.length === first.names.length && left.length > 0) return;
    const isPython = this.test.language === 'python';
    const isNested = statement.parent?.parent !== null;
    const lines = '\n'.repeat(statement.endLine - statement.line);
    const kept =
      left.length > 0 && first
        ? importText(first, left, isPython)
        : isPython && isNested
          ? 'pass'
          : '';
    this.edits.push({ start: statement.start, end: statement.end, text: kept + lines });
  }

  /** What becomes of one import, and what of it cannot be said in another way. */
  private said(one: Import, statement: Node): Said {
    const { project, test } = this;
    const edits: Edit[] = [];
    const places: Named[] = [];
    const left: ImportedName[] = [];
    const told = project.moduleOf(test, one.module);
    const module = told === test ? null : told;
    for (const name of one.names) {
      const { imported, local } = name;
      if (module && imported === '*') {
        places.push(...this.starNames(module));
        continue;
      }
      const place = module ? this.placeIn(module, imported) : null;
      if (place?.kind === 'module') {
        const members = this.membersOf(local, place.file, statement);
        edits.push(...members.edits);
        places.push(...members.places);
        if (!members.isAll) left.push(name);
      } else if (place && this.isFree(place, local)) {
        if (place.name !== local) edits.push(...this.renamed(local, place.name));
        places.push(place);
      } else left.push(name);
    }
    if (one.whole === null) return { edits, places, left, isWholeLeft: false };
    const dotted =
      test.language === 'python' &&
      one.whole !== one.module &&
      one.module.startsWith(`${one.whole}.`);
    const top = dotted ? project.moduleOf(test, one.whole) : module;
    // `const slugify = require('./slugify')` may be the one thing that the module is.
    const sole = module && test.language !== 'python' ? this.placeIn(module, 'default') : null;
    if (sole?.kind === 'name' && this.isCalled(one.whole)) {
      const isFree = this.isFree(sole, one.whole);
      if (isFree && sole.name !== one.whole) edits.push(...this.renamed(one.whole, sole.name));
      if (isFree) places.push(sole);
      return { edits, places, left, isWholeLeft: !isFree };
    }
    if (!top) return { edits, places, left, isWholeLeft: true };
    const members = this.membersOf(one.whole, top, statement);
    edits.push(...members.edits);
    places.push(...members.places);
    return { edits, places, left, isWholeLeft: !members.isAll };
  }

  /** Of all names that a module gives those that the file reads and binds nowhere. */
  private starNames(module: SourceFile): Named[] {
    const names = new Set(this.identifiers.map(({ text }) => text));
    return [...names].flatMap((name) => {
      if (name.startsWith('_') || this.bound.has(name)) return [];
      const place = this.placeIn(module, name);
      return place?.kind === 'name' && place.name === name && this.isFree(place, name)
        ? [place]
        : [];
    });
  }

  private placeIn(module: SourceFile, name: string): Place | null {
    return this.project.placeOf(module, name);
  }

  /** Whether the name can stand for the place throughout the file. */
  private isFree(place: Named, local: string): boolean {
    const where = `${place.file.file}\n${place.name}`;
    for (const name of new Set([place.name, local])) {
      if (this.bound.has(name)) return false;
      if ((this.meaning.get(name) ?? where) !== where) return false;
    }
    for (const name of [place.name, local]) this.meaning.set(name, where);
    if (local !== place.name) this.writtenAs.set(place.name, local);
    return true;
  }

  private isCalled(name: string): boolean {
    return this.reads(name).some(({ field }) => field === 'function');
  }

  private reads(name: string): Node[] {
    return this.identifiers.filter(
      (node) => node.text === name && roleOf(node) !== 'binding' && roleOf(node) !== 'label',
    );
  }

  private renamed(local: string, name: string): Edit[] {
    return this.reads(local).map((node) => ({
      start: node.start,
      end: node.end,
      text: node.type === 'shorthand_property_identifier' ? `${local}: ${name}` : name,
    }));
  }

  /** Uses of a module by its members. */
  private membersOf(local: string, file: SourceFile, statement: Node) {
    const edits: Edit[] = [];
    const places: Named[] = [];
    let isAll = !this.bound.has(local);
    for (const node of isAll ? this.reads(local) : []) {
      if (node.start >= statement.start && node.end <= statement.end) continue;
      const found = this.memberAt(node, file);
      if (found) {
        const { start } = node;
        edits.push({ start, end: found.end, text: found.place.name });
        this.writtenAs.set(found.place.name, this.test.text.slice(start, found.end));
        places.push(found.place);
      } else isAll = false;
    }
    return { edits, places, isAll };
  }

  /** The name that `kit.text.slugify` speaks of, and where that ends. */
  private memberAt(node: Node, file: SourceFile): { place: Named; end: number } | null {
    let module = file;
    for (let at = node; ;) {
      const { parent } = at;
      const isMember =
        /^(?:attribute|member_expression)$/.test(parent?.type ?? '') && at.field === 'object';
      const member =
        isMember && parent ? (fieldOf(parent, 'attribute') ?? fieldOf(parent, 'property')) : null;
      const place = member ? this.placeIn(module, member.text) : null;
      if (!parent || !place) return null;
      if (place.kind === 'name') {
        return this.isFree(place, place.name) ? { place, end: parent.end } : null;
      }
      module = place.file;
      at = parent;
    }
  }

  direct(): DirectTestFile {
    let { text } = this.test;
    for (const { start, end, text: part } of [...this.edits].sort((a, b) => b.start - a.start)) {
      text = text.slice(0, start) + part + text.slice(end);
    }
    const taken = [...this.taken.values()].map(({ file, names }) => ({ file, names: [...names] }));
    return { text, taken, writtenAs: this.writtenAs };
  }
}

function importText({ module }: Import, left: readonly ImportedName[], isPython: boolean): string {
  const names = left.map(({ imported, local }) =>
    imported === local ? local : `${imported} as ${local}`,
  );
  return isPython
    ? `from ${module} import ${names.join(', ')}`
    : `import { ${names.join(', ')} } from '${module}';`;
}
