import { html, nothing, type TemplateResult } from 'lit';
import type { DifferenceLine, FailingTest, TurnStory } from '../engine/domain/view';
import { failingTest } from './failingTest';
import type { Texts } from './texts';
import { turnCell } from './turnCells';
import { durationWords } from './words';

/** Most lines of a difference drawn here; the editor's difference view has them all. */
const maxLines = 120;

/** One turn on the timeline: what changed, what that fixed and broke, and what still fails. */
export function storyTurn(
  turn: TurnStory,
  around: {
    readonly texts: Texts;
    readonly answer: boolean;
    /** The test that failed before this turn, which is not told whole again. */
    readonly before: FailingTest | undefined;
    readonly onChanges: () => void;
  },
): TemplateResult {
  const { texts } = around;
  return html`<li class="step">
    ${turnCell(turn, texts)}
    <h3 class="step-line">
      ${texts.turn(turn.number)} <span class="muted">${summary(turn, texts)}</span>
      ${around.answer ? html`<span class="chip answer">${texts.answer}</span>` : nothing}
    </h3>
    <button
      class="icon-button"
      title=${texts.showChanges}
      aria-label="${texts.showChanges}, ${texts.turn(turn.number)}"
      @click=${around.onChanges}
    >
      <span class="codicon codicon-diff" aria-hidden="true"></span>
    </button>
    ${turn.note === undefined ? nothing : html`<p class="edit-note">${turn.note}</p>`}
    ${difference(turn.difference, texts)} ${effects(turn, texts)}
    ${
      turn.failing === undefined
        ? turn.message === undefined || turn.status === 'passed'
          ? nothing
          : html`<pre class="code">${turn.message}</pre>`
        : failingTest(turn.failing, texts, around.before)
    }
    ${fold(texts.told, turn.feedback)} ${fold(texts.output, turn.output)}
  </li>`;
}

function summary(turn: TurnStory, texts: Texts): string {
  const { screened, passed, of } = turn;
  const tried =
    screened > 1
      ? texts.triedMany(screened, passed, of)
      : texts.tried1(texts.statuses[turn.status], passed, of);
  return `${tried} · ${durationWords(turn.durationMs, texts)}`;
}

function effects(turn: TurnStory, texts: Texts): TemplateResult | typeof nothing {
  const { fixed, broke, passedHidden } = turn;
  if (fixed.length === 0 && broke.length === 0 && passedHidden === undefined) return nothing;
  return html`<ul class="effects">
    ${
      fixed.length === 0
        ? nothing
        : html`<li class="good" title=${fixed.join('\n')}>
            <span class="codicon codicon-arrow-up" aria-hidden="true"></span>
            ${texts.fixed(fixed.length)}
          </li>`
    }
    ${
      broke.length === 0
        ? nothing
        : html`<li class="bad" title=${broke.join('\n')}>
            <span class="codicon codicon-arrow-down" aria-hidden="true"></span>
            ${texts.broke(broke.length)}
          </li>`
    }
    ${
      passedHidden === undefined
        ? nothing
        : html`<li class=${passedHidden ? 'good' : 'warned'}>
            <span
              class="codicon codicon-${passedHidden ? 'verified' : 'warning'}"
              aria-hidden="true"
            ></span>
            ${passedHidden ? texts.hiddenPass : texts.hiddenFail}
          </li>`
    }
  </ul>`;
}

const signs = { same: ' ', added: '+', removed: '-', gap: '⋯' } as const;

function difference(lines: readonly DifferenceLine[], texts: Texts): TemplateResult {
  if (lines.length === 0) return html`<p class="muted">${texts.changesNothing}</p>`;
  return html`<div class="difference" role="group" tabindex="0">
    ${lines.slice(0, maxLines).map(({ kind, text }) => {
      const shown = kind === 'gap' ? texts.hiddenLines : text;
      return html`<div class="line ${kind}">
        <span class="sign">${signs[kind]}</span><span class="line-text">${shown}</span>
      </div>`;
    })}
    ${lines.length > maxLines ? html`<div class="line gap">⋯</div>` : nothing}
  </div>`;
}

function fold(name: string, text: string | undefined): TemplateResult | typeof nothing {
  if (text === undefined || text === '') return nothing;
  return html`<details class="fold">
    <summary>${name}</summary>
    <pre class="text" tabindex="0">${text}</pre>
  </details>`;
}
