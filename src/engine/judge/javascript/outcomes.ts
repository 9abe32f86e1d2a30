import type { SandboxOutcome } from '../../domain/ports';
import type { TestOutcome } from '../../domain/verdict';
import type { Script, ScriptError, ScriptResult } from '../../sandbox/quickjs/protocol';
import { shorten } from '../bounded';
import type { Told } from '../compose';
import { programFile, programId } from './loading';
import { results, script } from './scripts';
import { errorLine, type BuiltTest } from './testScripts';

/** Runs behind all tests: without it they were not all run. */
export const done: Script = script(':done', '0');

/** What the results of a job's scripts say of the program and of each test. */
export function tell(outcome: SandboxOutcome, built: readonly BuiltTest[]): Told {
  const byId = new Map(results(outcome).map((result) => [result.id, result]));
  const broken =
    built.find((test) => 'problem' in test) ??
    built.find((test) => 'script' in test && byId.get(test.script.id)?.compiled === false);
  const program = byId.get(programId);
  const ended = new Map<string, TestOutcome>();
  let running: string | undefined;
  for (const test of built) {
    if (!('script' in test)) continue;
    const result = byId.get(test.script.id);
    if (result) ended.set(test.id, outcomeOf(test, result));
    else if (program?.ok === true) running ??= test.id;
  }
  return {
    ended,
    done: byId.has(done.id),
    ...(running === undefined ? {} : { running }),
    ...(broken ? { unusable: `${broken.id} does not compile: ${problemIn(broken, byId)}` } : {}),
    ...(program?.error ? unloadedBy(program.error) : {}),
  };
}

function problemIn(test: BuiltTest, byId: ReadonlyMap<string, ScriptResult>): string {
  return 'problem' in test ? test.problem : (byId.get(test.script.id)?.error?.message ?? '');
}

/** Why the program could not be loaded; nothing where it was. */
export function unloadedIn(outcome: SandboxOutcome): Pick<Told, 'unloaded'> {
  const error = results(outcome).find(({ id }) => id === programId)?.error;
  return error ? unloadedBy(error) : {};
}

function unloadedBy(error: ScriptError): Pick<Told, 'unloaded'> {
  const status = error.name === 'SyntaxError' ? ('notCompiled' as const) : ('crashed' as const);
  const line = errorLine(error.stack, programFile);
  const where = line === null ? '' : ` (line ${String(line)})`;
  return { unloaded: { status, message: `${error.name}: ${error.message}${where}` } };
}

function outcomeOf(
  test: Extract<BuiltTest, { script: Script }>,
  result: ScriptResult,
): TestOutcome {
  const { error } = result;
  if (!error) return { id: test.id, outcome: 'passed' };
  const line = errorLine(error.stack, test.script.file);
  const statement = line === null ? undefined : test.lines[line - 1]?.trim();
  return {
    id: test.id,
    outcome: error.asserted ? 'failed' : 'errored',
    message: shorten(error.asserted ? error.message : `${error.name}: ${error.message}`),
    ...(statement === undefined || statement === '' ? {} : { statement: shorten(statement, 400) }),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
    ...(error.actual === undefined ? {} : { actual: error.actual }),
  };
}
