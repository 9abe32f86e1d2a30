import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TaskRow } from '../engine/domain/view';
import { gridShape, type GridShape } from './gridShape';
import { turnCells } from './turnCells';
import { moveBy, rowWindow, scrollToShow } from './rowWindow';
import { taskName, type TaskName } from './taskName';
import type { Texts } from './texts';
import { languageMark, rowLabel, rowWords } from './words';

/** The tasks of a run: a row per task, a cell per turn, drawn only where they are seen. */
@customElement('task-grid')
export class TaskGrid extends LitElement {
  @property({ attribute: false }) rows: readonly TaskRow[] = [];
  @property({ attribute: false }) texts: Texts | undefined;
  @property({ attribute: false }) selected: string | null = null;
  @property({ attribute: false }) running = false;
  @property({ attribute: false }) nameOf: (row: TaskRow) => TaskName = taskName;
  @property({ attribute: false }) onOpen: (row: TaskRow) => void = () => undefined;
  @state() private activeHash: string | null = null;
  @state() private seen = { top: 0, height: 600 };
  @state() private width = 300;
  private pane: HTMLElement | null = null;
  private focusWanted = false;
  private readonly sizes = new ResizeObserver(() => this.measure());

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.pane = this.closest<HTMLElement>('.pane');
    this.pane?.addEventListener('scroll', this.measure, { passive: true });
    if (this.pane !== null) this.sizes.observe(this.pane);
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pane?.removeEventListener('scroll', this.measure);
    this.sizes.disconnect();
  }

  /** Puts the focus on a task's row, drawing it first where it is out of sight. */
  focusRow(hash: string): void {
    const index = this.rows.findIndex((row) => row.hash === hash);
    if (index >= 0) this.moveTo(index);
  }

  private readonly measure = (): void => {
    const { pane } = this;
    if (pane === null) return;
    const top = Math.max(0, pane.scrollTop - this.offsetTop);
    const height = pane.clientHeight;
    // A header above the rows moves them without a scroll, and so without this being called.
    if (top !== this.seen.top || height !== this.seen.height) this.seen = { top, height };
    if (this.clientWidth > 0) this.width = this.clientWidth;
  };

  protected override render(): TemplateResult | typeof nothing {
    const { rows, texts } = this;
    if (texts === undefined) return nothing;
    const shape = gridShape(rows, this.width);
    const shown = rowWindow({ count: rows.length, rowHeight: shape.rowHeight }, this.seen);
    const active = this.activeIndex();
    return html`<div
      class="grid ${shape.twoLines ? 'two-lines' : 'one-line'}"
      role="grid"
      aria-label=${texts.tasks}
      aria-rowcount=${rows.length}
      @keydown=${this.onKey}
    >
      ${repeat(
        rows.slice(shown.first, shown.end),
        (row) => row.hash,
        (row, index) =>
          this.row(row, shown.first + index, {
            shape,
            texts,
            active: shown.first + index === active,
          }),
      )}
    </div>`;
  }

  private row(
    row: TaskRow,
    index: number,
    look: { shape: GridShape; texts: Texts; active: boolean },
  ): TemplateResult {
    const { shape, texts } = look;
    const running = row.state === 'running' && this.running;
    const chosen = row.hash === this.selected;
    const { entryPoint, variant } = this.nameOf(row);
    const words = rowWords(row, texts, this.running);
    return html`<div
      class="row ${running ? 'running' : ''} ${chosen ? 'chosen' : ''}"
      role="row"
      aria-rowindex=${index + 1}
      aria-selected=${chosen ? 'true' : 'false'}
      aria-label=${rowLabel(row, texts, this.running)}
      tabindex=${look.active ? 0 : -1}
      data-index=${index}
      @click=${() => {
        this.activeHash = row.hash;
        this.onOpen(row);
      }}
    >
      <span class="name" role="gridcell" title=${row.id}>
        <span class="title">
          <span class="entry">${entryPoint}</span>
          ${variant === '' ? nothing : html`<span class="variant">${variant}</span>`}
        </span>
        <span class="language">${languageMark(row.language)}</span>
      </span>
      <span class="cells" role="gridcell">${turnCells(row, shape.cells, running, texts)}</span>
      <span class="words ${tone(row)}" role="gridcell" title=${words}>${words}</span>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const shape = gridShape(this.rows, this.width);
    const shown = rowWindow({ count: this.rows.length, rowHeight: shape.rowHeight }, this.seen);
    const grid = this.querySelector<HTMLElement>('.grid');
    if (grid === null) return;
    // Set through the style object, which the content policy allows and attributes it does not.
    grid.style.paddingTop = `${shown.offset}px`;
    grid.style.height = `${shown.height}px`;
    grid.style.setProperty('--row-height', `${shape.rowHeight}px`);
    grid.style.setProperty('--cells', String(shape.cells));
    if (changed.has('rows')) this.measure();
    if (this.focusWanted) {
      this.focusWanted = false;
      this.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus({ preventScroll: true });
    }
  }

  private activeIndex(): number {
    const hash = this.activeHash ?? this.selected;
    return Math.max(
      0,
      this.rows.findIndex((row) => row.hash === hash),
    );
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const index = this.activeIndex();
    const row = this.rows[index];
    if (row === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.onOpen(row);
      return;
    }
    const { rowHeight } = gridShape(this.rows, this.width);
    const page = Math.max(1, Math.floor(this.seen.height / rowHeight) - 1);
    const next = moveBy(event.key, index, this.rows.length, page);
    if (next === null) return;
    event.preventDefault();
    this.moveTo(next);
  };

  private moveTo(index: number): void {
    const row = this.rows[index];
    const { pane } = this;
    if (row === undefined) return;
    this.activeHash = row.hash;
    this.focusWanted = true;
    this.requestUpdate();
    if (pane === null) return;
    const { rowHeight } = gridShape(this.rows, this.width);
    // The filter bar sticks to the top and would cover a row that stands exactly there.
    const covered = this.parentElement?.querySelector('.filter-bar')?.clientHeight ?? 0;
    const within = {
      top: pane.scrollTop - this.offsetTop + covered,
      height: pane.clientHeight - covered,
    };
    const wanted = index === 0 ? -this.offsetTop : scrollToShow(index, rowHeight, within) - covered;
    if (wanted + covered !== within.top) pane.scrollTop = wanted + this.offsetTop;
    this.measure();
  }
}

function tone(row: TaskRow): string {
  if (row.solvedVisible === true) return row.passedHidden === false ? 'warned' : 'good';
  return '';
}
