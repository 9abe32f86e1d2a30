import type { RunSummary } from '../engine/domain/view';
import type { Texts } from './texts';

const tellEveryMs = 5000;

/** What a screen reader is told of a run: never more often than each five seconds. */
export class LiveSummary {
  text = '';
  private toldAt = 0;
  private state: string | undefined;

  tell(run: RunSummary, texts: Texts, nowMs = Date.now()): void {
    const ended = run.state !== this.state;
    if (!ended && (run.state !== 'running' || nowMs - this.toldAt < tellEveryMs)) return;
    this.toldAt = nowMs;
    this.state = run.state;
    const { count } = run.solvedVisible;
    this.text = texts.live(run.title, texts.states[run.state], count, run.tasks, run.ended);
  }
}
