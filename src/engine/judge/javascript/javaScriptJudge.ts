import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Observation, Program, Sandbox, SandboxOutcome } from '../../domain/ports';
import type { Limits, Test } from '../../domain/task';
import type { TestOutcome, Verdict } from '../../domain/verdict';
import type { Script, ScriptError, ScriptResult } from '../../sandbox/quickjs/protocol';
import type { Syntax } from '../../syntax/parser';
import { instrumentLines } from '../../syntax/instrument';
import { shorten } from '../bounded';
import { TestUses } from '../testUses';
import { composeVerdict, type Told } from '../compose';
import type { CallInput, CallOutput, LanguageJudge } from '../languageJudge';
import { compileScript } from './compile';
import { unsupported } from './unsupported';
import { globalNames } from './globalNames';
import { buildTest, errorLine, type BuiltTest } from './testScripts';

const programId = ':program';
const doneId = ':done';
const lineCall = '__line';

/** Judges JavaScript and TypeScript programs in QuickJS. */
export class JavaScriptJudge implements LanguageJudge {
  private readonly prelude: Script;
  private readonly codec: Script;
  private readonly answering: Script;
  private readonly timers: Script;
  private readonly asking: Script;
  private readonly uses: TestUses;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly syntax: Syntax,
    assetsFolder: string,
  ) {
    this.prelude = this.asset(assetsFolder, 'prelude.js');
    this.codec = this.asset(assetsFolder, 'codec.js');
    this.answering = this.asset(assetsFolder, 'answering.js');
    this.timers = this.asset(assetsFolder, 'timers.js');
    this.asking = this.asset(assetsFolder, 'asking.js');
    this.uses = new TestUses(syntax, 'typescript', globalNames);
  }

  async judge(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const names = this.uses.namesApart(program, tests);
    const built = tests.map((test) => buildTest(test, program, names ?? undefined));
    const scripts = built.flatMap((test) => ('script' in test ? [test.script] : []));
    const isolation = names === null ? 'shared' : 'separate';
    const loading = this.load(program, program.source);
    if ('problem' in loading) {
      const unloaded = { status: 'notCompiled' as const, message: loading.problem };
      const told = { ended: new Map<string, TestOutcome>(), done: false, unloaded };
      return composeVerdict(tests, told, nothingRan, isolation);
    }
    const outcome = await (names === null
      ? this.run([...loading.scripts, ...scripts, done], limits, signal)
      : this.runApart(loading.scripts, names, [...scripts, done], limits, signal));
    return composeVerdict(tests, tell(outcome, built), outcome, isolation);
  }

  private runApart(
    program: readonly Script[],
    names: readonly string[],
    tests: readonly Script[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<SandboxOutcome> {
    const fields = names.map((name) => `...(typeof ${name} === 'undefined' ? {} : { ${name} })`);
    const apart = {
      answering: this.answering.source,
      scripts: [this.timers, ...program],
      lookup: `({ ${fields.join(', ')} })`,
    };
    const scripts = [this.timers, this.prelude, this.asking, ...tests];
    return this.sandbox.run({ payload: { apart, scripts }, limits }, signal);
  }

  async observe(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    const source = instrumentLines(this.syntax, program.language, program.source, lineCall);
    const loading = this.load(program, source);
    if ('problem' in loading) return { kind: 'unavailable', reason: loading.problem };
    const watch = tests.flatMap((test) => {
      const built = buildTest(test, program);
      return 'script' in built
        ? [script('reset', '__lines.clear()'), built.script, linesOf(test)]
        : [];
    });
    const counter = script(
      'counter',
      `const __lines = new Set(); const ${lineCall} = (line) => { __lines.add(line); };`,
    );
    const outcome = await this.run([counter, ...loading.scripts, ...watch], limits, signal);
    const lines = results(outcome).flatMap(({ id, value }) =>
      id.startsWith('lines:') && value !== undefined
        ? [[id.slice('lines:'.length), z.array(z.number()).parse(JSON.parse(value))] as const]
        : [],
    );
    if (lines.length === 0) return { kind: 'unavailable', reason: outcome.detail ?? outcome.end };
    return { kind: 'coverage', lines: Object.fromEntries(lines) };
  }

  async recordCalls(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallInput[]> {
    const loading = this.load(program, program.source);
    if ('problem' in loading) return [];
    const watched = tests.flatMap((test) => {
      const built = buildTest(test, program, 'recording');
      return 'script' in built ? [built.script] : [];
    });
    const tellCalls = { ...script('calls', '__recorded()'), value: true };
    const scripts = [this.codec, ...loading.scripts, ...watched, tellCalls];
    const outcome = await this.run(scripts, limits, signal);
    const value = results(outcome).find(({ id }) => id === 'calls')?.value;
    return value === undefined ? [] : callsSchema.parse(JSON.parse(value));
  }

  async callAll(
    program: Program,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallOutput[]> {
    const loading = this.load(program, program.source);
    if ('problem' in loading) return [];
    const calls = inputs.map((input, index) => ({
      ...script(
        `call:${String(index)}`,
        `__call(${program.entryPoint}, ${JSON.stringify(input.args)})`,
      ),
      value: true,
    }));
    const outcome = await this.run([this.codec, ...loading.scripts, ...calls], limits, signal);
    return results(outcome).flatMap(({ id, value }) =>
      id.startsWith('call:') && value !== undefined
        ? [{ index: Number(id.slice('call:'.length)), ...outputSchema.parse(JSON.parse(value)) }]
        : [],
    );
  }

  private load(program: Program, source: string): { scripts: Script[] } | { problem: string } {
    const compiled = compileScript(source);
    if ('problem' in compiled) return compiled;
    const problem = unsupported(this.syntax, source);
    if (problem !== null) return { problem };
    return {
      scripts: [
        { id: programId, file: 'program.js', source: compiled.code, required: true },
        script('entry', exposeEntryPoint(program.entryPoint)),
      ],
    };
  }

  private run(scripts: Script[], limits: Limits, signal: AbortSignal): Promise<SandboxOutcome> {
    return this.sandbox.run(
      { payload: { scripts: [this.timers, this.prelude, ...scripts] }, limits },
      signal,
    );
  }

  private asset(folder: string, file: string): Script {
    return { ...script(file, readFileSync(path.join(folder, file), 'utf8')), required: true };
  }
}

const callsSchema = z.array(z.object({ args: z.unknown(), kwargs: z.unknown() }));
const outputSchema = z.object({
  value: z.unknown().optional(),
  after: z.unknown().optional(),
  raised: z.string().optional(),
  opaque: z.boolean().optional(),
});

const nothingRan: SandboxOutcome = { end: 'finished', messages: [], output: '', durationMs: 0 };
const done = script(doneId, '0');

function script(id: string, source: string): Script {
  return { id, source, file: `${id.replace(/\W/g, '')}.js` };
}

function linesOf(test: Test): Script {
  return { ...script(`lines:${test.id}`, 'JSON.stringify([...__lines])'), value: true };
}

/** A program may export its entry point and not declare it: `module.exports = (a) => …`. */
function exposeEntryPoint(name: string): string {
  const exported = `module.exports?.[${JSON.stringify(name)}] ?? module.exports?.default ?? module.exports`;
  return `if (typeof ${name} === 'undefined') globalThis[${JSON.stringify(name)}] = ${exported};`;
}

/** The sandbox's thread is our own code: what it posts is typed, not checked. */
function results(outcome: SandboxOutcome): ScriptResult[] {
  return outcome.messages as ScriptResult[];
}

function tell(outcome: SandboxOutcome, built: readonly BuiltTest[]): Told {
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
    done: byId.has(doneId),
    ...(running === undefined ? {} : { running }),
    ...(broken ? { unusable: `${broken.id} does not compile: ${problemIn(broken, byId)}` } : {}),
    ...(program?.error ? unloadedBy(program.error) : {}),
  };
}

function problemIn(test: BuiltTest, byId: ReadonlyMap<string, ScriptResult>): string {
  return 'problem' in test ? test.problem : (byId.get(test.script.id)?.error?.message ?? '');
}

function unloadedBy(error: ScriptError): Pick<Told, 'unloaded'> {
  const status = error.name === 'SyntaxError' ? ('notCompiled' as const) : ('crashed' as const);
  const line = errorLine(error.stack, 'program.js');
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
