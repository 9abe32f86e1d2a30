import path from 'node:path';
import type { Language } from '../../domain/task';
import { functionsOf, type FunctionPlace } from '../../syntax/functions';
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
  /** Files that the tests stand in, that with most of them first. */
  readonly testFiles: readonly string[];
}

export interface FunctionsFound {
  readonly functions: readonly TestedFunction[];
  /** Functions that were left out, counted by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Fewer tests could not be split into visible and hidden ones that fail. */
const minTests = 2;

/**
 * The functions of modules that test files import and call, found by reading both. Those with
 * fewer tests than `fewest` are left out.
 */
export function testedFunctions(
  syntax: Syntax,
  sources: SourcesFound,
  fewest = minTests,
): FunctionsFound {
  const found: TestedFunction[] = [];
  const leftOut: Record<string, number> = {};
  for (const module of sources.modules) {
    for (const { tested } of functionsWithTests(syntax, module, sources, fewest)) {
      if (typeof tested === 'string') leftOut[tested] = (leftOut[tested] ?? 0) + 1;
      else found.push(tested);
    }
  }
  return { functions: found, leftOut };
}

/** Every function of one module, cut out with its tests, or why it cannot be. */
export function functionsWithTests(
  syntax: Syntax,
  module: SourceFile,
  sources: SourcesFound,
  fewest: number,
): { readonly place: FunctionPlace; readonly tested: TestedFunction | LeftOut }[] {
  const from = { tests: testsOf(syntax, module, sources), root: sources.root, fewest };
  return functionsOf(syntax, module.language, module.text).map((place) => {
    const cut = testedFunction(syntax, module, place.name, from);
    if (typeof cut === 'string') return { place, tested: cut };
    const { signature, documentation } = place;
    return { place, tested: { ...cut, signature, documentation } };
  });
}

/** Why a function cannot be worked on by itself. */
export type LeftOut = 'fewTests' | 'needsOtherFiles' | 'needsOtherNames';

interface ModuleTests {
  readonly path: string;
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
    return [{ path: source.file, file, names, foreign }];
  });
}

function testedFunction(
  syntax: Syntax,
  module: SourceFile,
  name: string,
  from: {
    readonly tests: readonly ModuleTests[];
    readonly root: string;
    readonly fewest: number;
  },
): Omit<TestedFunction, 'signature' | 'documentation'> | LeftOut {
  const { tests: moduleTests, root, fewest } = from;
  const using = moduleTests
    .filter(({ names }) => names.includes(name))
    .map(({ path, file, names, foreign }) => {
      return { path, file, names, tests: testsFor(name, file, foreign) };
    })
    .filter(({ tests }) => tests.length > 0);
  const tests = using.flatMap((one) => one.tests);
  if (tests.length < fewest) return 'fewTests';
  const alsoUsed = using.flatMap((one) =>
    one.names.filter((used) => one.tests.some((test) => test.mentions.includes(used))),
  );
  const slice = sliceFor(syntax, module.language, module.text, [...new Set([name, ...alsoUsed])]);
  if (slice.otherFiles.length > 0) return 'needsOtherFiles';
  if (slice.missing.length > 0) return 'needsOtherNames';
  const relative = path.relative(root, module.file).replace(/\.\w+$/, '');
  const [only, ...more] = using;
  return {
    name,
    language: module.language,
    module: relative.split(path.sep).join('/'),
    program: slice.source,
    testFiles: [...using].sort((a, b) => b.tests.length - a.tests.length).map((one) => one.path),
    // Tests of several files each bring what stands around them, so that no names meet.
    support: more.length === 0 ? (only?.file.support ?? '') : '',
    tests: withUniqueIds(
      more.length === 0
        ? tests
        : using.flatMap((one) =>
            one.tests.map((test) => ({
              ...test,
              source: withSupport(module.language, one.file.support, test.source),
            })),
          ),
    ),
  };
}

function testsFor(name: string, file: TestFile, foreign: readonly string[]) {
  return file.tests.filter(
    ({ mentions }) => mentions.includes(name) && !mentions.some((used) => foreign.includes(used)),
  );
}

function withSupport(language: Language, support: string, test: string): string {
  return language === 'python' ? `${support}\n${test}` : `${support}\n{\n${test}\n}`;
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
