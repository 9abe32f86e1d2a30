import { html, nothing, type TemplateResult } from 'lit';
import type { TraceStep, TraceStory } from '../engine/domain/view';
import type { Texts } from './texts';

/** An execution as a table: a statement a row, with the variables that it changed. */
export function traceTable(trace: TraceStory, texts: Texts): TemplateResult {
  const { steps, omitted, omittedBefore } = trace;
  return html`<div class="trace" tabindex="0" role="group" aria-label=${trace.test}>
    <table>
      <caption>
        <code>${trace.test}</code>
      </caption>
      <thead>
        <tr>
          <th scope="col">${texts.traceLine}</th>
          <th scope="col">${texts.traceStatement}</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          (step, index) =>
            html`${
              omitted > 0 && index === omittedBefore
                ? html`<tr class="omitted">
                    <td colspan="2">${texts.traceOmitted(omitted)}</td>
                  </tr>`
                : nothing
            }${
              step.function !== null && step.function !== steps[index - 1]?.function
                ? html`<tr class="function">
                    <th colspan="2" scope="rowgroup">${texts.traceIn(step.function)}</th>
                  </tr>`
                : nothing
            }${row(step, texts)}`,
        )}
      </tbody>
    </table>
  </div>`;
}

function row(step: TraceStep, texts: Texts): TemplateResult {
  const { line, source, changed, returned, raised } = step;
  return html`<tr class=${raised === undefined ? '' : 'raised'}>
    <td class="number">${line}</td>
    <td>
      <code>${source}</code>
      ${changed.map(({ name, value }) => html`<span class="value">${name} = ${value}</span>`)}
      ${returned === undefined ? nothing : html`<span class="value end">${texts.returned} ${returned}</span>`}
      ${raised === undefined ? nothing : html`<span class="value end">${texts.raised} ${raised}</span>`}
    </td>
  </tr>`;
}
