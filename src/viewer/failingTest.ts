import { html, nothing, type TemplateResult } from 'lit';
import type { FailingTest } from '../engine/domain/view';
import type { Texts } from './texts';

/** A test that did not hold: its statement, and expected and got side by side. */
export function failingTest(test: FailingTest, texts: Texts): TemplateResult {
  const { statement, expected, actual, message } = test;
  const compared = expected !== undefined || actual !== undefined;
  return html`<div class="failing">
    <p class="failing-line">
      <span class="muted">${texts.failing}</span> <code class="test-name">${test.id}</code>
    </p>
    ${statement === undefined ? nothing : html`<pre class="code">${statement}</pre>`}
    ${
      compared
        ? html`<div class="sides">
            ${side(texts.expected, expected)} ${side(texts.got, actual)}
          </div>`
        : message === undefined
          ? nothing
          : html`<pre class="code">${message}</pre>`
    }
  </div>`;
}

function side(name: string, value: string | undefined): TemplateResult {
  return html`<div class="side">
    <span class="muted">${name}</span>
    <pre>${value ?? '–'}</pre>
  </div>`;
}
