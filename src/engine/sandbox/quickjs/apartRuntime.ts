import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { ApartProgram, ScriptResult } from './protocol';
import { runScript, runTimer, type Realm } from './realm';

/** As the answering function tells it where the program ran out of memory. */
const outOfMemory = '"name":"InternalError","message":"out of memory"';

/** Timers of the program that are run after one call. */
const maxTimers = 10_000;

/**
 * A program in a runtime of its own. It is asked by text and answers by text: nothing of either
 * runtime can be reached from the other.
 */
export class ApartRuntime {
  private lookup: QuickJSHandle | null = null;
  private depth = 0;

  constructor(
    private readonly realm: Realm,
    private readonly answer: QuickJSHandle,
  ) {}

  /** Loads the program; what came of its scripts, the failing one last. */
  load(program: ApartProgram): ScriptResult[] {
    const { context } = this.realm;
    const results: ScriptResult[] = [];
    for (const script of program.scripts) {
      const result = runScript(this.realm, script);
      results.push(result);
      if (!result.ok || this.realm.isEnded()) return results;
    }
    const lookup = context.evalCode(program.lookup, 'lookup.js');
    if (lookup.error) lookup.error.dispose();
    else this.lookup = lookup.value;
    return results;
  }

  /** The program's answer; null where it was ended in the middle of it. */
  ask(text: string): string | null {
    if (!this.lookup) return '{}';
    this.depth += 1;
    const answer = callWithText(this.realm, this.answer, text, this.lookup);
    this.depth -= 1;
    // What waits goes on when no call is under way, as in one runtime.
    if (this.depth === 0) this.goOn();
    if (answer === null) return null;
    if (answer.includes(outOfMemory)) this.realm.end('outOfMemory');
    return this.realm.isEnded() ? null : answer;
  }

  /** Runs what the program has pending, then its timers, until none is left or the bound is met. */
  private goOn(): void {
    const { context, runtime } = this.realm;
    for (let timers = 0; timers < maxTimers; timers++) {
      const jobs = runtime.executePendingJobs();
      if (jobs.error) jobs.error.dispose();
      if (this.realm.isEnded()) return;
      const timer = runTimer(context);
      if (timer === 'none') return;
      if (timer !== 'ran') timer.dispose();
    }
  }
}

/** The text that a function of a realm gives for a text; null where it fails or gives none. */
export function callWithText(
  { context }: Realm,
  called: QuickJSHandle,
  text: string,
  ...more: QuickJSHandle[]
): string | null {
  const request = context.newString(text);
  const told = context.callFunction(called, context.undefined, request, ...more);
  request.dispose();
  if (told.error) {
    told.error.dispose();
    return null;
  }
  const answer = context.getString(told.value);
  told.value.dispose();
  return answer;
}
