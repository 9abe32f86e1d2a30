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
const testFile = /^(?:test_.*\.py|.*_test\.py|.*\.(?:test|spec)\.[cm]?[jt]s)$/;

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
    const isWanted = !isFile || file === start || isTestFile(file) !== isTestFile(start);
    if (!isWanted) continue;
    if ((await stat(file)).size > maxFileBytes) notes.push(`${file}: too large, left out`);
    else sources.push({ file, language, text: await readFile(file, 'utf8') });
  }
  const isTest = ({ file }: SourceFile): boolean => isTestFile(file);
  return {
    root,
    notes,
    modules: sources.filter((source) => !isTest(source)),
    testFiles: sources.filter(isTest),
  };
}

/** Undefined for files that are no source of ours. */
export function languageOfFile(file: string): Language | undefined {
  return file.endsWith('.d.ts') ? undefined : languageOf[path.extname(file)];
}

export function isTestFile(file: string): boolean {
  return testFile.test(path.basename(file));
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
