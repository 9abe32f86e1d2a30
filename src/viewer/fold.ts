import { html, nothing, type TemplateResult } from 'lit';

/** A text behind its name, closed until it is asked for; nothing where there is no text. */
export function fold(name: string, text: string | undefined): TemplateResult | typeof nothing {
  if (text === undefined || text === '') return nothing;
  return folded(name, html`<pre class="text" tabindex="0">${text}</pre>`);
}

/** Anything behind its name. */
export function folded(name: unknown, content: TemplateResult): TemplateResult {
  return html`<details class="fold">
    <summary>${name}</summary>
    ${content}
  </details>`;
}
