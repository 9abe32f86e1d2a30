import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../../domain/task';
import { readProblem } from '../../files/lines';

export interface SourceFile {
  readonly file: string;
  readonly language: Language;
  readonly text: string;
}

export interface SourcesFound {
  readonly modules: readonly SourceFile[];
  readonly testFiles: readonly SourceFile[];
  /** All files of the project that are no tests: what modules and tests import from. */
  readonly project: readonly SourceFile[];
  /** What pytest shares between the tests of a folder and those below it. */
  readonly shared: readonly SourceFile[];
  /** Folder in which tests were looked for. */
  readonly root: string;
  readonly notes: readonly string[];
}

const maxFiles = 5000;
const maxFileBytes = 256 * 1024;
const ignored = /^(?:\..*|node_modules|dist|build|out|venv|env|__pycache__|site-packages|vendor)$/;
const rootMarks = ['.git', 'package.json', 'pyproject.toml', 'setup.py', 'setup.cfg'];
const testFolders = ['tests', 'test'];
const languageOf: Readonly<Record<string, Language>> = {
  '.py': 'python',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
};
const scriptOfTests = /(?:^|\/)(?:test|tests|spec|__tests__)\/(?:.*\/)?[^/]+\.[cm]?[jt]s$/;
const testFile =
  /^(?:test_.*\.py|.*_test\.py|tests\.py|.*\.(?:test|spec)\.[cm]?[jt]s|test\.[cm]?[jt]s)$/;

/** The file or folder itself, behind links. Throws UserError where there is none. */
export async function existing(from: string): Promise<string> {
  return realpath(from).catch((error: unknown) => {
    throw readProblem(from, error);
  });
}

/**
 * Source and test files of a folder, or the one module of a file together with the test files
 * of the project around it; of a test file, with the modules around it. Links out of the folder
 * are not followed.
 */
export async function findSources(from: string): Promise<SourcesFound> {
  const notes: string[] = [];
  const start = await existing(from);
  const isFile = (await stat(start)).isFile();
  const root = isFile ? await projectAround(start) : start;
  const files = await walk(root, notes);
  const sources: SourceFile[] = [];
  for (const file of files) {
    const language = languageOfFile(file);
    if (!language) continue;
    if ((await stat(file)).size > maxFileBytes) notes.push(`${file}: too large, left out`);
    else sources.push({ file, language, text: await readFile(file, 'utf8') });
  }
  const isTestPlace = (file: string): boolean => isTestFile(path.relative(root, file));
  const isTest = ({ file }: SourceFile): boolean => isTestPlace(file);
  const isShared = ({ file }: SourceFile): boolean => path.basename(file) === 'conftest.py';
  const isWanted = ({ file }: SourceFile): boolean =>
    !isFile || file === start || isTestPlace(file) !== isTestPlace(start);
  const project = sources.filter((source) => !isTest(source) && !isShared(source));
  return {
    root,
    notes,
    project,
    shared: sources.filter(isShared),
    modules: project.filter(isWanted),
    testFiles: sources.filter((source) => isTest(source) && isWanted(source)),
  };
}

/** Undefined for files that are no source of ours. */
export function languageOfFile(file: string): Language | undefined {
  return file.endsWith('.d.ts') ? undefined : languageOf[path.extname(file)];
}

/** By its name, or for scripts by a folder of tests on its way from the root of the project. */
export function isTestFile(file: string): boolean {
  return testFile.test(path.basename(file)) || scriptOfTests.test(file.split(path.sep).join('/'));
}

async function walk(root: string, notes: string[]): Promise<string[]> {
  const files: string[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (ignored.test(entry.name)) continue;
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(place);
      else if (entry.isFile()) files.push(place);
      if (files.length >= maxFiles) {
        notes.push(`${root}: only its first ${String(maxFiles)} files were read`);
        return files;
      }
    }
  }
  return files;
}

/** The nearest folder with a mark of a project; where none has, the nearest with tests beside it. */
async function projectAround(file: string): Promise<string> {
  let besideTests: string | undefined;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const names: string[] = await readdir(folder).catch(() => []);
    if (rootMarks.some((mark) => names.includes(mark))) return folder;
    if (testFolders.some((name) => names.includes(name))) besideTests ??= folder;
    if (folder === path.dirname(folder)) return besideTests ?? path.dirname(file);
  }
}
