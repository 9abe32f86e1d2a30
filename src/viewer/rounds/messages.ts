import type { RoundStep } from '../../engine/domain/rounds';
import type { RoundsStory } from '../../engine/domain/roundsStory';
import type { RunSummary } from '../../engine/domain/view';
import type { HostProblem } from '../messages';

/** A step that waits for the word of the person. */
export interface StepQuestion {
  /** Tells it from those asked before. */
  readonly number: number;
  readonly round: number;
  readonly step: RoundStep;
  readonly tasks: number;
  /** Most programs, or most turns of a model, that it takes. */
  readonly candidates: number;
}

/** What the page may ask the editor to do with its run. */
export type RoundsCommand =
  'cancel' | 'resume' | 'more' | 'openGoals' | 'openNextGoals' | 'runNextGoals';

/** From the page of rounds to the editor. The host checks each, for the page shows hostile text. */
export type FromRounds =
  | { readonly kind: 'ready' }
  | { readonly kind: 'openTask'; readonly run: string; readonly task: string }
  | { readonly kind: 'openPart'; readonly run: string }
  | { readonly kind: 'answer'; readonly question: number; readonly isYes: boolean }
  | { readonly kind: 'switchLesson'; readonly lesson: string; readonly isOn: boolean }
  | { readonly kind: 'editLesson'; readonly lesson: string; readonly text: string }
  | { readonly kind: 'command'; readonly command: RoundsCommand };

/** From the editor to the page: the whole of it, or the little that changes many times a second. */
export type ToRounds =
  | {
      readonly kind: 'rounds';
      readonly language: string;
      readonly trusted: boolean;
      /** Null until the run has begun. */
      readonly story: RoundsStory | null;
      readonly problem: HostProblem | null;
      readonly question: StepQuestion | null;
      /** Round that was asked for; null for the last. */
      readonly round: number | null;
    }
  | { readonly kind: 'progress'; readonly run: RunSummary }
  | { readonly kind: 'question'; readonly question: StepQuestion | null };
