import { html, nothing, type TemplateResult } from 'lit';
import type { TurnStory } from '../engine/domain/view';
import { fold, folded } from './fold';
import type { Texts } from './texts';
import { traceTable } from './traceTable';

/** What stood in front of the solver when it wrote a turn: what to build upon, and what of it. */
export function toldParts(turn: TurnStory, texts: Texts): TemplateResult | typeof nothing {
  const { told, trace } = turn;
  if (told === undefined) return nothing;
  const { feedback, lessons } = told;
  return html`
    <p class="basis">
      <span
        class="codicon codicon-${told.about === null ? 'sparkle' : 'indent'}"
        aria-hidden="true"
      ></span>
      <span>
        ${base(turn.number, told.about, texts)}
        ${
          feedback === undefined
            ? nothing
            : html`<span class="muted">· ${texts.feedbackKinds[feedback.kind]}</span>`
        }
      </span>
    </p>
    ${lineList(texts.lessons, 'lightbulb', lessons)} ${fold(texts.toldText, feedback?.text)}
    ${fold(explanationName(feedback?.selfJudgement, texts), feedback?.explanation)}
    ${
      trace === undefined
        ? nothing
        : folded(texts.traceOf(trace.steps.length + trace.omitted), traceTable(trace, texts))
    }
  `;
}

function base(turn: number, about: number | null, texts: Texts): string {
  if (about !== null) return texts.builtUpon(about);
  return turn === 1 ? texts.noStarter : texts.freshSample;
}

/** The line that the solver wrote down for its later turns. */
export function learnedLine(turn: TurnStory, texts: Texts): TemplateResult | typeof nothing {
  const learned = turn.told?.learned;
  return lineList(texts.learned, 'bookmark', learned === undefined ? [] : [learned]);
}

function explanationName(judgement: 'right' | 'wrong' | undefined, texts: Texts): string {
  if (judgement === undefined) return texts.explanation;
  return `${texts.explanation} · ${judgement === 'right' ? texts.heldRight : texts.heldWrong}`;
}

function lineList(
  name: string,
  icon: string,
  lines: readonly string[],
): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  return html`<ul class="lessons" aria-label=${name}>
    ${lines.map(
      (line) =>
        html`<li title=${name}>
          <span class="codicon codicon-${icon}" aria-hidden="true"></span>
          <span><span class="muted">${name}</span> ${line}</span>
        </li>`,
    )}
  </ul>`;
}
