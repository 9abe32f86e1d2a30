import { programFor, type Judge } from '../domain/ports';
import { isCodeTest, isOurs, type Task } from '../domain/task';
import { copiedAnswer } from '../datasets/copiedAnswer';
import { sameBehaviour } from '../evaluation/sameBehaviour';
import { nearCalls, specialCases, type NearCalls } from '../evaluation/specialCases';
import { ReferenceNotCalled } from '../judge/differential/referenceCalls';
import type { MachineJudge } from '../judge/machineJudge';

/** Calls of so many references are kept: samples of a task come one after another. */
const maxKept = 64;

/**
 * Tells programs that treat inputs of their tests as special cases. Literals say yes, no or perhaps.
 * Where they say perhaps, the program must do what the reference does on inputs made from those of
 * the tests, and with no reference to ask, perhaps is a yes. Where they say no, a program is told only
 * by an input that it answers with nothing around it, so an honest one may differ from the reference
 * where no test looks.
 */
export class SpecialCaseFinder {
  private readonly kept = new Map<string, Promise<NearCalls>>();

  constructor(
    private readonly judge: Judge & Partial<Pick<MachineJudge, 'for'>>,
    private readonly seed: number,
  ) {}

  async holdsAnswers(task: Task, program: string, signal: AbortSignal): Promise<boolean> {
    const { kind } = copiedAnswer(task, program);
    if (kind === 'copied') return true;
    const { language, reference, limits } = task;
    const tests = task.tests.filter(isCodeTest);
    if (!isOurs(language) || reference === undefined || !this.judge.for || tests.length === 0)
      return kind === 'suspected';
    const judge = this.judge.for(language);
    const asked = { judge, limits, signal };
    const right = { ...programFor(task, reference), language };
    const own = { ...programFor(task, program), language };
    if (kind === 'suspected') {
      const both = { reference: right, program: own, tests };
      const { same } = await sameBehaviour({ ...asked, ...both, seed: this.seed, key: task.hash });
      if (same !== true) return true;
    }
    const near = await this.near(task.hash, () =>
      nearCalls(right, tests, { seed: this.seed, key: task.hash }, asked),
    );
    return near !== null && (await specialCases(own, near, asked)).special > 0;
  }

  /** Null where the machine kept the reference from being called: that tells nothing of programs. */
  private near(hash: string, make: () => Promise<NearCalls>): Promise<NearCalls | null> {
    const made = this.kept.get(hash) ?? make();
    this.kept.set(hash, made);
    const oldest = this.kept.keys().next();
    if (this.kept.size > maxKept && oldest.done !== true) this.kept.delete(oldest.value);
    return made.catch((error: unknown) => {
      this.kept.delete(hash);
      if (error instanceof ReferenceNotCalled) return null;
      throw error;
    });
  }
}
