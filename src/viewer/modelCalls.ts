import { html, nothing, type TemplateResult } from 'lit';
import type { CallStory } from '../engine/domain/view';
import { fold, folded } from './fold';
import type { Texts } from './texts';
import { costWords, numberWords } from './words';

/** The model calls of a turn in one line, with what was said behind it. */
export function modelCalls(
  calls: readonly CallStory[] | undefined,
  texts: Texts,
): TemplateResult | typeof nothing {
  if (calls === undefined || calls.length === 0) return nothing;
  const name = html`${texts.modelCalls(calls.length)}
    <span class="spent">${tokenWords(calls, texts)} · ${costOf(calls, texts)}</span>`;
  return folded(
    name,
    html`<ol class="calls">
      ${calls.map((call) => modelCall(call, texts))}
    </ol>`,
  );
}

function modelCall(call: CallStory, texts: Texts): TemplateResult {
  const { kind, model, prompt, replies, refused } = call;
  const kinds: Readonly<Record<string, string>> = texts.callKinds;
  return html`<li class="call">
    <p class="call-line">
      <strong>${kinds[kind] ?? kind}</strong>
      <span class="muted">${tokenWords([call], texts)} · ${costOf([call], texts)}</span>
    </p>
    <p class="call-line muted">${model} · ${texts.promptVersion(prompt)}</p>
    ${refused === undefined ? nothing : html`<p class="warned">${texts.refused(refused)}</p>`}
    ${replies.map(
      ({ text, reasoning }, index) => html`
        ${fold(`${replyName(index, replies.length, texts)} · ${texts.reasoning}`, reasoning)}
        <pre class="text" tabindex="0" aria-label=${replyName(index, replies.length, texts)}>
${text === '' ? texts.noReply : text}</pre>
      `,
    )}
  </li>`;
}

function replyName(index: number, of: number, texts: Texts): string {
  return of === 1 ? texts.reply : texts.replyOf(index + 1, of);
}

/** Tokens in and out of calls; those that nobody counted are said to be unknown. */
function tokenWords(calls: readonly CallStory[], texts: Texts): string {
  const sum = (counts: readonly (number | null)[]): string =>
    counts.includes(null)
      ? texts.unknown
      : numberWords(
          counts.reduce<number>((total, count) => total + (count ?? 0), 0),
          texts,
        );
  const into = sum(calls.map(({ promptTokens }) => promptTokens));
  const out = sum(calls.map(({ completionTokens }) => completionTokens));
  return texts.tokensInOut(into, out);
}

function costOf(calls: readonly CallStory[], texts: Texts): string {
  const known = calls.every(({ costUsd }) => costUsd !== null);
  const usd = calls.reduce((total, { costUsd }) => total + (costUsd ?? 0), 0);
  return texts.costs(costWords(known ? usd : null, texts));
}
