import path from 'node:path';
import { importsIn, type Import } from '../../syntax/imports';
import { moduleStatements, type ModuleStatement } from '../../syntax/moduleStatements';
import { readTree, type Node } from '../../syntax/node';
import type { Syntax } from '../../syntax/parser';
import { Scopes } from '../../syntax/scopes';
import type { SourceFile } from './findSources';
import { exportsOf, type Exported } from './scriptExports';

/** A name at the top level of a file of the project, or such a file as a whole. */
export type Place =
  | { readonly kind: 'name'; readonly file: SourceFile; readonly name: string }
  | { readonly kind: 'module'; readonly file: SourceFile };

export interface ReadFile {
  readonly root: Node;
  readonly statements: readonly ModuleStatement[];
  readonly defined: ReadonlySet<string>;
  readonly imports: readonly Import[];
  /** By exported name; of scripts alone. */
  readonly exported: ReadonlyMap<string, Exported>;
  /** Modules all of whose names are given on. */
  readonly givenOn: readonly string[];
}

const mostSteps = 12;
const scriptEndings = [
  '.ts',
  '.tsx',
  '.mts',
  '.js',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.js',
  '/index.mjs',
  '/src/index.ts',
  '/src/index.js',
  '/lib/index.js',
];

/** The files of a project, asked where the names stand that its imports speak of. */
export class Project {
  private readonly byPath: ReadonlyMap<string, SourceFile>;
  private readonly known = new Map<SourceFile, ReadFile>();

  constructor(
    readonly syntax: Syntax,
    private readonly files: readonly SourceFile[],
    private readonly root: string,
  ) {
    this.byPath = new Map(files.map((file) => [file.file, file]));
  }

  read(file: SourceFile): ReadFile {
    const known = this.known.get(file);
    if (known) return known;
    const root = readTree(this.syntax, file.language, file.text);
    const statements = moduleStatements(root, file.language, file.text, new Scopes(root));
    const imports = statements.flatMap(({ node }) => importsIn(node));
    const own = statements.filter(
      ({ node, isImport }) => !isImport && importsIn(node).length === 0,
    );
    const isPython = file.language === 'python';
    const { exported, givenOn } = isPython
      ? { exported: new Map<string, Exported>(), givenOn: starsIn(imports) }
      : exportsOf(root);
    const read = {
      root,
      statements,
      imports,
      exported,
      givenOn,
      defined: new Set(own.flatMap(({ gives }) => gives)),
    };
    this.known.set(file, read);
    return read;
  }

  /** The file that an import of another file speaks of; null where it is none of the project. */
  moduleOf(from: SourceFile, module: string): SourceFile | null {
    return from.language === 'python'
      ? this.pythonModule(from.file, module)
      : this.scriptModule(from.file, module);
  }

  /** Where a name that a file gives to others stands. */
  placeOf(file: SourceFile, name: string, steps = 0): Place | null {
    if (steps > mostSteps) return null;
    return file.language === 'python'
      ? this.pythonPlace(file, name, steps)
      : this.scriptPlace(file, name, steps);
  }

  private pythonPlace(file: SourceFile, name: string, steps: number): Place | null {
    const { defined, imports, givenOn } = this.read(file);
    if (defined.has(name)) return { kind: 'name', file, name };
    for (const one of imports) {
      const found = one.names.find(({ local }) => local === name);
      const module = found ? this.moduleOf(file, one.module) : null;
      if (found && module) {
        const place = this.placeOf(module, found.imported, steps + 1);
        if (place) return place;
      }
    }
    const submodule = this.pythonModule(file.file, `.${name}`);
    if (submodule && path.basename(file.file) === '__init__.py')
      return { kind: 'module', file: submodule };
    for (const star of givenOn) {
      const module = this.moduleOf(file, star);
      const place = module && module !== file ? this.placeOf(module, name, steps + 1) : null;
      if (place) return place;
    }
    return null;
  }

  private scriptPlace(file: SourceFile, name: string, steps: number): Place | null {
    const { exported, givenOn, imports, defined } = this.read(file);
    const found = exported.get(name);
    if (found?.from !== undefined) {
      const module = this.moduleOf(file, found.from);
      if (!module) return null;
      return found.local === '*'
        ? { kind: 'module', file: module }
        : this.placeOf(module, found.local, steps + 1);
    }
    if (found) {
      if (defined.has(found.local)) return { kind: 'name', file, name: found.local };
      for (const one of imports) {
        const taken = one.names.find(({ local }) => local === found.local);
        const module = taken || one.whole === found.local ? this.moduleOf(file, one.module) : null;
        if (!module) continue;
        return taken
          ? this.placeOf(module, taken.imported, steps + 1)
          : { kind: 'module', file: module };
      }
      return null;
    }
    for (const from of givenOn) {
      const module = this.moduleOf(file, from);
      const place = module && name !== 'default' ? this.placeOf(module, name, steps + 1) : null;
      if (place) return place;
    }
    return null;
  }

  private pythonModule(from: string, module: string): SourceFile | null {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const parts = module.slice(dots).split('.').filter(Boolean);
    if (dots > 0) {
      let folder = path.dirname(from);
      for (let up = 1; up < dots; up++) folder = path.dirname(folder);
      const place = path.join(folder, ...parts);
      return (
        this.byPath.get(`${place}.py`) ?? this.byPath.get(path.join(place, '__init__.py')) ?? null
      );
    }
    if (parts.length === 0) return null;
    const ending = `/${parts.join('/')}`;
    const found = this.files.filter(({ file, language }) => {
      const place = file.split(path.sep).join('/');
      return (
        language === 'python' &&
        (place.endsWith(`${ending}.py`) || place.endsWith(`${ending}/__init__.py`))
      );
    });
    return found.sort((a, b) => a.file.length - b.file.length)[0] ?? null;
  }

  private scriptModule(from: string, specifier: string): SourceFile | null {
    if (specifier.startsWith('.'))
      return this.scriptAt(path.resolve(path.dirname(from), specifier));
    // As paths are mostly mapped: `@/text`, `~/text`, `src/text`.
    const mapped = /^(?:[@~]\/|src\/)(.*)$/.exec(specifier)?.[1];
    if (mapped === undefined) return null;
    return (
      this.scriptAt(path.join(this.root, 'src', mapped)) ??
      this.scriptAt(path.join(this.root, mapped))
    );
  }

  private scriptAt(place: string): SourceFile | null {
    // TypeScript names the file that will be written: `./text.js` for text.ts.
    const stem = place.replace(/\.[cm]?[jt]sx?$/, '');
    const candidates = [
      place,
      ...[place, stem].flatMap((one) => scriptEndings.map((end) => one + end)),
    ];
    for (const candidate of candidates) {
      const found = this.byPath.get(candidate);
      if (found) return found;
    }
    return null;
  }
}

function starsIn(imports: readonly Import[]): string[] {
  return imports.filter(({ names }) => names[0]?.imported === '*').map(({ module }) => module);
}
