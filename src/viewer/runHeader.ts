import { html, nothing, type TemplateResult } from 'lit';
import type { Phase, RunSummary } from '../engine/domain/view';
import type { ViewerCommand } from './messages';
import type { Texts } from './texts';
import { durationWords, intervalWords, plainWords, shareWords, solverWords } from './words';

const phases = ['acquire', 'refine', 'update', 'evaluate'] satisfies Phase[];

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
  const { solvedVisible, passedHidden } = run;
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined);
  const running = run.state === 'running';
  const workedMs = run.workedMs + (running ? around.nowMs - around.workedMsAt : 0);
  return html`
    <header class="run">
      <div class="run-line">
        ${title(run, texts, around)}
        <span class="chip ${run.state}">${texts.states[run.state]}</span>
        ${stateAction(run, texts, around)}
      </div>
      ${run.message === undefined ? nothing : html`<p class="run-message">${run.message}</p>`}
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
        ${fact(texts.tried, texts.candidates(number.format(run.candidates)))}
        ${fact(
          texts.time,
          html`<span class="clock">${durationWords(clockMs(workedMs, running), texts)}</span>`,
        )}
        ${fact(texts.solver, solverWords(run.solver, texts))}
      </dl>
      ${outcome(run, texts, around)}
    </header>
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
            ${one.title} (${one.solvedVisible.count}/${Math.max(one.solvedVisible.of, one.tasks)})
          </option>`,
      )}
    </select>
    <span class="codicon codicon-chevron-down" aria-hidden="true"></span>
  </h2>`;
}

/** Whole seconds while it ticks, so that the last digit does not flicker. */
function clockMs(workedMs: number, running: boolean): number {
  return running ? Math.max(1000, Math.floor(workedMs / 1000) * 1000) : workedMs;
}

function fact(name: string, value: unknown): TemplateResult {
  return html`<div class="fact">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function stateAction(run: RunSummary, texts: Texts, around: HeaderSurroundings) {
  if (!around.trusted || run.state === 'finished') return nothing;
  const running = run.state === 'running';
  return html`<button
    class=${running ? 'quiet-button' : 'small-button'}
    @click=${() => around.onCommand(running ? 'flywheel.cancelRun' : 'flywheel.resumeRun')}
  >
    <span
      class="codicon codicon-${running ? 'debug-stop' : 'debug-continue'}"
      aria-hidden="true"
    ></span>
    ${running ? texts.cancel : texts.resume}
  </button>`;
}

/** The four parts of a turn of the wheel, each with its own bar. */
function phaseSteps(run: RunSummary, texts: Texts): TemplateResult {
  const finished = run.state === 'finished';
  const current = run.phase === undefined ? -1 : phases.indexOf(run.phase);
  return html`<ol class="phases" aria-label=${texts.phase}>
    ${phases.map((phase, index) => {
      const done = finished || index < current;
      const now = !finished && index === current;
      return phaseStep(phase, done ? 'done' : now ? 'now' : 'next', run, texts);
    })}
  </ol>`;
}

function phaseStep(phase: Phase, state: 'done' | 'now' | 'next', run: RunSummary, texts: Texts) {
  const { done = 0, total = 0 } = run;
  const name = texts.phases[phase];
  const share = state === 'done' ? 1 : state === 'now' && total > 0 ? done / total : 0;
  const counts = state === 'now' && total > 0 ? texts.phaseDone(done, total) : '';
  return html`<li class="phase ${state}" aria-current=${state === 'now' ? 'step' : nothing}>
    <progress
      max="1"
      .value=${share}
      aria-label=${counts === '' ? name : `${name}, ${counts}`}
    ></progress>
    <span class="phase-name" title=${counts}>
      ${
        state === 'done'
          ? html`<span class="codicon codicon-check" aria-hidden="true"></span>`
          : nothing
      }${name}
    </span>
  </li>`;
}

/** What came of it: pairs and their dataset, and what was turned away at the gate. */
function outcome(run: RunSummary, texts: Texts, around: HeaderSurroundings) {
  const rejected = Object.entries(run.rejected ?? {}).filter(([, count]) => count > 0);
  const sum = rejected.reduce((total, [, count]) => total + count, 0);
  return html`
    ${
      run.pairs === undefined && run.dataset === undefined
        ? nothing
        : html`<p class="pairs">
            <span class="codicon codicon-verified" aria-hidden="true"></span>
            ${texts.pairs(run.pairs ?? 0)}
            ${
              run.dataset === undefined
                ? nothing
                : html`<button
                    class="link"
                    title=${texts.datasetIn(run.dataset)}
                    @click=${around.onCard}
                  >
                    ${texts.openCard}
                  </button>`
            }
          </p>`
    }
    ${
      sum === 0
        ? nothing
        : html`<details class="rejected">
            <summary>${texts.rejected(sum)}</summary>
            <ul>
              ${rejected
                .sort(([, a], [, b]) => b - a)
                .map(
                  ([reason, count]) =>
                    html`<li><span class="count">${count}</span> ${plainWords(reason)}</li>`,
                )}
            </ul>
          </details>`
    }
  `;
}
