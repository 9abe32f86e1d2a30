import { html, nothing, type TemplateResult } from 'lit';
import type { FailingTest } from '../engine/domain/view';
import type { Texts } from './texts';

/**
 * A test that did not hold: its statement, and expected and got side by side. Of a test that failed
 * `before` in the same way, its name is enough, and its statement is not told twice.
 */
export function failingTest(test: FailingTest, texts: Texts, before?: FailingTest): TemplateResult {
  const { statement, expected, actual, message } = test;
  const compared = expected !== undefined || actual !== undefined;
  const known = before?.id === test.id && before.statement === statement;
  const same = known && before.actual === actual && before.message === message;
  if (same) return html`<div class="failing">${testLine(test, texts.failingAsBefore)}</div>`;
  return html`<div class="failing">
    ${testLine(test, texts.failing)}
    ${statement === undefined || known ? nothing : html`<pre class="code">${statement}</pre>`}
    ${
      compared
        ? html`<div class="sides ${isShort(expected) && isShort(actual) ? 'short' : ''}">
            ${side(texts.expected, expected)} ${side(texts.got, actual)}
          </div>`
        : message === undefined
          ? nothing
          : html`<pre class="code">${message}</pre>`
    }
  </div>`;
}

function testLine({ id }: FailingTest, what: string): TemplateResult {
  return html`<p class="failing-line">
    <span class="muted">${what}</span> <code class="test-name" title=${id}>${shortName(id)}</code>
  </p>`;
}

/** `TestDates.test_leap` without the class, which the whole name in the tooltip has. */
function shortName(id: string): string {
  return /^[\w.]+$/.test(id) ? (id.split('.').at(-1) ?? id) : id;
}

/** Fits beside another in a narrow panel. */
function isShort(value = ''): boolean {
  return value.length <= 12 && !value.includes('\n');
}

function side(name: string, value: string | undefined): TemplateResult {
  return html`<div class="side">
    <span class="muted">${name}</span>
    <pre>${value ?? '–'}</pre>
  </div>`;
}
