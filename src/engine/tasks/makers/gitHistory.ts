import path from 'node:path';
import type { Language, Task } from '../../domain/task';
import { faultProblem, recordedVerdict } from '../gate/reference';
import { isTestFile, languageOfFile, type SourceFile } from '../source/findSources';
import { openRepository, type Commit, type Repository } from '../source/gitHistory';
import { functionsWithTests, type TestedFunction } from '../source/testedFunctions';
import { minFailingTests, splitTests } from '../splitTests';
import type { FromMaker, MakerOptions, Refused } from './maker';
import {
  aboutFunction,
  definingOf,
  namedTask,
  oracleTest,
  programOf,
  provenFunction,
} from './provenFunction';
import { howMany } from '../../domain/howMany';

export const gitHistory = 'git-history@1';

/** Commits that are looked at, the newest. */
export const mostCommits = 500;
/** A commit that changed more files than this is a sweep, and says little of any one function. */
const mostFiles = 20;
const maxFileChars = 256 * 1024;
const longestMessage = 1500;

/** What was done in the past: a function before and after a commit, and the tests of after. */
interface Changed {
  readonly after: TestedFunction;
  /** The function as it was, cut out with the same tests. */
  readonly before: string;
  readonly commit: Commit;
}

/**
 * Tasks from history: a commit that changed a function and tests in one becomes the task to make
 * the old function pass the tests of the new one, with the commit's own words as its text. Told one
 * after another, newest commit first.
 */
export async function* historyTasks(
  from: string,
  options: MakerOptions & { readonly unjudged: (language: Language) => string | null },
): AsyncGenerator<FromMaker> {
  const repository = await openRepository(from, options.signal);
  for (const commit of await repository.commits(mostCommits)) {
    options.signal.throwIfAborted();
    for (const changed of await changedFunctions(repository, commit, options)) {
      yield await taskFrom(changed, options);
    }
  }
}

async function changedFunctions(
  repository: Repository,
  commit: Commit,
  { syntax, unjudged }: Parameters<typeof historyTasks>[1],
): Promise<Changed[]> {
  const { hash, changed, added } = commit;
  const touched = [...changed, ...added].filter((file) => languageOfFile(file) !== undefined);
  const tests = touched.filter(isTestFile);
  const modules = changed.filter((file) => languageOfFile(file) && !isTestFile(file));
  if (tests.length === 0 || modules.length === 0 || touched.length > mostFiles) return [];
  const read = async (revision: string, file: string): Promise<SourceFile[]> => {
    const language = languageOfFile(file);
    const text = await repository.fileAt(revision, file);
    if (!language || text === null || text.length > maxFileChars) return [];
    return [{ file: path.join(repository.root, file), language, text }];
  };
  const testFiles = (await Promise.all(tests.map((file) => read(hash, file)))).flat();
  const found: Changed[] = [];
  for (const module of modules) {
    const [[after], [before]] = [await read(hash, module), await read(`${hash}^`, module)];
    if (!after || !before || unjudged(after.language) !== null) continue;
    const around = {
      modules: [],
      testFiles,
      project: [],
      shared: [],
      root: repository.root,
      notes: [],
    };
    const cut = (file: SourceFile) => functionsWithTests(syntax, file, around, minFailingTests);
    const old = new Map(cut(before).map((one) => [one.place.name, one]));
    for (const { place, tested } of cut(after)) {
      const was = old.get(place.name);
      if (!was || typeof tested === 'string' || typeof was.tested === 'string') continue;
      const text = (file: SourceFile, at: typeof place): string =>
        file.text.slice(at.start, at.end);
      if (text(after, place) === text(before, was.place)) continue;
      found.push({ after: tested, before: was.tested.program, commit });
    }
  }
  return found;
}

async function taskFrom(
  { after, before, commit }: Changed,
  options: MakerOptions,
): Promise<FromMaker> {
  const proven = await provenFunction(after, gitHistory, options);
  if ('failed' in proven) return proven.failed;
  const oracle = await oracleTest(proven, options);
  const whole = oracle === null ? proven : { ...proven, tests: [...proven.tests, oracle] };
  const unsplit = { ...definingOf(whole, promptFor(after, commit)), starter: before };
  const program = programOf(after, before, proven.judging);
  const how = { ...options, ordinal: 0 };
  const verdict = await recordedVerdict(program, proven.tests, proven.limits, how);
  const problem = faultProblem(verdict);
  const split = problem === null ? splitTests(unsplit, verdict) : null;
  const note = { commit: { hash: commit.hash, subject: commit.subject } };
  const named = (defining: Parameters<typeof namedTask>[1]): Task =>
    namedTask(whole, defining, gitHistory, options, note);
  if (split !== null) {
    return { tasks: [named({ ...unsplit, tests: split })], refused: [], notes: [] };
  }
  const failing = verdict.tests.filter(({ outcome }) => outcome !== 'passed').length;
  const refused: Refused = {
    task: named(unsplit),
    reason: problem ?? 'fewFailingTests',
    saw:
      problem === null
        ? `${howMany(failing, 'test turns', { many: 'tests turn' })} from failing to passing, ${String(minFailingTests)} are needed`
        : (verdict.message ?? 'every test passed before the commit too'),
  };
  return { tasks: [], refused: [refused], notes: [] };
}

/** The commit's words; names of people and machines that trailers hold are no part of the work. */
function promptFor(after: TestedFunction, { subject, body }: Commit): string {
  const words = body
    .split('\n')
    .filter((line) => !/^[A-Z][\w-]+(?: by)?: .*(?:<.*@.*>|https?:)/i.test(line))
    .join('\n')
    .trim()
    .slice(0, longestMessage);
  const message = words === '' ? subject : `${subject}\n\n${words}`;
  return `Change the function \`${after.name}\`: ${message}\n\n${aboutFunction(after)}`;
}
