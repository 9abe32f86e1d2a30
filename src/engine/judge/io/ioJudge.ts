import type { Program, SandboxOutcome } from '../../domain/ports';
import type { IoTest, Limits } from '../../domain/task';
import { maxOutputChars, type TestOutcome, type Verdict } from '../../domain/verdict';
import type { RunOutcome } from '../../sandbox/programRuns';
import { shorten } from '../bounded';
import { composeVerdict, type Told } from '../compose';
import { notJudged } from '../notJudged';
import { compareOutput } from './compareOutput';
import type { ProgramStarter, Started, Unstarted } from './programStarter';

/** Beside what a test expects: what a program may print more. So much more is wrong in any case. */
const spareOutputBytes = 64 * 1024;
/** How much of what a program wrote to its errors is told: the end, where the reason stands. */
const maxErrorsChars = 800;

/**
 * Judges by tests that are input and output. A program is started anew for each, in a sandbox;
 * what it printed is compared here, so that neither expectation nor comparison is in its reach.
 * The time limit is for all runs together; a build has bounds of its own.
 */
export class IoJudge {
  constructor(private readonly starter: ProgramStarter) {}

  async judge(
    program: Program,
    tests: readonly IoTest[],
    limits: Limits,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const judged = await this.starter.withProgram(program, signal, (started) =>
      runAll(started, tests, limits, signal),
    );
    return 'end' in judged
      ? notJudged(tests, judged.end, judged.message)
      : verdictOf(tests, judged);
  }
}

interface Runs {
  readonly told: Told;
  readonly last: RunOutcome | null;
  readonly output: string;
  readonly durationMs: number;
}

async function runAll(
  started: Started,
  tests: readonly IoTest[],
  limits: Limits,
  signal: AbortSignal,
): Promise<Runs | Unstarted> {
  const ended = new Map<string, TestOutcome>();
  let output = '';
  let durationMs = 0;
  for (const test of tests) {
    const left = Math.ceil(limits.timeoutMs - durationMs);
    const outputBytes = spareOutputBytes + Buffer.byteLength(test.stdout, 'utf8');
    const bounds = { ...limits, timeoutMs: Math.max(left, 1) };
    const outcome = await started.run({ stdin: test.stdin, limits: bounds, outputBytes }, signal);
    durationMs += outcome.durationMs;
    for (const printed of [outcome.stdout, outcome.stderr]) {
      output = (output + printed.toString('utf8', 0, maxOutputChars)).slice(0, maxOutputChars);
    }
    if (outcome.end !== 'finished' && outcome.end !== 'died') {
      const told = { ended, done: false, running: test.id };
      return { told, last: outcome, output, durationMs };
    }
    if (outcome.end === 'died' && ended.size === 0) {
      const problem = (await started.whyNotCompiled?.()) ?? null;
      if (problem !== null) return { end: 'notCompiled', message: problem };
    }
    ended.set(test.id, outcomeOf(test, outcome));
  }
  return { told: { ended, done: true }, last: null, output, durationMs };
}

/** A program that printed the right thing and then failed has failed. */
function outcomeOf(test: IoTest, run: RunOutcome): TestOutcome {
  const { id } = test;
  if (run.end === 'died') {
    // Some runtimes tell of their own end where the answer is printed.
    const said = run.stderr.length > 0 ? run.stderr : run.stdout;
    const errors = said.toString('utf8').trimEnd().slice(-maxErrorsChars);
    const how = run.detail ?? 'it ended early';
    return { id, outcome: 'errored', message: shorten(errors === '' ? how : `${how}\n${errors}`) };
  }
  const difference = compareOutput(test.stdout, run.stdout, test.compare);
  if (difference === null) return { id, outcome: 'passed' };
  const { message, expected, actual } = difference;
  return { id, outcome: 'failed', message, expected, actual };
}

function verdictOf(tests: readonly IoTest[], runs: Runs): Verdict {
  const { told, last, output, durationMs } = runs;
  const outcome: SandboxOutcome = {
    end: last?.end ?? 'finished',
    messages: [],
    output,
    durationMs,
    ...(last?.detail === undefined || last.detail === '' ? {} : { detail: last.detail }),
  };
  return composeVerdict(tests, told, outcome, 'separate');
}
