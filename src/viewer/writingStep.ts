import { html, nothing, type TemplateResult } from 'lit';
import type { LiveText, TaskStory } from '../engine/domain/view';
import './liveText';
import type { Texts } from './texts';

/** The turn that is under way, with what the model writes of it. */
export function writingStep(
  story: TaskStory,
  texts: Texts,
  around: {
    readonly running: boolean;
    readonly isChat: boolean;
    readonly live: LiveText | null;
  },
): TemplateResult | typeof nothing {
  const { live } = around;
  // Of a trajectory in its first call nothing is recorded yet.
  const isUnderWay = story.row.state === 'running' || live !== null;
  if (!around.running || !isUnderWay) return nothing;
  const number = live?.turn ?? Math.max(0, ...story.turns.map((turn) => turn.number)) + 1;
  const idle = around.isChat ? texts.atWork : texts.answering;
  return html`<li class="step">
    <span class="cell now"><span class="codicon codicon-play" aria-hidden="true"></span></span>
    <p class="step-line">
      ${texts.turn(number)}
      <span class="muted writing">${live === null ? idle : writingWords(live, texts)}</span>
    </p>
    ${
      live === null
        ? nothing
        : html`<live-text .text=${shownEnd(live)} .label=${writingWords(live, texts)}></live-text>`
    }
  </li>`;
}

/** What the model is doing, in words that change only when that does. */
export function writingWords({ kind, isDone }: LiveText, texts: Texts): string {
  if (kind === 'call/explanation') return isDone ? texts.explained : texts.explaining;
  return isDone ? texts.judging : texts.writing;
}

/** The end of a long text is marked as one. */
function shownEnd({ text, chars }: LiveText): string {
  return chars > text.length ? `…${text}` : text;
}
