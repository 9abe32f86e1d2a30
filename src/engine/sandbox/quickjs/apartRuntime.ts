import type { QuickJSHandle } from 'quickjs-emscripten-core';
import type { ApartProgram, ScriptResult } from './protocol';
import { runScript, runTimer, type Realm } from './realm';

/** As the answering function tells it where the program ran out of memory. */
const outOfMemory = '"name":"InternalError","message":"out of memory"';

/**
 * A program in a runtime of its own. It is asked by text and answers by text: nothing of either
 * runtime can be reached from the other.
 */
export class ApartRuntime {
  private answer: QuickJSHandle | null = null;
  private lookup: QuickJSHandle | null = null;

  constructor(private readonly realm: Realm) {}

  /** Loads the program; what came of its scripts, the failing one last. */
  load(program: ApartProgram): ScriptResult[] {
    const { context } = this.realm;
    this.answer = context.unwrapResult(context.evalCode(program.answering, 'answering.js'));
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
    const { context, runtime } = this.realm;
    if (!this.answer || !this.lookup) return '{}';
    const request = context.newString(text);
    const told = context.callFunction(this.answer, context.undefined, request, this.lookup);
    request.dispose();
    if (told.error) {
      told.error.dispose();
      return null;
    }
    const answer = context.getString(told.value);
    told.value.dispose();
    do {
      const jobs = runtime.executePendingJobs();
      if (jobs.error) jobs.error.dispose();
    } while (!this.realm.isEnded() && runTimer(context));
    if (answer.includes(outOfMemory)) this.realm.end('outOfMemory');
    return this.realm.isEnded() ? null : answer;
  }

  dispose(): void {
    this.answer?.dispose();
    this.lookup?.dispose();
  }
}
