import { html, nothing, type TemplateResult } from 'lit';
import type { TaskStory } from '../engine/domain/view';
import { failingTest } from './failingTest';
import { storyTurn } from './storyTurn';
import { taskName } from './taskName';
import type { Texts } from './texts';
import { languageMark, rowWords } from './words';
import { turnCell } from './turnCells';

export interface StorySurroundings {
  readonly wide: boolean;
  readonly running: boolean;
  readonly onBack: () => void;
  readonly onChanges: (turn: number) => void;
  readonly onCopy: (turn: number) => void;
}

/** One task from its prompt to its end, top to bottom. Escape leaves it. */
export function taskStory(
  task: string | null,
  story: TaskStory | null,
  texts: Texts,
  around: StorySurroundings,
): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    around.onBack();
  };
  return html`<section class="pane story" tabindex="-1" aria-label=${texts.story} @keydown=${onKey}>
    ${around.wide ? nothing : backButton(texts, around)}
    ${
      task === null
        ? html`<p class="hint">${texts.chooseTask}</p>`
        : story === null
          ? html`<p class="hint">${texts.loading}</p>`
          : body(story, texts, around)
    }
  </section>`;
}

function backButton(texts: Texts, around: StorySurroundings): TemplateResult {
  return html`<button class="back quiet-button" @click=${around.onBack}>
    <span class="codicon codicon-arrow-left" aria-hidden="true"></span> ${texts.back}
  </button>`;
}

function body(story: TaskStory, texts: Texts, around: StorySurroundings): TemplateResult {
  const { row, turns } = story;
  const { variant } = taskName(row);
  return html`
    <header class="story-header">
      <h2 class="story-title">
        ${breakable(row.entryPoint)}
        ${variant === '' ? nothing : html`<span class="variant">${variant}</span>`}
        <span class="language">${languageMark(row.language)}</span>
      </h2>
      <p class="story-words">${rowWords(row, texts, around.running)}</p>
      <p class="story-id">
        <span class="id" title=${row.id}>${row.id}</span> ·
        ${texts.testCounts(story.visibleTests, story.hiddenTests)}
      </p>
    </header>
    <details class="fold">
      <summary>${texts.prompt}</summary>
      <pre class="text" tabindex="0">${story.prompt}</pre>
    </details>
    <ol class="timeline">
      ${starter(story, texts)}
      ${turns.map((turn, index) =>
        storyTurn(turn, {
          texts,
          before: index === 0 ? story.starter?.failing : turns[index - 1]?.failing,
          answer: index === story.answer && row.state === 'ended',
          onChanges: () => around.onChanges(turn.number),
        }),
      )}
      ${
        row.state === 'running' && around.running
          ? html`<li class="step">
              <span class="cell now"
                ><span class="codicon codicon-play" aria-hidden="true"></span
              ></span>
              <p class="step-line">${texts.turn(turns.length + 1)} ${texts.answering}</p>
            </li>`
          : nothing
      }
    </ol>
    ${
      row.stop === undefined
        ? nothing
        : html`<p class="stop">
            <span
              class="codicon codicon-${row.stop === 'solved' ? 'pass' : 'stop-circle'}"
              aria-hidden="true"
            ></span>
            ${texts.stopSentences[row.stop]}
          </p>`
    }
    ${actions(story, texts, around)}
  `;
}

/** A name that breaks after its underscores where it must, and not inside a word. */
function breakable(name: string): TemplateResult[] {
  return name.split(/(?<=_)/).map((part) => html`${part}<wbr />`);
}

function starter({ starter }: TaskStory, texts: Texts): TemplateResult | typeof nothing {
  if (starter === undefined) return nothing;
  const { status, passed, of } = starter;
  const cell = { number: 0, status, passed, of, screened: 1 };
  return html`<li class="step">
    ${turnCell(cell, texts)}
    <h3 class="step-line">
      ${texts.starter}
      <span class="muted">${texts.starterWords(texts.statuses[status], passed, of)}</span>
    </h3>
    ${starter.failing === undefined ? nothing : failingTest(starter.failing, texts)}
  </li>`;
}

/** What can be done with what is on screen, and what isolates its verdicts. */
function actions(story: TaskStory, texts: Texts, around: StorySurroundings) {
  const chosen = story.turns[story.answer ?? story.turns.length - 1];
  if (chosen === undefined) return nothing;
  return html`<footer class="actions">
    <vscode-button @click=${() => around.onChanges(chosen.number)}>
      ${texts.showChanges}
    </vscode-button>
    <vscode-button secondary @click=${() => around.onCopy(chosen.number)}>
      ${texts.copyProgram}
    </vscode-button>
    <span class="isolation">${texts.isolation[chosen.isolation]}</span>
  </footer>`;
}
