import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../engine/domain/view';
import type { Texts } from './texts';
import { leftOutWords, rejectionWords } from './words';

/** Languages that the run does without, for this machine cannot isolate their programs. */
export function leftOut(run: RunSummary, texts: Texts): TemplateResult | typeof nothing {
  if (run.leftOut === undefined || run.leftOut.length === 0) return nothing;
  return html`<ul class="left-out">
    ${run.leftOut.map(
      (one) =>
        html`<li>
          <span class="codicon codicon-warning" aria-hidden="true"></span>
          <span>${leftOutWords(one, texts)}</span>
        </li>`,
    )}
  </ul>`;
}

/** What came of it: pairs and their dataset, and what was turned away at the gate. */
export function outcome(run: RunSummary, texts: Texts, onCard: () => void): TemplateResult {
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
                : html`<button class="link" title=${texts.datasetIn(run.dataset)} @click=${onCard}>
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
                    html`<li>
                      <span class="count">${count}</span> ${rejectionWords(reason, texts)}
                    </li>`,
                )}
            </ul>
          </details>`
    }
  `;
}
