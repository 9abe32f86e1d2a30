import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { SandboxOutcome } from '../../domain/ports';
import { maxOutputChars } from '../../domain/verdict';
import { ApartRuntime } from './apartRuntime';
import type { ScriptResult, ThreadJob } from './protocol';
import {
  createRealm,
  isDisposed,
  isOutOfMemory,
  runScript,
  type JobState,
  type Realm,
} from './realm';

/**
 * Runs the scripts of one job in a fresh runtime with no access to anything outside it; a program
 * that stands apart gets a runtime of its own, loaded first.
 */
export function runScripts(
  module: QuickJSWASMModule,
  { payload, limits }: ThreadJob,
  isStopped: () => boolean,
): { readonly outcome: SandboxOutcome; readonly moduleIsUsable: boolean } {
  const started = performance.now();
  const deadline = started + limits.timeoutMs;
  const isCpuUsed = cpuBound(limits.cpuMs);
  const state: JobState = { end: 'finished', output: '', deadline, isStopped, isCpuUsed };
  const messages: ScriptResult[] = [];
  const realms: Realm[] = [];
  const open = (): Realm => {
    const realm = createRealm(module, state);
    realms.push(realm);
    return realm;
  };
  const tell = (result: ScriptResult): boolean => {
    // What was under way when a bound was passed is told by the bound.
    if (state.end !== 'finished') return false;
    if (result.error && isOutOfMemory(result.error)) state.end = 'outOfMemory';
    messages.push(result);
    return state.end === 'finished';
  };
  let apart: ApartRuntime | null = null;
  let goesOn = true;
  if (payload.apart) {
    apart = new ApartRuntime(open());
    goesOn = apart.load(payload.apart).every((result) => tell(result) && result.ok);
  }
  if (goesOn) {
    const realm = open();
    if (apart) offerAsking(realm, apart);
    for (const script of payload.scripts) {
      const result = runScript(realm, script);
      if (!tell(result) || (script.required === true && !result.ok)) break;
    }
  }
  apart?.dispose();
  const outcome = {
    end: state.end,
    messages,
    output: state.output.slice(0, maxOutputChars),
    durationMs: performance.now() - started,
  };
  return { outcome, moduleIsUsable: realms.map(isDisposed).every(Boolean) };
}

/** Gives the tests their only way to the program: a function of text. */
function offerAsking({ context }: Realm, apart: ApartRuntime): void {
  const ask = context.newFunction('ask', (request) => {
    const answer = apart.ask(context.getString(request));
    return answer === null
      ? { error: context.newError('the program has ended') }
      : context.newString(answer);
  });
  context.setProp(context.global, '__ask', ask);
  ask.dispose();
}

/** Processor time of this thread from now on; newer versions of Node alone can tell it. */
function cpuBound(cpuMs: number | undefined): () => boolean {
  const usage = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage;
  if (cpuMs === undefined || usage === undefined) return () => false;
  const usedMs = (): number => {
    const { user, system } = usage();
    return (user + system) / 1000;
  };
  const most = usedMs() + cpuMs;
  return () => usedMs() > most;
}
