import type { Observation, Program, Sandbox, SandboxOutcome } from '../../domain/ports';
import type { Limits, Test } from '../../domain/task';
import type { TestOutcome, Verdict } from '../../domain/verdict';
import { composeVerdict, type Told } from '../compose';
import type { CallInput, CallOutput, LanguageJudge } from '../languageJudge';
import { newNonce, readHarnessMessages, type HarnessMessage } from './harnessMessages';

type Mode = 'judge' | 'coverage' | 'record' | 'outputs';

/** Judges Python programs through the harness in the sandbox's fork server. */
export class PythonJudge implements LanguageJudge {
  constructor(private readonly sandbox: Sandbox) {}

  async judge(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { outcome, messages } = await this.run('judge', program, { tests }, limits, signal);
    const ranOut = messages.some((message) => message.kind === 'outOfMemory');
    const end = ranOut ? { ...outcome, end: 'outOfMemory' as const } : outcome;
    return composeVerdict(tests, tell(messages), end, 'shared');
  }

  async observe(
    program: Program,
    tests: readonly Test[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Observation> {
    const { outcome, messages } = await this.run('coverage', program, { tests }, limits, signal);
    const lines = messages.flatMap((message) =>
      message.kind === 'lines' ? [[message.id, message.lines] as const] : [],
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
    const { messages } = await this.run('record', program, { tests }, limits, signal);
    return messages.flatMap((message) => (message.kind === 'calls' ? message.calls : []));
  }

  async callAll(
    program: Program,
    inputs: readonly CallInput[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<CallOutput[]> {
    const request = { tests: [], inputs };
    const { messages } = await this.run('outputs', program, request, limits, signal);
    return messages.flatMap((message) => (message.kind === 'output' ? [message] : []));
  }

  private async run(
    mode: Mode,
    program: Program,
    request: { tests: readonly Test[]; inputs?: readonly CallInput[] },
    limits: Limits,
    signal: AbortSignal,
  ): Promise<{ outcome: SandboxOutcome; messages: HarnessMessage[] }> {
    const nonce = newNonce();
    const payload = {
      mode,
      nonce,
      program: program.source,
      entryPoint: program.entryPoint,
      support: program.support ?? '',
      tests: request.tests.map(({ id, kind, source }) => ({ id, kind, source })),
      inputs: request.inputs ?? [],
    };
    const outcome = await this.sandbox.run({ payload, limits }, signal);
    return { outcome, messages: readHarnessMessages(outcome.messages, nonce) };
  }
}

function tell(messages: readonly HarnessMessage[]): Told {
  const ended = new Map<string, TestOutcome>();
  let running: string | undefined;
  let unloaded: Told['unloaded'];
  let unusable: string | undefined;
  let done = false;
  for (const message of messages) {
    switch (message.kind) {
      case 'notCompiled':
      case 'crashed': {
        const where = message.line === null ? '' : ` (line ${String(message.line)})`;
        unloaded = { status: message.kind, message: message.message + where };
        break;
      }
      case 'unusable':
        unusable = message.message;
        break;
      case 'begin':
        running = message.id;
        break;
      case 'end': {
        const { kind: _, outcome, ...rest } = message;
        running = undefined;
        if (outcome === 'unusable') unusable = `${message.id}: ${message.message ?? ''}`;
        else ended.set(message.id, { outcome, ...defined(rest) });
        break;
      }
      case 'done':
        done = true;
        break;
      case 'loaded':
      case 'lines':
      case 'calls':
      case 'output':
      case 'outOfMemory':
        break;
    }
  }
  return {
    ended,
    done,
    ...(running === undefined ? {} : { running }),
    ...(unloaded ? { unloaded } : {}),
    ...(unusable === undefined ? {} : { unusable }),
  };
}

function defined(fields: {
  id: string;
  message?: string | undefined;
  statement?: string | undefined;
  expected?: string | undefined;
  actual?: string | undefined;
}): Omit<TestOutcome, 'outcome'> {
  const { id, message, statement, expected, actual } = fields;
  return {
    id,
    ...(message === undefined ? {} : { message }),
    ...(statement === undefined ? {} : { statement }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}
