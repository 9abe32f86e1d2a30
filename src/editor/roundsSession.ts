import { messageOf, UserError } from '../engine/domain/errors';
import type { LessonChange, RoundsStory } from '../engine/domain/roundsStory';
import type { RunSummary } from '../engine/domain/view';
import type { HostProblem } from '../viewer/messages';
import type { ToRounds } from '../viewer/rounds/messages';
import { coalesce } from './coalesce';
import type { CallName, InputOf, OutputOf } from './engineCalls';
import type { RunChange, RunStore } from './runStore';
import { shownProblem, shownRounds, shownRun } from './shown';
import type { StepQuestions } from './stepQuestions';

export interface RoundsSurroundings {
  readonly language: string;
  trusted(): boolean;
  /** Why a task or a program was left out, in words. */
  readonly reason: (code: string) => string;
  call<Name extends CallName>(call: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  post(message: ToRounds): void;
}

/** The story is read again at most this often; counts in between are told as they come. */
const readEveryMs = 300;

/** What one page of rounds shows, and the messages that keep it true. */
export class RoundsSession {
  private ready = false;
  private round: number | null = null;
  private asked = 0;
  private story: RoundsStory | null = null;
  /** State, round and step that the story on screen was read in. */
  private readIn = '';
  private readonly reading = coalesce(readEveryMs, () => void this.sendStory());
  private readonly listening: { dispose(): void }[];

  constructor(
    readonly run: string,
    runs: RunStore,
    private readonly questions: StepQuestions,
    private readonly around: RoundsSurroundings,
  ) {
    this.listening = [
      runs.onChanged((change) => this.take(change)),
      questions.onChanged((run) => {
        if (run === this.run) this.post({ kind: 'question', question: questions.of(run) });
      }),
    ];
  }

  /** The last that was read; null before. */
  get shown(): RoundsStory | null {
    return this.story;
  }

  /** The page was (re)loaded. */
  async start(): Promise<void> {
    this.ready = true;
    await this.sendStory();
  }

  /** Opens one of the rounds on the page; null opens the last. */
  async open(round: number | null): Promise<void> {
    this.round = round;
    if (this.ready) await this.sendStory();
  }

  /** Throws UserError where the lesson cannot be changed so. */
  async change(change: Omit<LessonChange, 'run'>): Promise<void> {
    await this.around.call('changeLesson', { run: this.run, ...change });
    await this.sendStory();
  }

  dispose(): void {
    this.ready = false;
    this.reading.dispose();
    for (const one of this.listening) one.dispose();
  }

  private take(change: RunChange): void {
    if (change.kind === 'all') return this.reading.request();
    if (change.run.id !== this.run) return;
    if (placeOf(change.run) !== this.readIn) this.reading.request();
    this.post({ kind: 'progress', run: shownRun(change.run) });
  }

  private async sendStory(): Promise<void> {
    if (!this.ready) return;
    const number = ++this.asked;
    const { story, problem } = await this.read();
    if (number !== this.asked) return;
    this.story = story;
    this.readIn = story === null ? '' : placeOf(story.run);
    this.post({
      ...{ kind: 'rounds', problem, round: this.round },
      language: this.around.language,
      trusted: this.around.trusted(),
      story: story === null ? null : shownRounds(inWords(story, this.around.reason)),
      question: this.questions.of(this.run),
    });
  }

  private async read(): Promise<{ story: RoundsStory | null; problem: HostProblem | null }> {
    try {
      return { story: await this.around.call('roundsStory', { run: this.run }), problem: null };
    } catch (error) {
      // A new run is not there before its first report.
      if (error instanceof UserError && error.code === 'noSuchRun') {
        return { story: null, problem: null };
      }
      const mend = error instanceof UserError ? (error.mend ?? null) : null;
      return { story: null, problem: shownProblem({ message: messageOf(error), mend }) };
    }
  }

  private post(message: ToRounds): void {
    if (this.ready) this.around.post(message);
  }
}

/** Changes where the journal may hold more of the run than before. */
function placeOf({ state, round, goals, message }: RunSummary): string {
  return JSON.stringify([state, round?.number, round?.step, goals?.rounds, message]);
}

/** Reasons are codes of the engine, for which the editor has the words. */
function inWords(story: RoundsStory, reason: (code: string) => string): RoundsStory {
  const named = (counts: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(Object.entries(counts).map(([code, count]) => [reason(code), count]));
  const rounds = story.rounds.map((round) => {
    const { evolve, update } = round;
    return {
      ...round,
      ...(evolve ? { evolve: { ...evolve, rejected: named(evolve.rejected) } } : {}),
      ...(update ? { update: { ...update, refused: named(update.refused) } } : {}),
    };
  });
  return { ...story, rounds };
}
