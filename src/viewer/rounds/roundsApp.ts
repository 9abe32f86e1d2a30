import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RoundsStory } from '../../engine/domain/roundsStory';
import { connectHost, type HostConnection } from '../connection';
import { curveChart } from './curveChart';
import { curveTable } from './curveTable';
import { goalsSection } from './goalsSection';
import './lessonList';
import type { FromRounds, RoundsCommand, StepQuestion } from './messages';
import { roundDetails } from './roundDetails';
import { emptyRounds, isToRounds, roundsToShow, takeRounds, type RoundsState } from './roundsState';
import { roundsTextsFor, type RoundsTexts } from './texts';
import { placeWords, questionWords, spokenWords } from './words';

const chartPx = { least: 260, most: 480 };

/** The page of rounds: what the editor said, and what the person opened. */
@customElement('flywheel-rounds')
export class RoundsApp extends LitElement {
  @state() private told: RoundsState = emptyRounds;
  @state() private chartWidth = chartPx.most;
  /** Rounds that the person opened or closed; the others are as usual. */
  @state() private opened: ReadonlyMap<number, boolean> = new Map();
  private host: HostConnection<FromRounds> | undefined;
  private readonly sizes = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const room = Math.floor(entry.contentRect.width) - 40;
    this.chartWidth = Math.min(chartPx.most, Math.max(chartPx.least, room));
  });

  /** The styles of the page apply, so that icons and colours are loaded once. */
  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.host = connectHost<FromRounds>((message) => {
      if (!isToRounds(message)) return;
      const asked = message.kind === 'rounds' && message.round !== this.told.round;
      this.told = takeRounds(this.told, message);
      if (asked && message.round !== null) this.toggle(message.round, true);
    });
    // By this the editor finds the run again after its window was closed.
    this.host.remember({ run: this.dataset['run'] ?? null });
    this.host.send({ kind: 'ready' });
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override render(): TemplateResult {
    const { told } = this;
    const texts = roundsTextsFor(told.language);
    const { story, problem } = told;
    return html`<main class="rounds" aria-label=${texts.title}>
      <div class="visually-hidden" role="status" aria-live="polite">
        ${story === null ? '' : spokenWords(story, told.question, texts)}
      </div>
      ${
        !told.loaded
          ? html`<p class="muted">${texts.loading}</p>`
          : problem !== null
            ? this.problem(problem, texts)
            : html`${told.trusted ? nothing : html`<p class="warning">${texts.untrusted}</p>`}
              ${told.question === null ? nothing : this.question(told.question, texts)}
              ${
                story === null
                  ? html`<p class="muted">${texts.notBegun}</p>`
                  : this.page(story, texts)
              }`
      }
    </main>`;
  }

  private page(story: RoundsStory, texts: RoundsTexts): TemplateResult {
    const { curve, lessons } = story;
    const rounds = roundsToShow(story);
    return html`${this.header(story, texts)}
      <section aria-labelledby="curve">
        <h2 id="curve">${texts.curve}</h2>
        ${
          curve.length === 0
            ? html`<p class="muted">${texts.noCurve}</p>`
            : html`<p class="muted small">${texts.curveNote}</p>
                <div class="curve-and-table">
                  ${curveChart(curve, this.chartWidth, texts)} ${curveTable(curve, rounds, texts)}
                </div>`
        }
      </section>
      <section aria-labelledby="rounds">
        <h2 id="rounds">${texts.rounds}</h2>
        ${[...rounds].reverse().map((round) =>
          roundDetails(round, texts, {
            ...{ run: story.run, question: this.told.question },
            isOpen: this.isOpen(round.number, rounds.length),
            onToggle: (isOpen) => this.toggle(round.number, isOpen),
            onTask: (run, task) => this.send({ kind: 'openTask', run, task }),
            onPart: (run) => this.send({ kind: 'openPart', run }),
          }),
        )}
        ${rounds.length === 0 ? html`<p class="muted">${texts.gathering}…</p>` : nothing}
      </section>
      <section aria-labelledby="lessons">
        <h2 id="lessons">${texts.lessons}</h2>
        <lesson-list
          .lessons=${lessons}
          .texts=${texts}
          .onSwitch=${(lesson: string, isOn: boolean) =>
            this.send({ kind: 'switchLesson', lesson, isOn })}
          .onEdit=${(lesson: string, text: string) =>
            this.send({ kind: 'editLesson', lesson, text })}
        ></lesson-list>
      </section>
      <section aria-labelledby="goals">
        <h2 id="goals">${texts.goals}</h2>
        ${goalsSection(story, this.told.trusted, texts, (command) => this.command(command))}
      </section>`;
  }

  private header({ run, goals }: RoundsStory, texts: RoundsTexts): TemplateResult {
    return html`<header class="rounds-header">
      <div class="run-line">
        <h1>${goals.name}</h1>
        <span class="chip ${run.state}">${texts.states[run.state]}</span>
        ${this.action(run.state, texts)}
      </div>
      <p class="place">${placeWords(run, texts)}</p>
      ${
        run.state === 'running' && (run.total ?? 0) > 0
          ? html`<progress
              max=${run.total ?? 1}
              .value=${run.done ?? 0}
              aria-label=${placeWords(run, texts)}
            ></progress>`
          : nothing
      }
      ${run.message === undefined ? nothing : html`<p class="run-message">${run.message}</p>`}
    </header>`;
  }

  private action(state: RoundsStory['run']['state'], texts: RoundsTexts) {
    if (!this.told.trusted) return nothing;
    const [command, icon, name] =
      state === 'running'
        ? (['cancel', 'debug-stop', texts.cancel] as const)
        : state === 'finished'
          ? (['more', 'add', texts.more] as const)
          : (['resume', 'debug-continue', texts.resume] as const);
    return html`<button
      class=${state === 'running' ? 'quiet-button' : 'small-button'}
      @click=${() => this.command(command)}
    >
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
      <span class="button-text">${name}</span>
    </button>`;
  }

  private question(question: StepQuestion, texts: RoundsTexts): TemplateResult {
    const answer = (isYes: boolean) => (): void =>
      this.send({ kind: 'answer', question: question.number, isYes });
    return html`<section class="question" aria-label=${texts.stepStates.waits}>
      <p>
        <span class="codicon codicon-question" aria-hidden="true"></span>
        ${questionWords(question, texts)}
      </p>
      <div class="buttons">
        <button class="small-button" @click=${answer(true)}>${texts.goOn}</button>
        <button class="quiet-button" @click=${answer(false)}>${texts.stopHere}</button>
        <span class="muted small">${texts.stopNote}</span>
      </div>
    </section>`;
  }

  private problem(
    { message, mend }: NonNullable<RoundsState['problem']>,
    texts: RoundsTexts,
  ): TemplateResult {
    return html`<section role="alert">
      <h2>${texts.problemTitle}</h2>
      <p>${message}</p>
      ${mend === null ? nothing : html`<p>${mend}</p>`}
      <button class="small-button" @click=${() => this.send({ kind: 'ready' })}>
        ${texts.tryAgain}
      </button>
    </section>`;
  }

  private isOpen(number: number, last: number): boolean {
    return this.opened.get(number) ?? number === last;
  }

  private toggle(number: number, isOpen: boolean): void {
    if (this.opened.get(number) === isOpen) return;
    this.opened = new Map([...this.opened, [number, isOpen]]);
  }

  private command(command: RoundsCommand): void {
    this.send({ kind: 'command', command });
  }

  private send(message: FromRounds): void {
    this.host?.send(message);
  }
}
