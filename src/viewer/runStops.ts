import { html, nothing, type TemplateResult } from 'lit';
import type { StopReason } from '../engine/domain/trajectory';
import type { RunSummary } from '../engine/domain/view';
import type { Texts } from './texts';

const stopOrder = [
  'solved',
  'turnsUsed',
  'candidatesUsed',
  'repeating',
  'modelRefused',
  'modelUnavailable',
  'budget',
  'cancelled',
  'infrastructure',
] as const satisfies readonly StopReason[];

/** Why a run stopped before its end, and what the person can do about it. */
export function pauseNote(run: RunSummary, texts: Texts): TemplateResult | typeof nothing {
  if (run.pausedBy === undefined) return nothing;
  return html`<p class="pause">
    <span class="codicon codicon-debug-pause" aria-hidden="true"></span>
    <span>${texts.pauses[run.pausedBy]}</span>
  </p>`;
}

/** How trajectories ended, counted, where any ended otherwise than solved. */
export function runStops({ stops }: RunSummary, texts: Texts): TemplateResult | typeof nothing {
  const counted = stopOrder.flatMap((stop) => {
    const count = stops[stop] ?? 0;
    return count === 0 ? [] : [{ stop, count }];
  });
  if (counted.every(({ stop }) => stop === 'solved')) return nothing;
  return html`<ul class="stops" aria-label=${texts.stopsLabel}>
    ${counted.map(
      ({ stop, count }) =>
        html`<li title=${texts.stopSentences[stop]}>
          <span class="count">${count}</span> ${texts.stops[stop]}
        </li>`,
    )}
  </ul>`;
}
