import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { SandboxEnd } from '../../domain/ports';
import { maxOutputChars } from '../../domain/verdict';
import type { Script, ScriptError, ScriptResult } from './protocol';

const maxStackBytes = 2 * 1024 * 1024;
const maxErrorChars = 2000;

/** How a job stands: shared by its realms, so that the first bound that is passed ends them all. */
export interface JobState {
  end: SandboxEnd;
  output: string;
  readonly deadline: number;
  readonly isStopped: () => boolean;
  /** More processor time was used than the job may use. */
  readonly isCpuUsed: () => boolean;
}

/** A fresh runtime with nothing in it but a way to print. */
export interface Realm {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly isEnded: () => boolean;
  readonly end: (end: SandboxEnd) => void;
}

export function createRealm(module: QuickJSWASMModule, state: JobState): Realm {
  const isEnded = (): boolean => state.end !== 'finished';
  const end = (how: SandboxEnd): void => {
    if (!isEnded()) state.end = how;
  };
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(maxStackBytes);
  runtime.setInterruptHandler(() => {
    if (state.isStopped()) end('cancelled');
    else if (performance.now() > state.deadline || state.isCpuUsed()) end('timedOut');
    return isEnded();
  });
  const context = runtime.newContext();
  const print = context.newFunction('print', (text) => {
    state.output += `${context.getString(text)}\n`;
    if (state.output.length > maxOutputChars) end('outputExceeded');
  });
  context.setProp(context.global, '__print', print);
  print.dispose();
  return { runtime, context, isEnded, end };
}

/** A program that was ended in the middle of a job leaves a runtime that cannot be freed. */
export function isDisposed({ context, runtime }: Realm): boolean {
  try {
    context.dispose();
    runtime.dispose();
    return true;
  } catch {
    return false;
  }
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
function settle({ context, isEnded }: Realm, script: Script, promise: QuickJSHandle): ScriptResult {
  for (;;) {
    const jobs = context.runtime.executePendingJobs();
    if (jobs.error) {
      if (isEnded()) jobs.error.dispose();
      else return failure(context, script, jobs.error);
    }
    const state = context.getPromiseState(promise);
    if (state.type === 'rejected') return failure(context, script, state.error);
    if (state.type === 'fulfilled') {
      if (state.notAPromise !== true) state.value.dispose();
      return { id: script.id, ok: true };
    }
    if (isEnded() || !runTimer(context)) {
      const message = 'it waits for something that never comes';
      return { id: script.id, ok: false, error: { ...noError, message } };
    }
  }
}

/** Runs the timer that is due next, at once: time in here passes as it is waited for. */
export function runTimer(context: QuickJSContext): boolean {
  const tick = context.getProp(context.global, '__tick');
  if (context.typeof(tick) !== 'function') {
    tick.dispose();
    return false;
  }
  const ran = context.callFunction(tick, context.undefined);
  tick.dispose();
  if (ran.error) {
    ran.error.dispose();
    return false;
  }
  const isMore = context.dump(ran.value) === true;
  ran.value.dispose();
  return isMore;
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
