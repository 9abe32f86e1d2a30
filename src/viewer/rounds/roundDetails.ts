import { html, nothing, type TemplateResult } from 'lit';
import type { RoundStep } from '../../engine/domain/rounds';
import type { RoundStory } from '../../engine/domain/roundsStory';
import type { RunSummary } from '../../engine/domain/view';
import type { StepQuestion } from './messages';
import { movedTasks } from './movedTasks';
import type { RoundsTexts } from './texts';
import {
  pointsInterval,
  pointsWords,
  reasonsWords,
  stepRun,
  steps,
  stepState,
  stepWords,
  verdictWords,
  type StepState,
} from './words';

export interface RoundAround {
  readonly run: RunSummary;
  readonly question: StepQuestion | null;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onTask: (run: string, task: string) => void;
  readonly onPart: (run: string) => void;
}

/** One round: its steps, what they warned of, its verdict, and the tasks that moved. */
export function roundDetails(
  round: RoundStory,
  texts: RoundsTexts,
  around: RoundAround,
): TemplateResult {
  const { compare, evolve } = round;
  return html`<details class="round" .open=${around.isOpen}>
    <summary
      @click=${(event: Event) => {
        // The page opens and closes it, so that what the person chose is told from what is usual.
        event.preventDefault();
        around.onToggle(!around.isOpen);
      }}
    >
      <span class="round-name">${texts.roundName(round.number)}</span>
      ${summaryWords(round, texts, around)}
    </summary>
    <div class="round-body">
      <ol class="round-steps" aria-label=${texts.stepsLabel}>
        ${steps.map((step) => stepItem(round, step, texts, around))}
      </ol>
      ${(evolve?.warnings ?? []).map(
        (warning) =>
          html`<p class="warning">
            <span class="codicon codicon-warning" aria-hidden="true"></span>
            ${texts.warnings[warning]}
          </p>`,
      )}
      ${leftOut(round, texts)} ${compare ? verdict(compare, texts) : nothing}
      ${compare ? movedTasks(compare, texts, around.onTask) : nothing}
      ${chosen(round, texts, around)}
    </div>
  </details>`;
}

function summaryWords(round: RoundStory, texts: RoundsTexts, { run }: RoundAround) {
  const { compare } = round;
  if (compare === undefined) {
    const isNow = run.state === 'running' && run.round?.number === round.number;
    return html`<span class="muted">${isNow ? texts.underWay : texts.notEnded}</span>`;
  }
  return html`<span class="verdict ${compare.outcome}">
      <span class="codicon codicon-${outcomeIcons[compare.outcome]}" aria-hidden="true"></span>
      ${verdictWords(round, texts)}
    </span>
    <span class="muted">
      ${texts.points(pointsWords(compare.difference))} ${pointsInterval(compare.interval)}
    </span>`;
}

const outcomeIcons = { better: 'arrow-up', worse: 'arrow-down', cannotTell: 'question' } as const;

const stepIcons: Readonly<Record<StepState, string>> = {
  done: 'pass-filled',
  now: 'sync',
  waits: 'question',
  stopped: 'debug-pause',
  next: 'circle-large-outline',
};

function stepItem(
  round: RoundStory,
  step: RoundStep,
  texts: RoundsTexts,
  { run, question, onPart }: RoundAround,
): TemplateResult {
  const state = stepState(round, step, run, question);
  const words = stepWords(round, step, texts);
  const part = stepRun(round, step);
  const name = texts.steps[step];
  const counts =
    state === 'now' && (run.total ?? 0) > 0 ? texts.doneOf(run.done ?? 0, run.total ?? 0) : '';
  return html`<li class="round-step ${state}" aria-current=${state === 'now' ? 'step' : nothing}>
    <span class="round-step-name">
      <span class="codicon codicon-${stepIcons[state]}" aria-hidden="true"></span>
      ${name}
      ${
        part === null
          ? nothing
          : html`<button
              class="link"
              aria-label=${texts.showPart(name)}
              title=${texts.showPart(name)}
              @click=${() => onPart(part)}
            >
              ${texts.show}
            </button>`
      }
    </span>
    <span class="round-step-words"
      >${words === '' ? [texts.stepStates[state], counts].filter(Boolean).join(' · ') : words}</span
    >
    ${
      round.confirmed.includes(step)
        ? html`<span class="muted small">${texts.confirmedByYou}</span>`
        : nothing
    }
  </li>`;
}

function leftOut({ evolve, update, choose }: RoundStory, texts: RoundsTexts) {
  const rejected = reasonsWords(evolve?.rejected ?? {});
  const refused = reasonsWords(update?.refused ?? {});
  const lines = [
    choose?.isUniform === true ? texts.byChance : '',
    rejected === '' ? '' : texts.rejected(rejected),
    refused === '' ? '' : texts.refused(refused),
  ].filter((line) => line !== '');
  return lines.map((line) => html`<p class="muted small">${line}</p>`);
}

function verdict(compare: NonNullable<RoundStory['compare']>, texts: RoundsTexts): TemplateResult {
  const { outcome, isKept, reason, p, detectable, isHopeless } = compare;
  const power =
    isHopeless || detectable === null
      ? texts.hopeless
      : texts.detectable((100 * detectable).toFixed(0));
  return html`<p class="verdict-line">
    <strong class="verdict ${outcome}">${texts.outcomes[outcome]}</strong>
    <span class="chip">${isKept ? texts.kept : texts.rolledBack}</span>
    ${texts.reasons[reason]}
    <span class="muted">${texts.pValue(p < 0.001 ? '< 0.001' : p.toFixed(3))}. ${power}</span>
  </p>`;
}

function chosen({ choose }: RoundStory, texts: RoundsTexts, { onTask }: RoundAround) {
  if (choose === undefined || choose.tasks.length === 0) return nothing;
  return html`<details class="fold">
    <summary>${texts.chosenTasks(choose.chosen)}</summary>
    <p class="muted small">${texts.toldWhat}</p>
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">${texts.task}</th>
          <th scope="col">${texts.told}</th>
        </tr>
      </thead>
      <tbody>
        ${choose.tasks.map(
          ({ task, id, information }) =>
            html`<tr>
              <th scope="row">
                <button class="link task-link" @click=${() => onTask(choose.run, task)}>
                  ${id}
                </button>
              </th>
              <td class="number">${information.toFixed(2)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
