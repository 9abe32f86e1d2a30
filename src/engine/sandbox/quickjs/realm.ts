import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { SandboxEnd } from '../../domain/ports';
import { maxOutputChars } from '../../domain/verdict';
import type { Script, ScriptError, ScriptResult } from './protocol';

const maxStackBytes = 512 * 1024;
const maxErrorChars = 2000;

/** How a job stands: shared by its realms, so that the first bound that is passed ends them all. */
export interface JobState {
  end: SandboxEnd;
  output: string;
  readonly deadline: number;
  readonly isStopped: () => boolean;
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
    else if (performance.now() > state.deadline) end('timedOut');
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
export function runScript({ context, isEnded }: Realm, script: Script): ScriptResult {
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

/** Also where a program caught it and told it on. */
export function isOutOfMemory(error: Pick<ScriptError, 'name' | 'message'>): boolean {
  return error.name === 'InternalError' && error.message === 'out of memory';
}
