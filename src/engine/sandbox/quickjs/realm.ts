import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { SandboxEnd } from '../../domain/ports';
import type { Printed } from '../printed';
import type { Script, ScriptError, ScriptResult } from './protocol';

const maxStackBytes = 2 * 1024 * 1024;
const maxErrorChars = 2000;
/** Timers that are still run when a script is done. */
const maxLeftTimers = 1000;

/** How a job stands: shared by its realms, so that the first bound that is passed ends them all. */
export interface JobState {
  end: SandboxEnd;
  output: Printed;
  readonly deadline: number;
  readonly isStopped: () => boolean;
  /** More processor time was used than the job may use. */
  readonly isCpuUsed: () => boolean;
}

/** A runtime with nothing in it but a way to print. It outlives jobs: `state` is that of the present one. */
export interface Realm {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly isEnded: () => boolean;
  readonly end: (end: SandboxEnd) => void;
}

export function createRealm(module: QuickJSWASMModule, job: { state: JobState }): Realm {
  const isEnded = (): boolean => job.state.end !== 'finished';
  const end = (how: SandboxEnd): void => {
    if (!isEnded()) job.state.end = how;
  };
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(maxStackBytes);
  runtime.setInterruptHandler(() => {
    const { state } = job;
    if (state.isStopped()) end('cancelled');
    else if (performance.now() > state.deadline || state.isCpuUsed()) end('timedOut');
    return isEnded();
  });
  const context = runtime.newContext();
  const realm = { runtime, context, isEnded, end };
  offer(realm, '__print', (text) => {
    job.state.output.add(`${text}\n`);
    if (job.state.output.isTooMuch) end('outputExceeded');
    return undefined;
  });
  return realm;
}

/** Gives a realm a function of text to text; it fails in there where null is answered. */
export function offer(
  { context }: Realm,
  name: string,
  answer: (text: string) => string | null | undefined,
): void {
  const made = context.newFunction(name, (request) => {
    const told = answer(context.getString(request));
    if (told === undefined) return undefined;
    return told === null
      ? { error: context.newError('the program has ended') }
      : context.newString(told);
  });
  context.setProp(context.global, name, made);
  // Held for good: a program that lets go of it must not end what stands behind it out here.
}

/** Evaluates one script in a realm and tells what came of it. */
export function runScript(realm: Realm, script: Script): ScriptResult {
  const { context } = realm;
  const evaluated = context.evalCode(script.source, script.file, { type: 'global' });
  if (evaluated.error) {
    const failed = failure(context, script, evaluated.error);
    // An async script runs nothing by itself: what it throws at once is that it does not compile.
    return script.async === true ? { ...failed, compiled: false } : failed;
  }
  const value = evaluated.value;
  try {
    if (script.async === true) return settle(realm, script, value);
    const told = script.value === true ? { value: context.getString(value) } : {};
    return { id: script.id, ok: true, ...told };
  } finally {
    value.dispose();
  }
}

/** Runs pending jobs, then timers, until the promise settles; one that never does has failed. */
function settle(realm: Realm, script: Script, promise: QuickJSHandle): ScriptResult {
  const { context, isEnded } = realm;
  for (;;) {
    const jobs = context.runtime.executePendingJobs();
    if (jobs.error) {
      if (isEnded()) jobs.error.dispose();
      else return failure(context, script, jobs.error);
    }
    const state = context.getPromiseState(promise);
    if (state.type === 'rejected') {
      // What it left must not fail the next one.
      callGlobal(context, '__unhandled')?.dispose();
      return failure(context, script, state.error);
    }
    if (state.type === 'fulfilled') {
      if (state.notAPromise !== true) state.value.dispose();
      const error = leftBehind(realm);
      return error ? failure(context, script, error) : { id: script.id, ok: true };
    }
    const timer = isEnded() ? 'none' : runTimer(context);
    if (timer === 'none') {
      const message = 'it waits for something that never comes';
      return { id: script.id, ok: false, error: { ...noError, message } };
    }
    if (timer !== 'ran') return failure(context, script, timer);
  }
}

/**
 * What fails after a script is done: in a timer that it set, or as a promise that was rejected
 * and that nothing looked at. Node fails a test run for either. Intervals are not waited for.
 */
function leftBehind({ context, isEnded }: Realm): QuickJSHandle | null {
  for (let timers = 0; timers < maxLeftTimers && !isEnded(); timers++) {
    const jobs = context.runtime.executePendingJobs();
    if (jobs.error) return jobs.error;
    const timer = runTimer(context, context.true);
    if (timer === 'none') break;
    if (timer !== 'ran') return timer;
  }
  const unhandled = callGlobal(context, '__unhandled');
  if (unhandled === null) return null;
  if (unhandled.error) return unhandled.error;
  if (context.typeof(unhandled.value) === 'object') return context.getProp(unhandled.value, 0);
  unhandled.value.dispose();
  return null;
}

/**
 * Runs the timer that is due next, at once: time in here passes as it is waited for. Gives what
 * it throws; with `once`, intervals are left alone.
 */
export function runTimer(
  context: QuickJSContext,
  ...once: QuickJSHandle[]
): 'ran' | 'none' | QuickJSHandle {
  const ran = callGlobal(context, '__tick', ...once);
  if (ran === null) return 'none';
  if (ran.error) return ran.error;
  const isMore = context.sameValue(ran.value, context.true);
  ran.value.dispose();
  return isMore ? 'ran' : 'none';
}

/** Calls a function that the preludes left; null where there is none. */
function callGlobal(
  context: QuickJSContext,
  name: string,
  ...values: QuickJSHandle[]
): ReturnType<QuickJSContext['callFunction']> | null {
  const called = context.getProp(context.global, name);
  const isThere = context.typeof(called) === 'function';
  const result = isThere ? context.callFunction(called, context.undefined, ...values) : null;
  called.dispose();
  return result;
}

function failure(context: QuickJSContext, script: Script, handle: QuickJSHandle): ScriptResult {
  const read = (name: string): string | undefined => {
    const property = context.getProp(handle, name);
    const text = context.typeof(property) === 'string' ? context.getString(property) : undefined;
    property.dispose();
    return text?.slice(0, maxErrorChars);
  };
  try {
    if (context.typeof(handle) !== 'object') {
      const message = `threw ${String(context.dump(handle)).slice(0, maxErrorChars)}`;
      return { id: script.id, ok: false, error: { ...noError, message } };
    }
    const expected = read('expectedText');
    const actual = read('actualText');
    const error: ScriptError = {
      name: read('name') ?? 'Error',
      message: read('message') ?? '',
      stack: read('stack') ?? '',
      asserted: read('code') === 'ERR_ASSERTION',
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
    };
    return { id: script.id, ok: false, error };
  } finally {
    handle.dispose();
  }
}

const noError: ScriptError = { name: 'Error', message: '', stack: '', asserted: false };

/** Also where a program caught it and told it on. */
export function isOutOfMemory(error: Pick<ScriptError, 'name' | 'message'>): boolean {
  return error.name === 'InternalError' && error.message === 'out of memory';
}
