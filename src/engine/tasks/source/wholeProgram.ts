import { importsIn, isFromOtherFile, type Import } from '../../syntax/imports';
import { isIdentifier, roleOf } from '../../syntax/identifiers';
import type { ModuleStatement } from '../../syntax/moduleStatements';
import { joined, neededStatements } from '../../syntax/slice';
import { fieldOf, within } from '../../syntax/walk';
import type { SourceFile } from './findSources';
import type { Project } from './project';

export interface WholeProgram {
  /** What the names need, of their own file and of those that it imports from, in one text. */
  readonly source: string;
  /** Asked names that no top-level statement defines. */
  readonly missing: readonly string[];
  /** Modules that it needs and that are none of the project, or cannot be put into one file. */
  readonly otherFiles: readonly string[];
}

const mostCharacters = 40_000;
const mostFiles = 12;

/**
 * One program out of the files of a project: the statements that names need, with those of other
 * files before them in the place of their imports. Each keeps its text. Two things of one name cannot
 * stand in one file, and are told as another file that it needs. `others` are names of other files that
 * are to be had too.
 */
export function wholeProgram(
  project: Project,
  file: SourceFile,
  names: readonly string[],
  others: readonly { readonly file: SourceFile; readonly names: readonly string[] }[] = [],
): WholeProgram {
  const gathered = new Gathered(project);
  const { statements } = project.read(file);
  const missing = names.filter(
    (name) => !statements.some((one) => !one.isImport && one.gives.includes(name)),
  );
  for (const other of others) gathered.need(other.file, other.names);
  gathered.need(file, names);
  return { missing, source: gathered.source(file), otherFiles: [...gathered.otherFiles] };
}

class Gathered {
  readonly otherFiles = new Set<string>();
  /** Asked names by file, in the order in which the files are to stand: what is needed first. */
  private readonly wanted = new Map<SourceFile, Set<string>>();
  private readonly order: SourceFile[] = [];

  /** Modules that a file names as a whole, with the members that it uses. */
  private readonly objects = new Map<SourceFile, Map<string, Set<string>>>();

  constructor(private readonly project: Project) {}

  need(file: SourceFile, names: readonly string[]): void {
    const wanted = this.wanted.get(file) ?? new Set<string>();
    const fresh = names.filter((name) => !wanted.has(name));
    this.wanted.set(file, wanted);
    if (this.wanted.size > mostFiles) this.otherFiles.add(file.file);
    if (fresh.length === 0 || this.otherFiles.size > 0) return;
    for (const name of fresh) wanted.add(name);
    for (const statement of this.kept(file)) {
      for (const found of this.foreign(file, statement)) this.follow(file, statement, found);
    }
    if (!this.order.includes(file)) this.order.push(file);
  }

  private kept(file: SourceFile): readonly ModuleStatement[] {
    return neededStatements(this.project.read(file).statements, [...(this.wanted.get(file) ?? [])]);
  }

  private foreign(file: SourceFile, { node }: ModuleStatement): readonly Import[] {
    return importsIn(node).filter((found) => isFromOtherFile(file.language, found));
  }

  private follow(file: SourceFile, statement: ModuleStatement, found: Import): void {
    // What is imported in the middle of other code stays where it is, and is not to be had.
    const isPlain = statement.isImport || isRequire(statement);
    const module = isPlain ? this.project.moduleOf(file, found.module) : null;
    if (!module) {
      this.otherFiles.add(found.module);
      return;
    }
    for (const { imported, local } of this.usedNames(file, statement, found)) {
      const place = this.project.placeOf(module, imported);
      if (place?.kind === 'module') this.followWhole(file, place.file, local, found.module);
      else if (place?.kind !== 'name' || (imported !== local && imported !== 'default')) {
        this.otherFiles.add(found.module);
      } else if (imported === 'default' && place.name !== local) this.otherFiles.add(found.module);
      else this.need(place.file, [place.name]);
    }
    if (found.whole !== null) this.followWhole(file, module, found.whole, found.module);
  }

  /** A module under one name: the one thing that it is, or an object of the members that are used. */
  private followWhole(file: SourceFile, module: SourceFile, local: string, told: string): void {
    const sole = file.language === 'python' ? null : this.project.placeOf(module, 'default');
    if (sole?.kind === 'name' && sole.name === local) {
      this.need(sole.file, [sole.name]);
      return;
    }
    const members = new Set<string>();
    for (const { node, isImport } of this.kept(file)) {
      for (const inner of isImport ? [] : within(node)) {
        if (!isIdentifier(inner) || inner.text !== local || roleOf(inner) !== 'read') continue;
        const { parent } = inner;
        const isObject = inner.field === 'object' && parent !== null;
        const member = isObject
          ? (fieldOf(parent, 'attribute') ?? fieldOf(parent, 'property'))
          : null;
        const place = member ? this.project.placeOf(module, member.text) : null;
        if (!member || place?.kind !== 'name' || place.name !== member.text) {
          this.otherFiles.add(told);
          return;
        }
        members.add(member.text);
        this.need(place.file, [place.name]);
      }
    }
    const objects = this.objects.get(file) ?? new Map<string, Set<string>>();
    this.objects.set(file, objects);
    objects.set(local, members);
  }

  /** Of a list of imported names those that what is kept uses. */
  private usedNames(file: SourceFile, statement: ModuleStatement, found: Import) {
    const others = this.kept(file).filter((one) => one !== statement && !one.isImport);
    const asked = this.wanted.get(file);
    return found.names.filter(
      ({ local }) => asked?.has(local) === true || others.some(({ takes }) => takes.has(local)),
    );
  }

  source(last: SourceFile): string {
    const given = new Map<string, string>();
    const parts: string[] = [];
    const future = new Set<string>();
    for (const file of [...this.order.filter((one) => one !== last), last]) {
      const { statements } = this.project.read(file);
      const kept = this.kept(file).filter((statement) => {
        if (this.foreign(file, statement).length > 0) return false;
        if (statement.node.type !== 'future_import_statement' || file === last) return true;
        future.add(statement.node.text);
        return false;
      });
      const fresh = kept.filter((statement) => this.isFirst(statement, file, given));
      parts.push(this.objectsOf(file));
      parts.push(joined(statements, fresh, file.text, file.language));
    }
    const source = [[...future].join('\n'), ...parts]
      .filter((part) => part.trim() !== '')
      .join('\n');
    if (source.length > mostCharacters) this.otherFiles.add(`${String(source.length)} characters`);
    return source;
  }

  private objectsOf(file: SourceFile): string {
    const lines = [...(this.objects.get(file) ?? [])].map(([local, members]) => {
      const names = [...members];
      return file.language === 'python'
        ? `${local} = types.SimpleNamespace(${names.map((name) => `${name}=${name}`).join(', ')})`
        : `const ${local} = { ${names.join(', ')} };`;
    });
    if (lines.length > 0 && file.language === 'python') lines.unshift('import types');
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  /** False for what stands there already; two things of one name are told as another file. */
  private isFirst(
    statement: ModuleStatement,
    file: SourceFile,
    given: Map<string, string>,
  ): boolean {
    let isFirst = true;
    for (const name of statement.gives) {
      const meaning = statement.isImport ? importedAs(statement, name) : file.file;
      const known = given.get(name);
      if (known === undefined) given.set(name, meaning);
      else if (known !== meaning) this.otherFiles.add(file.file);
      else if (statement.isImport && statement.gives.length === 1) isFirst = false;
    }
    return isFirst;
  }
}

function importedAs({ node }: ModuleStatement, name: string): string {
  const found = importsIn(node).map((one) => {
    const taken = one.names.find(({ local }) => local === name);
    return taken ? `${one.module} ${taken.imported}` : one.whole === name ? one.module : '';
  });
  return `import ${found.find((one) => one !== '') ?? node.text}`;
}

/** `const x = require(...)` and nothing else. */
function isRequire({ node }: ModuleStatement): boolean {
  if (node.type !== 'lexical_declaration' && node.type !== 'variable_declaration') return false;
  const [declarator, ...more] = [...within(node)].filter(
    ({ type }) => type === 'variable_declarator',
  );
  const value = declarator && more.length === 0 ? fieldOf(declarator, 'value') : null;
  return value !== null && value.type === 'call_expression' && /^require\s*\(/.test(value.text);
}
