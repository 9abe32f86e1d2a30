import { realpath } from 'node:fs/promises';
import { UserError } from '../domain/errors';
import { findSources, type SourceFile, type SourcesFound } from '../tasks/source/findSources';
import {
  functionsWithTests,
  type LeftOut,
  type TestedFunction,
} from '../tasks/source/testedFunctions';
import type { Engine } from './engine';
import type { FunctionsRequest, OwnFunction } from './workbench';

/** One test is enough to work on a function; a person looks at what comes of it. */
const fewestTests = 1;

/** The functions of a file, or of the modules that a test file tests, with their tests. */
export async function ownFunctions(
  engine: Engine,
  request: FunctionsRequest,
): Promise<OwnFunction[]> {
  const sources = await sourcesOf(request);
  const syntax = await engine.syntax();
  return sources.modules.flatMap((module) =>
    functionsWithTests(syntax, module, sources, fewestTests).map(({ place, tested }) => ({
      file: module.file,
      name: place.name,
      startLine: place.startLine,
      endLine: place.endLine,
      ...(typeof tested === 'string' ? { tests: [], problem: tested } : { tests: ids(tested) }),
    })),
  );
}

/** A function cut out with its tests, and the file that it stands in. Throws `notWorkable`. */
export async function ownFunction(
  engine: Engine,
  request: FunctionsRequest & { readonly name: string },
): Promise<{ readonly tested: TestedFunction; readonly file: string; readonly text: string }> {
  const sources = await sourcesOf(request);
  const [module] = sources.modules;
  const found = module
    ? functionsWithTests(await engine.syntax(), module, sources, fewestTests).find(
        ({ place }) => place.name === request.name,
      )
    : undefined;
  if (!module || !found) throw notWorkable(request.name, 'there is no such function in the file');
  if (typeof found.tested === 'string') throw notWorkable(request.name, reasons[found.tested]);
  return { tested: found.tested, file: module.file, text: module.text };
}

/** What is open in an editor stands before what lies on disk. */
export async function sourcesOf({
  file,
  text,
  open = [],
}: FunctionsRequest): Promise<SourcesFound> {
  const sources = await findSources(file);
  const texts = new Map<string, string>();
  for (const one of [...open, ...(text === undefined ? [] : [{ file, text }])]) {
    texts.set(await realpath(one.file).catch(() => one.file), one.text);
  }
  const asOpen = (one: SourceFile): SourceFile => {
    const now = texts.get(one.file);
    return now === undefined ? one : { ...one, text: now };
  };
  return {
    ...sources,
    project: sources.project.map(asOpen),
    shared: sources.shared.map(asOpen),
    modules: sources.modules.map(asOpen),
    testFiles: sources.testFiles.map(asOpen),
  };
}

function ids({ tests }: TestedFunction): string[] {
  return tests.map(({ id }) => id);
}

const reasons: Readonly<Record<LeftOut, string>> = {
  fewTests: 'no test that can be read calls it',
  needsOtherFiles: 'it needs other files or packages',
  needsOtherNames: 'its tests also need names that are not functions of its module',
};

function notWorkable(name: string, why: string): UserError {
  return new UserError({
    code: 'notWorkable',
    message: `${name} cannot be worked on by itself: ${why}`,
    mend: 'Tests stand in files such as test_x.py or x.test.ts, import the function and call it by name.',
  });
}
