import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { SandboxOutcome } from '../../domain/ports';
import { Printed } from '../printed';
import { ApartRuntime, callWithText } from './apartRuntime';
import type { Image } from './image';
import { processorBound } from './processorTime';
import type { Script, ScriptResult, ThreadJob } from './protocol';
import { isOutOfMemory, runScript, type JobState, type Realm } from './realm';

/** How a job begins. */
export function newState({ limits }: ThreadJob, isStopped: () => boolean): JobState {
  return {
    end: 'finished',
    output: new Printed(),
    deadline: performance.now() + limits.timeoutMs,
    isStopped,
    isCpuUsed: processorBound(limits.cpuMs),
  };
}

/**
 * Runs the scripts of one job in a fresh runtime with no access to anything outside it; a program
 * that stands apart has a runtime of its own, loaded first.
 */
export function runScripts(image: Image, { payload }: ThreadJob, state: JobState): SandboxOutcome {
  const started = performance.now();
  const messages: ScriptResult[] = [];
  const tell = (result: ScriptResult): boolean => {
    // What was under way when a bound was passed is told by the bound.
    if (state.end !== 'finished') return false;
    if (result.error && isOutOfMemory(result.error)) state.end = 'outOfMemory';
    messages.push(result);
    return state.end === 'finished';
  };
  const { program, tests } = image;
  const apart = program && new ApartRuntime(program.realm, program.answer);
  image.begin(state, {
    intoProgram: (text) => apart?.ask(text) ?? null,
    intoTests: (text) => answerOfTests(tests, text),
  });
  for (const realm of program ? [program.realm, tests] : [tests]) stirRandom(realm);
  const goesOn =
    !apart ||
    !payload.apart ||
    apart.load(payload.apart).every((result) => tell(result) && result.ok);
  if (goesOn) {
    for (const script of payload.scripts) {
      const result = runScript(tests, script);
      if (!tell(result) || (script.required === true && !result.ok)) break;
    }
  }
  if (state.end === 'timedOut') messages.push(...runLate(image, payload.scripts, messages, state));
  return {
    end: state.end,
    messages,
    output: state.output.toString(),
    durationMs: performance.now() - started,
  };
}

/** How long what is told of a program that was out of time may take, all in all. */
const lateMs = 200;

/** The script that comes next of those that tell something even late. */
function runLate(
  { tests, job }: Image,
  scripts: readonly Script[],
  told: readonly ScriptResult[],
  state: JobState,
): ScriptResult[] {
  const last = scripts.findIndex(({ id }) => id === told.at(-1)?.id);
  const next = scripts.slice(last + 1).find(({ evenLate }) => evenLate);
  if (!next) return [];
  job.state = {
    ...state,
    end: 'finished',
    deadline: performance.now() + lateMs,
    isCpuUsed: () => false,
  };
  const result = runScript(tests, next);
  return result.ok ? [result] : [];
}

/** What the tests answer where the program calls a function that they gave it. */
function answerOfTests(tests: Realm, text: string): string | null {
  const { context } = tests;
  const answer: QuickJSHandle = context.getProp(context.global, '__answer');
  const told = callWithText(tests, answer, text);
  answer.dispose();
  return tests.isEnded() ? null : told;
}

const maxStirs = 500;

/** Each job's runtimes begin from the same bytes; what is drawn at random in them must differ. */
function stirRandom({ context }: Realm): void {
  const times = String(Math.floor(Math.random() * maxStirs));
  context
    .unwrapResult(
      context.evalCode(`for (let n = ${times}; n > 0; n--) Math.random()`, 'stir.js', {
        type: 'global',
      }),
    )
    .dispose();
}
