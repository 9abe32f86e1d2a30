import { html, nothing, type TemplateResult } from 'lit';
import type { AttemptStory, OpenTurn } from '../engine/domain/view';
import { fold, folded } from './fold';
import type { Texts } from './texts';
import { costWords, durationWords, numberWords } from './words';

/** Requests of a turn that brought no usable reply, in one line, with what is known behind it. */
export function failedRequests(
  attempts: readonly AttemptStory[] | undefined,
  texts: Texts,
): TemplateResult | typeof nothing {
  if (attempts === undefined || attempts.length === 0) return nothing;
  return folded(html`${texts.failedRequests(attempts.length)}`, list(attempts, texts));
}

/** A turn of which nothing came by now, and why. */
export function openTurn({ number, attempts }: OpenTurn, texts: Texts): TemplateResult {
  return html`<li class="step">
    <h3 class="step-line">
      ${number === 0 ? texts.ownTests : texts.turn(number)}
      <span class="muted">${texts.notEnded}</span>
    </h3>
    <p class="edit-note">${texts.failedRequests(attempts.length)}</p>
    ${list(attempts, texts)}
  </li>`;
}

function list(attempts: readonly AttemptStory[], texts: Texts): TemplateResult {
  return html`<ol class="calls">
    ${attempts.map((attempt) => request(attempt, texts))}
  </ol>`;
}

function request(attempt: AttemptStory, texts: Texts): TemplateResult {
  const { reason, durationMs, tokens, costUsd, decision, waitMs, body, partial } = attempt;
  const spent =
    tokens === null || tokens === 0
      ? ''
      : ` · ${texts.tokensCounted(numberWords(tokens, texts))} · ${texts.costs(costWords(costUsd, texts))}`;
  const decided =
    decision === 'again'
      ? texts.triedAgain(durationWords(waitMs ?? 0, texts))
      : texts.decisions[decision];
  return html`<li class="call">
    <p class="call-line warned">${reason}</p>
    <p class="call-line muted">${durationWords(durationMs, texts)}${spent} · ${decided}</p>
    ${fold(texts.errorBody, body)} ${fold(texts.partialReply, partial)}
  </li>`;
}
