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
    const used = texts.usedOf(costWords(costUsd, texts), costWords(maxUsd, texts));
    // Where tokens have a line of their own, it stands there.
    const lost = maxTokens === undefined ? unansweredWords(usage.unanswered, texts) : [];
    const words = [used, ...lost].join(' · ');
    bounds.push({ words, share: costUsd === null ? null : shareOf(costUsd, maxUsd) });
  }
  if (maxTokens !== undefined) {
    const used = texts.tokensOf(numberWords(tokens, texts), numberWords(maxTokens, texts));
    const words = [used, ...unansweredWords(usage.unanswered, texts)].join(' · ');
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

/** Tokens that were reserved for calls of which no answer came are no use that anybody counted. */
function unansweredWords(tokens: number | undefined, texts: Texts): string[] {
  return tokens === undefined
    ? []
    : [texts.unanswered(texts.tokensCount(numberWords(tokens, texts)))];
}

function shareOf(used: number, of: number): number {
  return of > 0 ? used / of : 1;
}
