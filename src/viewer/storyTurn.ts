import { html, nothing, type TemplateResult } from 'lit';
import type { DifferenceLine, FailingTest, TurnStory } from '../engine/domain/view';
import { failedRequests } from './failedRequests';
import { failingTest } from './failingTest';
import { fold } from './fold';
import { modelCalls } from './modelCalls';
import type { Texts } from './texts';
import { learnedLine, toldParts } from './toldParts';
import { turnCell } from './turnCells';
import { durationWords, nothingWords } from './words';

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
  if (turn.nothing !== undefined) return emptyTurn(turn, turn.nothing, texts);
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
    ${toldParts(turn, texts)} ${difference(turn.difference, texts)} ${effects(turn, texts)}
    ${
      turn.failing === undefined
        ? turn.message === undefined || turn.status === 'passed'
          ? nothing
          : html`<pre class="code">${turn.message}</pre>`
        : failingTest(turn.failing, texts, around.before)
    }
    ${learnedLine(turn, texts)}
    ${turn.told === undefined ? fold(texts.told, turn.feedback) : nothing}
    ${fold(texts.output, turn.output)} ${modelCalls(turn.calls, texts)}
    ${failedRequests(turn.attempts, texts)}
  </li>`;
}

/** A turn that was spent and brought no program: why, and what was said instead. */
function emptyTurn(turn: TurnStory, reason: string, texts: Texts): TemplateResult {
  return html`<li class="step">
    ${turnCell(turn, texts)}
    <h3 class="step-line">
      ${texts.turn(turn.number)}
      <span class="muted">${texts.noProgram} · ${durationWords(turn.durationMs, texts)}</span>
    </h3>
    <p class="edit-note">${nothingWords(reason, texts)}</p>
    ${modelCalls(turn.calls, texts)} ${failedRequests(turn.attempts, texts)}
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
