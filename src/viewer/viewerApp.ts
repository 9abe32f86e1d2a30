import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RunSummary, TaskRow } from '../engine/domain/view';
import { connect, type Connection } from './connection';
import { filterBar } from './filterBar';
import { LiveSummary } from './liveSummary';
import type { ToViewer, ViewerCommand } from './messages';
import { emptyPage, problemPage, untrustedNote } from './pages';
import { filterRows, filters, type Filter } from './rowFilter';
import { runHeader } from './runHeader';
import type { TaskGrid } from './taskGrid';
import { taskNames } from './taskName';
import { taskStory } from './taskStory';
import { textsFor } from './texts';
import { emptyState, takeMessage, type ViewState } from './viewState';
import { writingWords } from './writingStep';

/** From this width on the story stands beside the grid. */
const wideFromPx = 700;

/** The whole viewer: what the host said, what the person chose, and the page of the two. */
@customElement('flywheel-viewer')
export class ViewerApp extends LitElement {
  @state() private view: ViewState = emptyState;
  @state() private filter: Filter = 'all';
  @state() private text = '';
  @state() private wide = false;
  private connection: Connection | undefined;
  private listTop = 0;
  private scrollWanted = true;
  private workedMsAt = Date.now();
  private readonly live = new LiveSummary();
  private clock: number | undefined;
  private readonly sizes = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.wide = entry.contentRect.width >= wideFromPx;
  });

  /** The styles of the page apply, so that icons and colours are loaded once. */
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection = connect((message) => this.take(message));
    const { run, task, sample, filter, text, scrollTop } = this.connection.remembered;
    this.filter = filters.find((one) => one === filter) ?? 'all';
    this.text = text;
    this.listTop = scrollTop;
    this.sizes.observe(this);
    this.clock = window.setInterval(() => {
      if (this.view.run?.state === 'running') this.requestUpdate();
    }, 1000);
    this.connection.send({ kind: 'ready', run, task, ...(sample === null ? {} : { sample }) });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    window.clearInterval(this.clock);
  }

  private get texts() {
    return textsFor(this.view.language);
  }

  private take(message: ToViewer): void {
    const next = takeMessage(this.view, message);
    if (next === 'resync') {
      this.connection?.send({ kind: 'resync' });
      return;
    }
    // Most reports bring the time of an earlier moment again, from which the clock goes on.
    const { run } = this.view;
    if (next.run?.id !== run?.id || next.run?.workedMs !== run?.workedMs) {
      this.workedMsAt = Date.now();
    }
    this.view = next;
    if (next.run !== null) this.live.tell(next.run, this.texts);
    this.remember();
  }

  private remember(): void {
    this.connection?.remember({
      run: this.view.run?.id ?? null,
      task: this.view.task,
      sample: this.view.story?.sample ?? null,
      scrollTop: this.listTop,
      filter: this.filter,
      text: this.text,
    });
  }

  private openTask(row: TaskRow): void {
    const { run } = this.view;
    if (run === null) return;
    this.listTop = this.querySelector('.pane.list')?.scrollTop ?? this.listTop;
    this.view = { ...this.view, task: row.hash, story: null, live: null };
    this.connection?.send({ kind: 'selectTask', run: run.id, task: row.hash });
    this.remember();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.pane.story')?.focus());
  }

  private closeTask(): void {
    const { run, task } = this.view;
    if (run === null || task === null) return;
    this.view = { ...this.view, task: null, story: null, live: null };
    this.scrollWanted = true;
    this.connection?.send({ kind: 'selectTask', run: run.id, task: null });
    this.remember();
    void this.updateComplete.then(() => this.querySelector<TaskGrid>('task-grid')?.focusRow(task));
  }

  private command(command: ViewerCommand): void {
    this.connection?.send({ kind: 'command', command, run: this.view.run?.id ?? null });
  }

  protected override render(): TemplateResult {
    const { view, texts } = this;
    const onCommand = (command: ViewerCommand): void => this.command(command);
    const besideOrList = this.wide || view.task === null;
    return html`
      <main class=${this.wide ? 'viewer wide' : 'viewer'} aria-label=${texts.iterations}>
        <div class="visually-hidden" role="status" aria-live="polite">${this.live.text}</div>
        <div class="visually-hidden" role="status" aria-live="polite">${this.writing()}</div>
        ${
          view.loaded
            ? view.problem !== null
              ? problemPage(view.problem, texts, () => this.connection?.send({ kind: 'resync' }))
              : view.run === null
                ? emptyPage(view.trusted, texts, onCommand)
                : html`
                    ${besideOrList ? this.list() : nothing}
                    ${this.wide || view.task !== null ? this.story() : nothing}
                  `
            : html`<p class="hint">${texts.loading}</p>`
        }
      </main>
    `;
  }

  /** Said once when the model begins and once when it ends, not for each word that it writes. */
  private writing(): string {
    const { live, run } = this.view;
    if (live === null || run?.state !== 'running') return '';
    return `${this.texts.turn(live.turn)}: ${writingWords(live, this.texts)}`;
  }

  private list(): TemplateResult | typeof nothing {
    const { view, texts } = this;
    const { run } = view;
    if (run === null) return nothing;
    return html`
      <div class="pane list" @scroll=${this.onScroll}>
        ${view.trusted ? nothing : untrustedNote(texts)}
        ${runHeader(run, texts, {
          nowMs: Date.now(),
          workedMsAt: this.workedMsAt,
          trusted: view.trusted,
          runs: view.runs,
          onRun: (id) => this.chooseRun(id),
          onCommand: (command) => this.command(command),
          onCard: () => this.connection?.send({ kind: 'openCard', run: run.id }),
        })}
        ${run.kind === 'rounds' ? nothing : this.tasks(run)}
      </div>
    `;
  }

  private tasks(run: RunSummary): TemplateResult {
    const { view, texts } = this;
    const rows = filterRows(view.rows, this.filter, this.text);
    return html`
      <section class="tasks" aria-label=${texts.tasks}>
        ${filterBar(view.rows, this.filter, this.text, texts, {
          choose: (filter) => {
            this.filter = filter;
            this.remember();
          },
          search: (text) => {
            this.text = text;
            this.remember();
          },
        })}
        ${
          rows.length === 0
            ? html`<p class="hint">${view.rows.length === 0 ? texts.noTasks : texts.noMatch}</p>`
            : html`<task-grid
                .rows=${rows}
                .texts=${texts}
                .selected=${view.task}
                .running=${run.state === 'running'}
                .nameOf=${taskNames(view.rows)}
                .onOpen=${(row: TaskRow) => this.openTask(row)}
              ></task-grid>`
        }
      </section>
    `;
  }

  private story(): TemplateResult {
    const { view, texts } = this;
    const run = view.run?.id ?? '';
    const task = view.task ?? '';
    const sample = view.story?.sample ?? 0;
    return taskStory(view.task, view.story, texts, {
      wide: this.wide,
      running: view.run?.state === 'running',
      isChat: view.run?.usage !== undefined,
      live: view.live,
      onBack: () => this.closeTask(),
      onSample: (sample) => this.connection?.send({ kind: 'selectSample', run, task, sample }),
      onChanges: (turn) => this.connection?.send({ kind: 'openChanges', run, task, sample, turn }),
      onCopy: (turn) => this.connection?.send({ kind: 'copyProgram', run, task, sample, turn }),
    });
  }

  private chooseRun(run: string): void {
    this.listTop = 0;
    this.scrollWanted = true;
    this.connection?.send({ kind: 'selectRun', run });
  }

  private readonly onScroll = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLElement) || this.scrollWanted) return;
    this.listTop = event.currentTarget.scrollTop;
    this.remember();
  };

  protected override updated(): void {
    if (!this.scrollWanted || this.view.rows.length === 0) return;
    const pane = this.querySelector('.pane.list');
    if (pane === null) return;
    // The grid takes its full height in its own update, which comes after this one.
    requestAnimationFrame(() => {
      pane.scrollTop = this.listTop;
      requestAnimationFrame(() => (this.scrollWanted = false));
    });
  }
}
