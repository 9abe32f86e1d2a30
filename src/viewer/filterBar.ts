import { html, type TemplateResult } from 'lit';
import type { TaskRow } from '../engine/domain/view';
import { countRows, filters, type Filter } from './rowFilter';
import type { Texts } from './texts';

/** All, failing, solved with their counts, and a text to look for. */
export function filterBar(
  rows: readonly TaskRow[],
  chosen: Filter,
  text: string,
  texts: Texts,
  act: { readonly choose: (filter: Filter) => void; readonly search: (text: string) => void },
): TemplateResult {
  const counts = countRows(rows);
  return html`
    <div class="filter-bar">
      <div class="filters" role="group" aria-label=${texts.filterLabel}>
        ${filters.map(
          (filter) =>
            html`<button
              class="filter"
              aria-pressed=${filter === chosen ? 'true' : 'false'}
              @click=${() => act.choose(filter)}
            >
              ${texts.filters[filter]} <span class="count">${counts[filter]}</span>
            </button>`,
        )}
      </div>
      <vscode-textfield
        class="filter-text"
        .label=${texts.filterText}
        placeholder=${texts.filterText}
        .value=${text}
        @input=${(event: Event) => act.search(valueOf(event))}
      >
        <span slot="content-before" class="codicon codicon-search" aria-hidden="true"></span>
      </vscode-textfield>
    </div>
  `;
}

function valueOf(event: Event): string {
  const field = event.currentTarget;
  if (field === null || !('value' in field)) return '';
  return typeof field.value === 'string' ? field.value : '';
}
