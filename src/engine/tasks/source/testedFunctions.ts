import path from 'node:path';
import type { Language } from '../../domain/task';
import { functionsOf, type FunctionPlace } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import type { FoundTest, TestFile } from '../../syntax/testFile';
import type { SourceFile, SourcesFound } from './findSources';
import { Project } from './project';
import { readTests, type ReadTests } from './readTests';
import { wholeProgram, type WholeProgram } from './wholeProgram';

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
  /** How the first of them writes its name, where that is not its own. */
  readonly writtenAs?: string;
}

export interface FunctionsFound {
  readonly functions: readonly TestedFunction[];
  /** Functions that were left out, counted by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Fewer tests could not be split into visible and hidden ones that fail. */
const minTests = 2;
/** From so many on, tests are taken as they were written. */
const fewWholeTests = 4;

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
  const reading = readSources(syntax, sources);
  for (const module of sources.modules) {
    for (const { tested } of functionsOfModule(reading, module, fewest)) {
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
): FunctionWithTests[] {
  return functionsOfModule(readSources(syntax, sources), module, fewest);
}

interface FunctionWithTests {
  readonly place: FunctionPlace;
  readonly tested: TestedFunction | LeftOut;
}

/** Sources with their test files read, once for all modules. */
interface Reading {
  readonly syntax: Syntax;
  readonly project: Project;
  readonly tests: readonly ReadTests[];
  readonly root: string;
}

function readSources(syntax: Syntax, sources: SourcesFound): Reading {
  const { project: files, modules, testFiles, root } = sources;
  const all = [
    ...new Map([...files, ...modules, ...testFiles].map((one) => [one.file, one])).values(),
  ];
  const project = new Project(syntax, all, root);
  return {
    syntax,
    project,
    root,
    tests: testFiles.map((file) => readTests(project, file, sources)),
  };
}

function functionsOfModule(
  reading: Reading,
  module: SourceFile,
  fewest: number,
): FunctionWithTests[] {
  const tests = reading.tests.flatMap((one) => testsOf(module, one));
  return functionsOf(reading.syntax, module.language, module.text).map((place) => {
    const cut = testedFunction(module, place.name, { ...reading, tests, fewest });
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
  readonly writtenAs: ReadTests['writtenAs'];
  /** Names that the test file takes from the module. */
  readonly names: readonly string[];
  /** Names that it takes from other files of the project. */
  readonly others: ReadTests['taken'];
  /** Names that it takes from elsewhere: tests that use them cannot be cut out. */
  readonly foreign: readonly string[];
}

function testsOf(module: SourceFile, { source, file, taken, writtenAs }: ReadTests): ModuleTests[] {
  if ((source.language === 'python') !== (module.language === 'python')) return [];
  const names = taken.flatMap((one) => (one.file.file === module.file ? one.names : []));
  const isOurs = file.imports.map((imported) =>
    module.language === 'python'
      ? isPythonModule(module.file, imported.module)
      : isScriptModule(module.file, source.file, imported.module),
  );
  names.push(...file.imports.flatMap((one, index) => (isOurs[index] ? one.names : [])));
  if (names.length === 0) return [];
  const others = taken.filter((one) => one.file.file !== module.file);
  const foreign = file.imports.flatMap((one, index) => (isOurs[index] ? [] : one.names));
  return [{ path: source.file, file, writtenAs, names, others, foreign }];
}

function testedFunction(
  module: SourceFile,
  name: string,
  from: {
    readonly project: Project;
    readonly tests: readonly ModuleTests[];
    readonly root: string;
    readonly fewest: number;
  },
): Omit<TestedFunction, 'signature' | 'documentation'> | LeftOut {
  const { project, tests: moduleTests, root, fewest } = from;
  let using: readonly Using[] = moduleTests
    .filter(({ names }) => names.includes(name))
    .map(({ foreign, ...one }) => {
      return { ...one, tests: testsFor(name, one.file, foreign) };
    })
    .filter(({ tests }) => tests.length > 0);
  if (using.reduce((sum, one) => sum + one.tests.length, 0) < fewest) return 'fewTests';
  const usedOf = (one: Using, names: readonly string[]): string[] =>
    names.filter((used) => one.tests.some((test) => test.mentions.includes(used)));
  const sliceOf = (used: readonly Using[]): WholeProgram => {
    const others = used
      .flatMap((one) => one.others.map(({ file, names }) => ({ file, names: usedOf(one, names) })))
      .filter(({ names }) => names.length > 0);
    const own = [...new Set([name, ...used.flatMap((one) => usedOf(one, one.names))])];
    return wholeProgram(project, module, own, others);
  };
  const problemOf = ({ otherFiles, missing }: WholeProgram): LeftOut | null =>
    otherFiles.length > 0 ? 'needsOtherFiles' : missing.length > 0 ? 'needsOtherNames' : null;
  let slice = sliceOf(using);
  if (problemOf(slice) !== null) {
    // What one test needs beside the function is no reason to do without the others.
    const fit = (one: Using): Using => ({
      ...one,
      tests: one.tests.filter((test) => problemOf(sliceOf([{ ...one, tests: [test] }])) === null),
    });
    using = using.map(fit).filter((one) => one.tests.length > 0);
    const left = sliceOf(using);
    const problem = problemOf(left) ?? problemOf(slice);
    const count = using.reduce((sum, one) => sum + one.tests.length, 0);
    if (problemOf(left) !== null || count < fewest) return problem ?? 'fewTests';
    slice = left;
  }
  const tests = using.flatMap((one) => one.tests);
  const relative = path.relative(root, module.file).replace(/\.\w+$/, '');
  const [only, ...more] = using;
  const byTests = [...using].sort((a, b) => b.tests.length - a.tests.length);
  const writtenAs = byTests[0]?.writtenAs.get(name);
  return {
    name,
    language: module.language,
    module: relative.split(path.sep).join('/'),
    program: slice.source,
    testFiles: byTests.map((one) => one.path),
    ...(writtenAs === undefined ? {} : { writtenAs }),
    // Tests of several files each bring what stands around them, so that no names meet.
    support: more.length === 0 ? (only?.file.supportFor(only.tests) ?? '') : '',
    tests: withUniqueIds(
      more.length === 0
        ? tests
        : using.flatMap((one) =>
            one.tests.map((test) => ({
              ...test,
              source: withSupport(module.language, one.file.supportFor([test]), test.source),
            })),
          ),
    ),
  };
}

interface Using extends Omit<ModuleTests, 'foreign'> {
  readonly tests: readonly FoundTest[];
}

/** The tests of a file that mention a function; where they are few, their checks one by one. */
function testsFor(name: string, file: TestFile, foreign: readonly string[]): readonly FoundTest[] {
  const isFor = ({ mentions }: FoundTest): boolean =>
    mentions.includes(name) && !mentions.some((used) => foreign.includes(used));
  const tests = file.tests.filter(isFor);
  if (tests.length >= fewWholeTests) return tests;
  return tests.flatMap((test) => {
    const parts = test.parts?.filter(isFor) ?? [];
    return parts.length > 1 ? parts : [test];
  });
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
