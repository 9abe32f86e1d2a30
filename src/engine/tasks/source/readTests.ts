import path from 'node:path';
import { fixtureOf } from '../../syntax/pytest/fixtures';
import { joined, neededStatements } from '../../syntax/slice';
import { readTestFile, type TestFile } from '../../syntax/testFile';
import { withDirectNames, type DirectTestFile } from './directNames';
import type { SourceFile, SourcesFound } from './findSources';
import type { Project } from './project';

export interface ReadTests {
  readonly source: SourceFile;
  readonly file: TestFile;
  /** Names that it takes from files of the project, as they are named there. */
  readonly taken: DirectTestFile['taken'];
  readonly writtenAs: DirectTestFile['writtenAs'];
}

/**
 * A test file taken apart, with the names of what it tests as the modules have them, and with what
 * pytest would share with it from `conftest.py` files around it.
 */
export function readTests(project: Project, source: SourceFile, sources: SourcesFound): ReadTests {
  const shared = source.language === 'python' ? sharedText(project, source, sources) : '';
  // Behind it, so that no line moves.
  const whole = shared === '' ? source : { ...source, text: `${source.text}\n\n${shared}` };
  const { text, taken, writtenAs } = withDirectNames(project, whole);
  const subject = taken.flatMap(({ names }) => names);
  return {
    source,
    taken,
    writtenAs,
    file: readTestFile(project.syntax, source.language, text, subject),
  };
}

/** The fixtures of folders above that a test file names, with what they need; those nearest count. */
function sharedText(
  project: Project,
  { file, text }: SourceFile,
  { shared }: SourcesFound,
): string {
  const above = shared
    .filter((one) =>
      `${path.dirname(file)}${path.sep}`.startsWith(`${path.dirname(one.file)}${path.sep}`),
    )
    .sort((a, b) => b.file.length - a.file.length);
  const known = new Set([...text.matchAll(/^def (\w+)/gm)].map(([, name]) => name));
  const parts: string[] = [];
  for (const one of above) {
    const fixtures = project.read(one).statements.flatMap(({ node }) => {
      const fixture = fixtureOf(node);
      return fixture && !known.has(fixture.functionName) ? [fixture] : [];
    });
    const wanted = new Set<string>();
    const open = fixtures.filter(
      ({ name, isAutomatic }) => isAutomatic || new RegExp(`\\b${name}\\b`).test(text),
    );
    for (const fixture of open) {
      wanted.add(fixture.functionName);
      open.push(
        ...fixtures.filter(
          ({ name, functionName }) =>
            fixture.parameters.includes(name) && !wanted.has(functionName),
        ),
      );
    }
    for (const name of wanted) known.add(name);
    if (wanted.size === 0) continue;
    const { statements } = project.read(one);
    const needed = neededStatements(statements, [...wanted]);
    parts.push(joined(statements, needed, one.text, 'python'));
  }
  return parts.join('\n\n');
}
