import path from 'node:path';
import type { Language } from '../../domain/task';
import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import { sliceFor } from '../../syntax/slice';
import { readTestFile, type TestFile } from '../../syntax/testFile';
import type { SourceFile, SourcesFound } from './findSources';

/** A function with the tests that call it, cut out of its module with what it needs. */
export interface TestedFunction {
  readonly name: string;
  readonly language: Language;
  /** Name of the module, for ids: `textkit/dates`. */
  readonly module: string;
  readonly signature: string;
  readonly documentation: string | null;
  /** The function and everything of its module that it or its tests use. */
  readonly program: string;
  readonly support: string;
  readonly tests: readonly { readonly id: string; readonly source: string }[];
}

export interface FunctionsFound {
  readonly functions: readonly TestedFunction[];
  /** Functions that were left out, counted by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Fewer tests could not be split into visible and hidden ones that fail. */
const minTests = 2;

/** The functions of modules that test files import and call, found by reading both. */
export function testedFunctions(syntax: Syntax, sources: SourcesFound): FunctionsFound {
  const found: TestedFunction[] = [];
  const leftOut: Record<string, number> = {};
  for (const module of sources.modules) {
    const tests = testsOf(syntax, module, sources);
    for (const place of functionsOf(syntax, module.language, module.text)) {
      const result = testedFunction(syntax, module, place.name, tests, sources.root);
      if (typeof result === 'string') leftOut[result] = (leftOut[result] ?? 0) + 1;
      else {
        const { signature, documentation } = place;
        found.push({ ...result, signature, documentation });
      }
    }
  }
  return { functions: found, leftOut };
}

interface ModuleTests {
  readonly file: TestFile;
  /** Names that the test file takes from the module. */
  readonly names: readonly string[];
  /** Names that it takes from elsewhere: tests that use them cannot be cut out. */
  readonly foreign: readonly string[];
}

function testsOf(syntax: Syntax, module: SourceFile, sources: SourcesFound): ModuleTests[] {
  return sources.testFiles.flatMap((source) => {
    if ((source.language === 'python') !== (module.language === 'python')) return [];
    const file = readTestFile(syntax, source.language, source.text);
    const isOurs = file.imports.map((imported) =>
      module.language === 'python'
        ? isPythonModule(module.file, imported.module)
        : isScriptModule(module.file, source.file, imported.module),
    );
    if (!isOurs.includes(true)) return [];
    const names = file.imports.flatMap(({ names }, index) => (isOurs[index] ? names : []));
    const foreign = file.imports.flatMap(({ names }, index) => (isOurs[index] ? [] : names));
    return [{ file, names, foreign }];
  });
}

function testedFunction(
  syntax: Syntax,
  module: SourceFile,
  name: string,
  moduleTests: readonly ModuleTests[],
  root: string,
): Omit<TestedFunction, 'signature' | 'documentation'> | string {
  const using = moduleTests.filter(({ names }) => names.includes(name));
  const tests = using.flatMap(({ file, foreign }) =>
    file.tests.filter(
      ({ mentions }) => mentions.includes(name) && !mentions.some((used) => foreign.includes(used)),
    ),
  );
  if (tests.length < minTests) return 'fewTests';
  const [first] = using;
  if (using.length > 1 || !first) return 'testsInSeveralFiles';
  const alsoUsed = first.names.filter((used) => tests.some((test) => test.mentions.includes(used)));
  const slice = sliceFor(syntax, module.language, module.text, [...new Set([name, ...alsoUsed])]);
  if (slice.otherFiles.length > 0) return 'needsOtherFiles';
  if (slice.missing.length > 0) return 'needsOtherNames';
  const relative = path.relative(root, module.file).replace(/\.\w+$/, '');
  return {
    name,
    language: module.language,
    module: relative.split(path.sep).join('/'),
    program: slice.source,
    support: first.file.support,
    tests: withUniqueIds(tests),
  };
}

function withUniqueIds(tests: readonly { name: string; source: string }[]) {
  const seen = new Map<string, number>();
  return tests.map(({ name, source }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { id: count === 1 ? name : `${name} (${String(count)})`, source };
  });
}

/** `textkit.dates` names any file that ends in textkit/dates.py or textkit/dates/__init__.py. */
function isPythonModule(file: string, module: string): boolean {
  const parts = module.replace(/^\.+/, '').split('.').filter(Boolean);
  if (parts.length === 0) return false;
  const ending = `/${parts.join('/')}`;
  const place = file.split(path.sep).join('/');
  return place.endsWith(`${ending}.py`) || place.endsWith(`${ending}/__init__.py`);
}

function isScriptModule(file: string, testFile: string, specifier: string): boolean {
  const place = path.resolve(path.dirname(testFile), specifier);
  const withoutEnding = (name: string): string => name.replace(/\.[cm]?[jt]s$/, '');
  return place === file || withoutEnding(place) === withoutEnding(file);
}
