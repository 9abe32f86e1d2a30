import { html, nothing, type TemplateResult } from 'lit';
import type { HostProblem, ViewerCommand } from './messages';
import type { Texts } from './texts';

/** No run yet: what the product shows, and the one next step. */
export function emptyPage(
  trusted: boolean,
  texts: Texts,
  onCommand: (command: ViewerCommand) => void,
): TemplateResult {
  return html`
    <section class="empty">
      <span class="codicon codicon-sync empty-icon" aria-hidden="true"></span>
      <h2>${texts.emptyTitle}</h2>
      <p>${trusted ? texts.emptyText : texts.untrusted}</p>
      ${
        trusted
          ? html`<vscode-button @click=${() => onCommand('flywheel.runDemo')}
              >${texts.runDemo}</vscode-button
            >`
          : nothing
      }
    </section>
  `;
}

/** The runs could not be read: why, what mends it, and another try. */
export function problemPage(
  problem: HostProblem,
  texts: Texts,
  onRetry: () => void,
): TemplateResult {
  return html`
    <section class="empty" role="alert">
      <span class="codicon codicon-error empty-icon failed" aria-hidden="true"></span>
      <h2>${texts.problemTitle}</h2>
      <p>${problem.message}</p>
      ${problem.mend === null ? nothing : html`<p>${problem.mend}</p>`}
      <vscode-button @click=${onRetry}>${texts.tryAgain}</vscode-button>
    </section>
  `;
}

export function untrustedNote(texts: Texts): TemplateResult {
  return html`<p class="note">
    <span class="codicon codicon-workspace-untrusted" aria-hidden="true"></span>
    ${texts.untrusted}
  </p>`;
}
