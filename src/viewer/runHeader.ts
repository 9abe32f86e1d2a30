import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../engine/domain/view';
import type { ViewerCommand } from './messages';
import { phaseSteps } from './phaseSteps';
import { leftOut, outcome } from './runOutcome';
import { runSpending } from './runSpending';
import { pauseNote, runStops } from './runStops';
import type { Texts } from './texts';
import {
  costWords,
  durationWords,
  intervalWords,
  numberWords,
  shareWords,
  solverWords,
} from './words';

export interface HeaderSurroundings {
  readonly nowMs: number;
  /** When the summary arrived: the clock goes on from its `workedMs`. */
  readonly workedMsAt: number;
  readonly trusted: boolean;
  readonly runs: readonly RunSummary[];
  readonly onRun: (run: string) => void;
  readonly onCommand: (command: ViewerCommand) => void;
  readonly onCard: () => void;
}

/** A run at a glance. */
export function runHeader(run: RunSummary, texts: Texts, around: HeaderSurroundings) {
  const running = run.state === 'running';
  const workedMs = run.workedMs + (running ? around.nowMs - around.workedMsAt : 0);
  return html`
    <header class="run">
      <div class="run-line">
        ${title(run, texts, around)}
        <span class="chip ${run.state}">${texts.states[run.state]}</span>
        ${stateAction(run, texts, around)}
      </div>
      ${run.message === undefined ? nothing : html`<p class="run-message">${stopWords(run, texts)}</p>`}
      ${pauseNote(run, texts)}
      ${
        run.kind === 'rounds'
          ? roundsNote(run, texts, around)
          : html`${runFacts(run, texts, workedMs)} ${outcome(run, texts, around.onCard)}`
      }
    </header>
  `;
}

/** Rounds have a page of their own. */
function roundsNote(run: RunSummary, texts: Texts, { onCommand }: HeaderSurroundings) {
  return html`<p class="hint">
      ${texts.roundsNote(run.round?.number ?? 0, run.goals?.rounds ?? 0)}
    </p>
    <vscode-button @click=${() => onCommand('flywheel.showRounds')}
      >${texts.showRounds}</vscode-button
    >`;
}

function runFacts(run: RunSummary, texts: Texts, workedMs: number): TemplateResult {
  const { solvedVisible, passedHidden } = run;
  const running = run.state === 'running';
  return html`
    <p class="solved">
      <span class="solved-count">${solvedVisible.count}</span>
      <span class="solved-of">${texts.solvedOf(Math.max(solvedVisible.of, run.tasks))}</span>
      <span class="solved-share">
        ${shareWords(solvedVisible)}
        <span class="interval" title=${texts.interval}>${intervalWords(solvedVisible)}</span>
      </span>
    </p>
    ${phaseSteps(run, texts)}
    <dl class="facts">
      ${fact(
        texts.hidden,
        html`${texts.hiddenValue(passedHidden.count, passedHidden.of)}
          <span class="interval" title=${texts.interval}>${intervalWords(passedHidden)}</span>`,
      )}
      ${fact(texts.tried, texts.candidates(numberWords(run.candidates, texts)))}
      ${fact(
        texts.time,
        html`<span class="clock">${durationWords(clockMs(workedMs, running), texts)}</span>`,
      )}
      ${
        run.usage === undefined
          ? fact(texts.solver, solverWords(run.solver, texts))
          : html`${fact(texts.tokens, numberWords(run.usage.tokens, texts))}
            ${fact(texts.cost, costWords(run.usage.costUsd, texts))}
            ${
              run.samples === undefined
                ? nothing
                : fact(texts.samples, texts.samplesEach(run.samples))
            }
            ${fact(solverWords(run.solver, texts), modelName(run), 'whole')}`
      }
    </dl>
    ${runSpending(run, texts)} ${runStops(run, texts)} ${leftOut(run, texts)}
  `;
}

/** The run's name, as a picker where there are several. */
function title(run: RunSummary, texts: Texts, { runs, onRun }: HeaderSurroundings) {
  if (runs.length < 2) return html`<h2 class="run-title" title=${run.title}>${run.title}</h2>`;
  return html`<h2 class="picker">
    <select
      aria-label=${texts.run}
      @change=${(event: Event) => {
        if (event.currentTarget instanceof HTMLSelectElement) onRun(event.currentTarget.value);
      }}
    >
      ${runs.map(
        (one) =>
          html`<option .value=${one.id} .selected=${one.id === run.id}>
            ${runName(one, runs)}
            (${one.solvedVisible.count}/${Math.max(one.solvedVisible.of, one.tasks)})
          </option>`,
      )}
    </select>
    <span class="codicon codicon-chevron-down" aria-hidden="true"></span>
  </h2>`;
}

/** Why it stopped: of a budget in the person's own language, of an endpoint in its words. */
function stopWords({ message = '', stoppedAt }: RunSummary, texts: Texts): string {
  return stoppedAt === undefined ? message : texts.stopped.atBudget(stoppedAt);
}

/** Its title, after its id where another run has the same one. */
function runName({ id, title }: RunSummary, runs: readonly RunSummary[]): string {
  const shared = runs.some((other) => other.title === title && other.id !== id);
  return shared ? `${id} · ${title}` : title;
}

function modelName({ model }: RunSummary): TemplateResult {
  return html`<span title=${model ?? ''}>${model ?? '–'}</span>`;
}

/** Whole seconds while it ticks, so that the last digit does not flicker. */
function clockMs(workedMs: number, running: boolean): number {
  return running ? Math.max(1000, Math.floor(workedMs / 1000) * 1000) : workedMs;
}

function fact(name: string, value: unknown, width = ''): TemplateResult {
  return html`<div class="fact ${width}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function stateAction(run: RunSummary, texts: Texts, around: HeaderSurroundings) {
  if (!around.trusted || run.state === 'finished') return nothing;
  const running = run.state === 'running';
  return html`<button
    class=${running ? 'quiet-button cancel' : 'small-button'}
    title=${running ? texts.cancel : texts.resume}
    @click=${() => around.onCommand(running ? 'flywheel.cancelRun' : 'flywheel.resumeRun')}
  >
    <span
      class="codicon codicon-${running ? 'debug-stop' : 'debug-continue'}"
      aria-hidden="true"
    ></span>
    <span class="button-text">${running ? texts.cancel : texts.resume}</span>
  </button>`;
}
