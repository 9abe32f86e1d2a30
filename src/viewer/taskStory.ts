import { html, nothing, type TemplateResult } from 'lit';
import type { LiveText, TaskStory, TurnStory } from '../engine/domain/view';
import { openTurn } from './failedRequests';
import { failingTest } from './failingTest';
import { fold } from './fold';
import { sampleSwitch } from './sampleSwitch';
import { storyTurn } from './storyTurn';
import { taskName } from './taskName';
import type { Texts } from './texts';
import { languageMark, rowWords } from './words';
import { turnCell } from './turnCells';
import { writingStep } from './writingStep';

export interface StorySurroundings {
  readonly wide: boolean;
  readonly running: boolean;
  /** A chat model writes the programs. */
  readonly isChat: boolean;
  /** What it is writing now of this task. */
  readonly live: LiveText | null;
  readonly onBack: () => void;
  readonly onSample: (sample: number) => void;
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
    ${sampleSwitch(story, texts, around.onSample)} ${fold(texts.prompt, story.prompt)}
    <ol class="timeline">
      ${starter(story, texts)}
      ${turns.map((turn, index) =>
        storyTurn(turn, {
          texts,
          before: madeFrom(turn, story)?.failing,
          answer: index === story.answer && row.state === 'ended',
          onChanges: () => around.onChanges(turn.number),
        }),
      )}
      ${(story.open ?? []).map((turn) => openTurn(turn, texts))}
      ${writingStep(story, texts, around)}
    </ol>
    ${
      row.stop === undefined
        ? nothing
        : html`<p class="stop">
            <span
              class="codicon codicon-${row.stop === 'solved' ? 'pass' : 'stop-circle'}"
              aria-hidden="true"
            ></span>
            <span>
              ${texts.stopSentences[row.stop]}
              ${
                story.chosenBy === undefined || story.answer === null
                  ? nothing
                  : texts.chosenBy[story.chosenBy]
              }
            </span>
          </p>`
    }
    ${actions(story, texts, around)}
  `;
}

/** What a turn is compared with: a turn before it, or the starter. */
function madeFrom(
  { number, against }: TurnStory,
  { turns, starter }: TaskStory,
): { readonly failing?: TurnStory['failing'] } | undefined {
  const before = turns.filter((turn) => turn.number < number && turn.nothing === undefined);
  const base = against === undefined ? before.at(-1)?.number : against;
  return before.find((turn) => turn.number === base) ?? starter;
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
  const last = story.turns.findLast(({ program }) => program !== null);
  const chosen = story.answer === null ? last : story.turns[story.answer];
  if (chosen === undefined) return nothing;
  return html`<footer class="actions">
    <vscode-button @click=${() => around.onChanges(chosen.number)}>
      ${texts.showChanges}
    </vscode-button>
    <vscode-button secondary @click=${() => around.onCopy(chosen.number)}>
      ${texts.copyProgram}
    </vscode-button>
    ${
      chosen.isolation === undefined
        ? nothing
        : html`<span class="isolation">${texts.isolation[chosen.isolation]}</span>`
    }
  </footer>`;
}
