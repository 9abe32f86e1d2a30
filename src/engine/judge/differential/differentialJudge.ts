import type { SandboxOutcome } from '../../domain/ports';
import type { DifferentialTest, Limits, Test } from '../../domain/task';
import type { TestOutcome, Verdict } from '../../domain/verdict';
import { shorten } from '../bounded';
import { composeVerdict, type Told } from '../compose';
import type { CallInput, Calls, CodeProgram, LanguageJudge } from '../languageJudge';
import { notJudged } from '../notJudged';
import { differenceOf } from './compareCalls';
import { ReferenceCaller, ReferenceNotCalled, type ReferenceCalls } from './referenceCalls';
import { showCall, showOutput } from './showValue';

/** With fewer inputs to compare on, agreement says too little. */
const minCompared = 5;

/**
 * Judges by agreement with the reference on generated inputs (EvalPlus, Liu et al. 2023,
 * 2305.01210). Program and reference are called each in a sandbox of its own, and compared here.
 */
export class DifferentialJudge {
  private readonly references = new ReferenceCaller();

  async judge(
    judge: LanguageJudge,
    program: CodeProgram,
    tests: readonly DifferentialTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { reference } = program;
    if (reference === undefined) {
      return notJudged(
        tests,
        'infrastructure',
        'a differential test needs the reference of its task',
      );
    }
    const right: CodeProgram = { ...program, source: reference, hashSeed: 0 };
    const ended = new Map<string, TestOutcome>();
    let durationMs = 0;
    let output = '';
    for (const test of tests) {
      const calls = await this.referenceCalls(judge, right, test, limits, signal);
      if (signal.aborted) return stopped(tests, ended, 'cancelled', durationMs);
      if (typeof calls === 'string') return notJudged(tests, 'infrastructure', calls);
      const left = { ...limits, timeoutMs: Math.max(1, Math.ceil(limits.timeoutMs - durationMs)) };
      const called = await judge.callAll(program, calls.inputs, left, signal);
      durationMs += called.durationMs;
      output = called.output;
      const told = compare(test, program, calls, called);
      if ('outcome' in told) {
        ended.set(test.id, told);
        continue;
      }
      const outcome = { ...endOf(called), durationMs, output };
      return composeVerdict(tests, { ended, done: false, ...told }, outcome, 'separate');
    }
    const finished: SandboxOutcome = { end: 'finished', messages: [], output, durationMs };
    return composeVerdict(tests, { ended, done: true }, finished, 'separate');
  }

  /** A text says why there is nothing to compare with. */
  private async referenceCalls(
    judge: LanguageJudge,
    reference: CodeProgram,
    test: DifferentialTest,
    limits: Limits,
    signal: AbortSignal,
  ): Promise<ReferenceCalls | string> {
    try {
      const calls = await this.references.of(judge, reference, test, limits, signal);
      const { size } = calls.expected;
      const asked = Math.max(test.inputs, test.examples.length);
      if (size >= Math.min(minCompared, Math.max(1, asked))) return calls;
      return `${test.id}: the reference gives something to compare with on only ${String(size)} of ${String(asked)} inputs`;
    } catch (error) {
      if (!(error instanceof ReferenceNotCalled)) throw error;
      return `${test.id}: the reference could not be called: ${error.message}`;
    }
  }
}

/** The outcome of a test, or where its program stood when it ended. */
function compare(
  test: DifferentialTest,
  program: CodeProgram,
  { inputs, expected }: ReferenceCalls,
  called: Calls,
): TestOutcome | Pick<Told, 'running' | 'unloaded' | 'tampered'> {
  if (called.tampered !== undefined) return { running: test.id, tampered: called.tampered };
  if (called.unloaded) return { unloaded: called.unloaded };
  const outputs = new Map(called.outputs.map((output) => [output.index, output]));
  const { language, entryPoint } = program;
  for (const [place, want] of expected) {
    const got = outputs.get(place);
    // Calls are made in order: one that is missing was not reached.
    if (got === undefined) return { running: test.id };
    const what = differenceOf(want, got, language);
    if (what === null) continue;
    const [expectedText, actual] = [want, got].map((each) => showOutput(each, language, what));
    const call = showCall(entryPoint, inputs[place] as CallInput, language);
    return {
      id: test.id,
      outcome: 'failed',
      statement: call,
      message: shorten(`${call}: expected ${expectedText ?? ''}, got ${actual ?? ''}`),
      ...(expectedText === undefined ? {} : { expected: expectedText }),
      ...(actual === undefined ? {} : { actual }),
    };
  }
  return { id: test.id, outcome: 'passed' };
}

/** A program that ended well and answered too little has ended early. */
function endOf(called: Calls): SandboxOutcome {
  const { end, detail } = called;
  return {
    end,
    messages: [],
    output: called.output,
    durationMs: called.durationMs,
    ...(detail === undefined || detail === '' ? {} : { detail }),
  };
}

function stopped(
  tests: readonly Test[],
  ended: ReadonlyMap<string, TestOutcome>,
  end: 'cancelled',
  durationMs: number,
): Verdict {
  const outcome: SandboxOutcome = { end, messages: [], output: '', durationMs };
  return composeVerdict(tests, { ended, done: false }, outcome, 'separate');
}
