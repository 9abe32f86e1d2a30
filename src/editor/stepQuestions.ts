import type { StepAsked } from '../engine/flywheel/workbench';
import type { StepQuestion } from '../viewer/rounds/messages';
import { Announcer } from './announcer';

interface Waiting {
  readonly run: string;
  readonly question: StepQuestion;
  readonly settle: (isYes: boolean) => void;
}

/**
 * The step of a round that waits for the person's word: shown wherever they look, and answered by
 * the first who answers. One at a time, because a window drives one run.
 */
export class StepQuestions {
  private waiting: Waiting | undefined;
  private asked = 0;
  private readonly changes = new Announcer<string>();
  /** Told the run for which a question came up or went away. */
  readonly onChanged = this.changes.listen;

  /** Resolves to what was answered; an abort is a no. */
  ask(run: string, { round, step, tasks, candidates }: StepAsked, signal: AbortSignal) {
    if (signal.aborted) return Promise.resolve(false);
    this.waiting?.settle(false);
    const question = { number: ++this.asked, round, step, tasks, candidates };
    return new Promise<boolean>((resolve) => {
      const stop = (): void => this.answer(question.number, false);
      const settle = (isYes: boolean): void => {
        this.waiting = undefined;
        signal.removeEventListener('abort', stop);
        resolve(isYes);
        this.changes.announce(run);
      };
      signal.addEventListener('abort', stop, { once: true });
      this.waiting = { run, question, settle };
      this.changes.announce(run);
    });
  }

  /** What waits in a run; null where nothing does. */
  of(run: string): StepQuestion | null {
    return this.waiting?.run === run ? this.waiting.question : null;
  }

  /** Does nothing where it was answered already. */
  answer(number: number, isYes: boolean): void {
    if (this.waiting?.question.number === number) this.waiting.settle(isYes);
  }

  dispose(): void {
    this.waiting?.settle(false);
    this.changes.dispose();
  }
}
