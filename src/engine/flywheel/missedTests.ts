import { UserError } from '../domain/errors';
import { writeWhole } from '../files/atomicWrite';
import type { Judge } from '../domain/ports';
import type { Language } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import { coveredFunctions } from '../tasks/source/coveredFunctions';
import type { SourcesFound } from '../tasks/source/findSources';
import {
  functionsWithTests,
  testedFunctions,
  type TestedFunction,
} from '../tasks/source/testedFunctions';
import { missedByTests, type MissedByTests } from '../tasks/testing/missed';
import type { NewTest } from '../tasks/testing/newTest';
import { namesIn, withTests } from '../tasks/testing/testFileStyle';
import type { Engine } from './engine';
import { sourcesOf } from './ownFunctions';
import { refuseMissingLayers } from './refuseUnjudged';
import type { MissedFunction, MissedRequest, MissedResult, ProgressListener } from './workbench';
import { unrecorded } from '../domain/unrecorded';

const fewestTests = 1;
const coverageAtATime = 4;

/**
 * What the tests of a function, or of every function of a file, do not notice; with `propose`, the
 * test files as they would be with tests that do.
 */
export async function missedTests(
  engine: Engine,
  request: MissedRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<MissedResult> {
  await refuseMissingLayers(engine);
  const [judge, syntax, unjudged] = await Promise.all([
    engine.judge(),
    engine.syntax(),
    engine.unjudged(),
  ]);
  const sources = await sourcesOf(request);
  const asked = sources.modules.flatMap((module) =>
    functionsWithTests(syntax, module, sources, fewestTests)
      .filter(({ place }) => request.name === undefined || place.name === request.name)
      .map((found) => ({ ...found, module })),
  );
  if (asked.length === 0) throw nothing(request);
  const functions: MissedFunction[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  const files = new Map<string, { before: string; after: string }>();
  const isReached = asked.some(({ tested }) => tested === 'fewTests');
  const reached = isReached
    ? await reachedByOthers(sources, { syntax, judge, unjudged }, signal)
    : [];
  for (const [done, { place, tested: called, module }] of asked.entries()) {
    const { name } = place;
    const other = reached.find((one) => one.name === name && one.signature === place.signature);
    const tested = called === 'fewTests' && other ? other : called;
    progress({ done, total: asked.length, what: name });
    const why = unjudged(module.language)?.problem;
    if (why !== undefined || typeof tested === 'string') {
      leftOut.push({ name, reason: why ?? (typeof tested === 'string' ? tested : '') });
      continue;
    }
    const [testFile = ''] = tested.testFiles;
    const text = files.get(testFile)?.after ?? textOf(sources, testFile);
    const found = await missedByTests(tested, place, {
      judge,
      syntax,
      signal,
      languageJudge: (language) => judge.for(language),
      effects: unrecorded,
      seed: request.seed ?? 1,
      perFunction: 1,
      concurrency: engine.workers,
      origin: { name: '', license: null },
      // A test file that does not name the function has no tests of it to add to.
      ...(request.propose === true && tested === called ? { propose: namesIn(text) } : {}),
    });
    if (typeof found === 'string') {
      leftOut.push({ name, reason: found });
      continue;
    }
    const { tests: all, ...told } = found;
    const made = request.only === undefined ? all : testOf(request.only, found);
    const tests = made.map((test) => calledAs(test, name, tested.writtenAs ?? name));
    functions.push({ name, file: module.file, testFile, newTests: tests.length, ...told });
    if (tests.length === 0) continue;
    const after = withTests(text, tested.language, name, tests);
    files.set(testFile, { before: files.get(testFile)?.before ?? text, after });
  }
  const proposals = [...files].map(([file, texts]) => ({ file, ...texts }));
  if (request.write === true) {
    for (const { file, after } of proposals) await writeWhole(file, after);
  }
  return { functions, leftOut, proposals };
}

/** The new test that notices one change; none where no test could be made for it. */
function testOf(
  { start, end, note }: NonNullable<MissedRequest['only']>,
  { missed, tests }: MissedByTests,
): readonly NewTest[] {
  const meant = missed.find(
    (one) => one.start === start && one.end === end && one.note === note,
  )?.noticedBy;
  return meant === undefined ? [] : tests.slice(meant, meant + 1);
}

function textOf({ testFiles }: SourcesFound, file: string): string {
  return testFiles.find((one) => one.file === file)?.text ?? '';
}

/** The call as the test file writes it. */
function calledAs(test: NewTest, name: string, written: string): NewTest {
  return { ...test, call: `${written}${test.call.slice(name.length)}` };
}

/** Functions that no test names, with the tests of others that run them. */
async function reachedByOthers(
  sources: SourcesFound,
  {
    syntax,
    judge,
    unjudged,
  }: {
    readonly syntax: Syntax;
    readonly judge: Judge;
    readonly unjudged: (language: Language) => { readonly problem: string } | null;
  },
  signal: AbortSignal,
): Promise<TestedFunction[]> {
  const { functions } = testedFunctions(syntax, sources, fewestTests);
  const judged = functions.filter(({ language }) => !unjudged(language));
  const options = { syntax, judge, signal, concurrency: coverageAtATime, fewest: fewestTests };
  return coveredFunctions(judged, options);
}

function nothing({ file, name }: MissedRequest): UserError {
  const what = name === undefined ? 'no function' : `no function ${name}`;
  return new UserError({
    code: 'notWorkable',
    message: `${file}: there is ${what} in it at the top level`,
    mend: 'Name a source file, or a test file for the functions that it tests.',
  });
}
