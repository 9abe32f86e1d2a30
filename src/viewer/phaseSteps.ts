import { html, nothing, type TemplateResult } from 'lit';
import type { Phase, RunSummary } from '../engine/domain/view';
import type { Texts } from './texts';

const phases = ['acquire', 'refine', 'update', 'evaluate'] satisfies Phase[];

/** The four parts of a turn of the wheel, each with its own bar. */
export function phaseSteps(run: RunSummary, texts: Texts): TemplateResult {
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
