import { hashOf } from '../../domain/hash';
import type { Observation, Observed, Sandbox, SandboxOutcome } from '../../domain/ports';
import type { Limits, CodeTest } from '../../domain/task';
import type { Verdict } from '../../domain/verdict';
import type { Syntax } from '../../syntax/parser';
import { BoundedLoops } from '../boundedLoops';
import { composeVerdict } from '../compose';
import { TestUses } from '../testUses';
import type { CallInput, Calls, CodeProgram, LanguageJudge } from '../languageJudge';
import { builtinNames } from './builtinNames';
import { tracesFrom, type ToldTrace } from './traces';
import { newNonce, readHarnessMessages, strayWrites, type HarnessMessage } from './harnessMessages';
import { screenAll } from './pythonScreening';
import { tamper, tell } from './tell';

/** What the process of the tests is told. */
interface Asking {
  readonly mode: 'check';
  /** The tests may leave something in their process, so each program gets a fresh one. */
  readonly isOnce: boolean;
  readonly nonce: string;
  readonly names: readonly string[];
  readonly entryPoint: string;
  readonly support: string;
  readonly supportUsesProgram: boolean;
  readonly tests: readonly Pick<CodeTest, 'id' | 'kind' | 'source'>[];
}

const maxAsking = 256;

type Mode = 'judge' | 'coverage' | 'trace' | 'record' | 'outputs';

/**
 * Judges Python programs through the harness in the sandbox's fork servers: apart from their
 * tests where the tests allow it, else together with them, which the verdict then says.
 */
export class PythonJudge implements LanguageJudge {
  private readonly asking = new Map<string, Asking>();
  private readonly loops: BoundedLoops;
  readonly uses: TestUses;

  constructor(
    readonly sandbox: Sandbox,
    syntax: Syntax,
  ) {
    this.uses = new TestUses(syntax, 'python', builtinNames);
    this.loops = new BoundedLoops(syntax);
  }

  async judge(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const names = this.uses.namesApart(program, tests);
    if (names !== null) return this.judgeApart(program, tests, names, limits, signal);
    const asked = await this.run('judge', program, { tests }, limits, signal);
    const { outcome, messages, stray } = asked;
    const ranOut = messages.some((message) => message.kind === 'outOfMemory');
    const end = ranOut ? { ...outcome, end: 'outOfMemory' as const } : outcome;
    return composeVerdict(tests, { ...tell(messages), ...tamper(stray) }, end, 'shared');
  }

  screenAll(
    program: CodeProgram,
    sources: readonly string[],
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<readonly (Verdict | null)[]> {
    return this.loops.screenAll('python', sources, tests, (bounded) => {
      return screenAll(this, program, bounded, tests, limits, signal);
    });
  }

  /** One payload per set of tests: the sandbox tells by identity that it has them ready. */
  private askingFor(
    program: CodeProgram,
    tests: readonly CodeTest[],
    names: readonly string[],
  ): Asking {
    const { entryPoint, support = '' } = program;
    const told = tests.map(({ id, kind, source }) => ({ id, kind, source }));
    const key = hashOf([entryPoint, support, names, told]);
    const known = this.asking.get(key);
    if (known) return known;
    const supportUsesProgram = this.uses.supportUses(program);
    const made = {
      mode: 'check',
      isOnce: this.uses.reach(program, tests) !== null,
      supportUsesProgram,
      nonce: newNonce(),
      names,
      entryPoint,
      support,
      tests: told,
    } as const;
    if (this.asking.size >= maxAsking) this.asking.clear();
    this.asking.set(key, made);
    return made;
  }

  private async judgeApart(
    program: CodeProgram,
    tests: readonly CodeTest[],
    names: readonly string[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const nonce = newNonce();
    const asking = this.askingFor(program, tests, names);
    const outcome = await this.sandbox.run(
      {
        payload: { mode: 'serve', nonce, program: program.source },
        beside: asking,
        besideOnce: asking.isOnce,
        limits,
        ...(program.hashSeed === undefined ? {} : { hashSeed: program.hashSeed }),
      },
      signal,
    );
    const ofProgram = readHarnessMessages(outcome.messages, nonce);
    const ofTests = readHarnessMessages(outcome.beside?.messages ?? [], asking.nonce);
    const stray = strayWrites(outcome.messages, nonce);
    const { unloaded } = tell(ofProgram.filter(({ kind }) => unloadedKinds.has(kind)));
    const ended = endedApart(outcome, ofProgram, ofTests);
    return composeVerdict(
      tests,
      { ...tell(ofTests), ...(unloaded ? { unloaded } : {}), ...tamper(stray) },
      ended,
      'separate',
    );
  }

  async observe(
    program: CodeProgram,
    tests: readonly CodeTest[],
    what: Observed,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    if (what === 'trace') return this.trace(program, tests, limits, signal);
    const { outcome, messages } = await this.run('coverage', program, { tests }, limits, signal);
    const lines = messages.flatMap((message) =>
      message.kind === 'lines' ? [[message.id, message.lines] as const] : [],
    );
    if (lines.length === 0) return { kind: 'unavailable', reason: outcome.detail ?? outcome.end };
    return { kind: 'coverage', lines: Object.fromEntries(lines) };
  }

  private async trace(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    const { outcome, messages } = await this.run('trace', program, { tests }, limits, signal);
    const told = messages.flatMap((message) => (message.kind === 'trace' ? [message] : []));
    if (told.length > 0) return tracesFrom(told.map(traceOf));
    const { unloaded, unusable } = tell(messages);
    const reason = unloaded?.message ?? unusable ?? outcome.detail ?? outcome.end;
    return { kind: 'unavailable', reason };
  }

  async recordCalls(
    program: CodeProgram,
    tests: readonly CodeTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallInput[]> {
    const { messages } = await this.run('record', program, { tests }, limits, signal);
    return messages.flatMap((message) => (message.kind === 'calls' ? message.calls : []));
  }

  async callAll(
    program: CodeProgram,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Calls> {
    const request = { tests: [], inputs };
    const asked = await this.run('outputs', program, request, limits, signal);
    const { outcome, messages, stray } = asked;
    const outputs = messages.flatMap((message) => (message.kind === 'output' ? [message] : []));
    const { unloaded } = tell(messages);
    const { output, durationMs, end, detail } = outcome;
    const ranOut = messages.some(({ kind }) => kind === 'outOfMemory');
    return {
      outputs,
      output,
      durationMs,
      end: ranOut ? 'outOfMemory' : end,
      ...(detail === undefined ? {} : { detail }),
      ...(unloaded ? { unloaded } : {}),
      ...tamper(stray),
    };
  }

  private async run(
    mode: Mode,
    program: CodeProgram,
    request: { tests: readonly CodeTest[]; inputs?: readonly CallInput[] },
    limits: Limits,
    signal: AbortSignal,
  ): Promise<{ outcome: SandboxOutcome; messages: HarnessMessage[]; stray: string | undefined }> {
    const nonce = newNonce();
    const payload = {
      mode,
      nonce,
      program: program.source,
      entryPoint: program.entryPoint,
      support: program.support ?? '',
      supportUsesProgram: mode === 'judge' && this.uses.supportUses(program),
      tests: request.tests.map(({ id, kind, source }) => ({ id, kind, source })),
      inputs: request.inputs ?? [],
      seconds: limits.timeoutMs / 1000,
    };
    const { hashSeed } = program;
    const job = { payload, limits, ...(hashSeed === undefined ? {} : { hashSeed }) };
    const outcome = await this.sandbox.run(job, signal);
    const messages = readHarnessMessages(outcome.messages, nonce);
    return { outcome, messages, stray: strayWrites(outcome.messages, nonce) };
  }
}

/** The program's side may say of itself that it could not be loaded, and nothing else. */
const unloadedKinds: ReadonlySet<string> = new Set(['notCompiled', 'crashed']);

/** How both processes together ended: as the program did, unless it is the tests that ran out. */
function endedApart(
  outcome: SandboxOutcome,
  ofProgram: readonly HarnessMessage[],
  ofTests: readonly HarnessMessage[],
): SandboxOutcome {
  const { beside } = outcome;
  const ranOut = (messages: readonly HarnessMessage[]): boolean =>
    messages.some(({ kind }) => kind === 'outOfMemory');
  // Either may go on when the other has ended; the verdict took as long as the longer of them.
  const durationMs = Math.max(outcome.durationMs, beside?.durationMs ?? 0);
  if (outcome.end === 'finished' && beside && beside.end !== 'finished') {
    return { ...beside, output: outcome.output, durationMs };
  }
  const isOutOfMemory = ranOut(ofProgram) || ranOut(ofTests);
  const end = isOutOfMemory && outcome.end === 'finished' ? 'outOfMemory' : outcome.end;
  return { ...outcome, end, durationMs };
}

function traceOf(told: HarnessMessage & { kind: 'trace' }): ToldTrace {
  const { id, omitted } = told;
  const events = told.events.map(({ returned, raised, ...rest }) => ({
    ...rest,
    ...(returned === undefined ? {} : { returned }),
    ...(raised === undefined ? {} : { raised }),
  }));
  return { id, events, omitted };
}
