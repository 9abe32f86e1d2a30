import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** How near to its end a text counts as followed. */
const followedPx = 24;

/**
 * Text that grows: it stays at its end unless the person scrolled up to read. A screen reader is
 * not told each part of it; that it is written is said elsewhere, once.
 */
@customElement('live-text')
export class LiveTextElement extends LitElement {
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) label = '';
  private follows = true;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<pre
      class="text live"
      tabindex="0"
      role="group"
      aria-label=${this.label}
      aria-live="off"
      @scroll=${this.onScroll}
    >
${this.text}</pre>`;
  }

  protected override updated(): void {
    const box = this.querySelector('pre');
    if (box !== null && this.follows) box.scrollTop = box.scrollHeight;
  }

  private readonly onScroll = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLElement)) return;
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    this.follows = scrollHeight - scrollTop - clientHeight < followedPx;
  };
}
