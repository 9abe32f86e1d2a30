import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { SandboxEnd, SandboxOutcome } from '../../domain/ports';
import { maxOutputChars } from '../../domain/verdict';
import type { Script, ScriptError, ScriptResult, ThreadJob } from './protocol';

const maxStackBytes = 512 * 1024;
const maxErrorChars = 2000;

/** Runs the scripts of one job in a fresh runtime with no access to anything outside it. */
export function runScripts(
  module: QuickJSWASMModule,
  job: ThreadJob,
  isStopped: () => boolean,
): { readonly outcome: SandboxOutcome; readonly moduleIsUsable: boolean } {
  const started = performance.now();
  const deadline = started + job.limits.timeoutMs;
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(maxStackBytes);
  let end: SandboxEnd = 'finished';
  let output = '';
  runtime.setInterruptHandler(() => {
    if (isStopped()) end = 'cancelled';
    else if (performance.now() > deadline) end = 'timedOut';
    return end !== 'finished';
  });
  const context = runtime.newContext();
  const print = context.newFunction('print', (text) => {
    output += `${context.getString(text)}\n`;
    if (output.length > maxOutputChars) end = 'outputExceeded';
  });
  context.setProp(context.global, '__print', print);
  print.dispose();
  const messages: ScriptResult[] = [];
  for (const script of job.payload.scripts) {
    const result = runScript(context, script, () => end !== 'finished');
    if (end !== 'finished') break;
    if (result.error && isOutOfMemory(result.error)) end = 'outOfMemory';
    messages.push(result);
    if (script.required === true && !result.ok) break;
    if (end !== 'finished') break;
  }
  const outcome = {
    end,
    messages,
    output: output.slice(0, maxOutputChars),
    durationMs: performance.now() - started,
  };
  return { outcome, moduleIsUsable: isDisposed(context, runtime) };
}

/** A program that was ended in the middle of a job leaves a runtime that cannot be freed. */
function isDisposed(context: QuickJSContext, runtime: QuickJSRuntime): boolean {
  try {
    context.dispose();
    runtime.dispose();
    return true;
  } catch {
    return false;
  }
}

function runScript(context: QuickJSContext, script: Script, isEnded: () => boolean): ScriptResult {
  const evaluated = context.evalCode(script.source, script.file, { type: 'global' });
  if (evaluated.error) return failure(context, script, evaluated.error);
  const value = evaluated.value;
  try {
    if (script.async === true) return settle(context, script, value, isEnded);
    const told = script.value === true ? { value: context.getString(value) } : {};
    return { id: script.id, ok: true, ...told };
  } finally {
    value.dispose();
  }
}

/** Runs pending jobs until the promise settles; one that never does has failed. */
function settle(
  context: QuickJSContext,
  script: Script,
  promise: QuickJSHandle,
  isEnded: () => boolean,
): ScriptResult {
  const jobs = context.runtime.executePendingJobs();
  if (jobs.error) {
    if (isEnded()) jobs.error.dispose();
    else return failure(context, script, jobs.error);
  }
  const state = context.getPromiseState(promise);
  switch (state.type) {
    case 'fulfilled':
      if (state.notAPromise !== true) state.value.dispose();
      return { id: script.id, ok: true };
    case 'rejected':
      return failure(context, script, state.error);
    case 'pending':
      return {
        id: script.id,
        ok: false,
        error: {
          name: 'Error',
          message: 'it waits for something that never comes',
          stack: '',
          asserted: false,
        },
      };
  }
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

function isOutOfMemory(error: ScriptError): boolean {
  return error.name === 'InternalError' && error.message === 'out of memory';
}
