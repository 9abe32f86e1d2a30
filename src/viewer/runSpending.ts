import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../engine/domain/view';
import type { Texts } from './texts';
import { costWords, durationWords, numberWords } from './words';

interface Bound {
  readonly words: string;
  /** From 0 to 1; null where it is not known. */
  readonly share: number | null;
}

/** What is used of the budget of a run, a line for each bound that it has. */
export function runSpending(run: RunSummary, texts: Texts): TemplateResult | typeof nothing {
  const bounds = boundsOf(run, texts);
  if (bounds.length === 0) return nothing;
  return html`<p class="budget-name" id="budget">${texts.budget}</p>
    <ul class="budget" aria-labelledby="budget">
      ${bounds.map(
        ({ words, share }) =>
          html`<li>
            <span class="budget-words">${words}</span>
            ${
              share === null
                ? nothing
                : html`<progress
                    max="1"
                    .value=${Math.min(1, share)}
                    aria-label=${words}
                  ></progress>`
            }
          </li>`,
      )}
    </ul>`;
}

function boundsOf({ budget, usage }: RunSummary, texts: Texts): Bound[] {
  if (budget === undefined || usage === undefined) return [];
  const { maxUsd, maxTokens, maxCalls, maxWallMs } = budget;
  const { costUsd, tokens, calls } = usage;
  const bounds: Bound[] = [];
  if (maxUsd !== undefined) {
    const words = texts.usedOf(costWords(costUsd, texts), costWords(maxUsd, texts));
    bounds.push({ words, share: costUsd === null ? null : shareOf(costUsd, maxUsd) });
  }
  if (maxTokens !== undefined) {
    const words = texts.tokensOf(numberWords(tokens, texts), numberWords(maxTokens, texts));
    bounds.push({ words, share: shareOf(tokens, maxTokens) });
  }
  if (maxCalls !== undefined) {
    const words = texts.callsOf(numberWords(calls, texts), numberWords(maxCalls, texts));
    bounds.push({ words, share: shareOf(calls, maxCalls) });
  }
  if (maxWallMs !== undefined) {
    bounds.push({ words: texts.atMost(durationWords(maxWallMs, texts)), share: null });
  }
  return bounds;
}

function shareOf(used: number, of: number): number {
  return of > 0 ? used / of : 1;
}
