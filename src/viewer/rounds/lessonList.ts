import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Lesson } from '../../engine/domain/rounds';
import type { RoundsTexts } from './texts';

/** Longest text that the editor takes. */
const maxChars = 400;

/** The lessons with what they won and lost; each can be switched off and edited in its place. */
@customElement('lesson-list')
export class LessonList extends LitElement {
  @property({ attribute: false }) lessons: readonly Lesson[] = [];
  @property({ attribute: false }) texts: RoundsTexts | undefined;
  @property({ attribute: false }) onSwitch: (lesson: string, isOn: boolean) => void = () =>
    undefined;
  @property({ attribute: false }) onEdit: (lesson: string, text: string) => void = () => undefined;
  /** The lesson whose text is being edited, and the text as it is typed. */
  @state() private editing: { readonly id: string; readonly text: string } | null = null;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { texts, lessons } = this;
    if (texts === undefined) return nothing;
    if (lessons.length === 0) return html`<p class="muted">${texts.noLessons}</p>`;
    return html`<p class="muted small">${texts.lessonsNote}</p>
      <ul class="lessons">
        ${lessons.map((lesson) => this.lesson(lesson, texts))}
      </ul>`;
  }

  private lesson(lesson: Lesson, texts: RoundsTexts): TemplateResult {
    const { id, text, state, wins, losses, round, language } = lesson;
    const isEdited = this.editing?.id === id;
    return html`<li class="lesson ${state}">
      ${isEdited ? this.editor(texts) : html`<p class="lesson-text">${text}</p>`}
      <div class="lesson-line">
        <span class="won-count"
          ><span class="codicon codicon-arrow-up" aria-hidden="true"></span
          >${texts.wins(wins)}</span
        >
        <span class="lost-count"
          ><span class="codicon codicon-arrow-down" aria-hidden="true"></span
          >${texts.losses(losses)}</span
        >
        <span class="muted">${texts.drawnIn(round, language)}</span>
        <span class="muted">${texts.lessonStates[state]}</span>
        ${
          state === 'retired'
            ? nothing
            : html`<label class="switch">
                <input
                  type="checkbox"
                  .checked=${state === 'active'}
                  @change=${(event: Event) => {
                    if (event.currentTarget instanceof HTMLInputElement) {
                      this.onSwitch(id, event.currentTarget.checked);
                    }
                  }}
                />${texts.useLesson}
              </label>`
        }
        ${
          isEdited || state === 'retired'
            ? nothing
            : html`<button class="quiet-button" data-edit=${id} @click=${() => this.edit(id, text)}>
                <span class="codicon codicon-edit" aria-hidden="true"></span>${texts.edit}
              </button>`
        }
      </div>
    </li>`;
  }

  private editor(texts: RoundsTexts): TemplateResult {
    return html`<textarea
        class="lesson-editor"
        rows="3"
        maxlength=${maxChars}
        aria-label=${texts.editLesson}
        .value=${this.editing?.text ?? ''}
        @input=${(event: Event) => {
          if (this.editing && event.currentTarget instanceof HTMLTextAreaElement) {
            this.editing = { ...this.editing, text: event.currentTarget.value };
          }
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') this.close();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.save();
        }}
      ></textarea>
      <div class="lesson-line">
        <button class="small-button" @click=${() => this.save()}>${texts.save}</button>
        <button class="quiet-button" @click=${() => this.close()}>${texts.discard}</button>
      </div>`;
  }

  private edit(id: string, text: string): void {
    this.editing = { id, text };
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('textarea')?.focus());
  }

  private save(): void {
    const { editing } = this;
    const text = editing?.text.trim() ?? '';
    const before = this.lessons.find(({ id }) => id === editing?.id)?.text;
    if (editing && text !== '' && text !== before) this.onEdit(editing.id, text);
    this.close();
  }

  private close(): void {
    const id = this.editing?.id;
    this.editing = null;
    void this.updateComplete.then(() => {
      const buttons = [...this.querySelectorAll<HTMLElement>('button[data-edit]')];
      buttons.find(({ dataset }) => dataset['edit'] === id)?.focus();
    });
  }
}
