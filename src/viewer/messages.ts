import type { LiveText, RunSummary, TaskRow, TaskStory } from '../engine/domain/view';

/** What the viewer may ask the editor to do; the host refuses any other command. */
export const viewerCommands = [
  'flywheel.runDemo',
  'flywheel.makeTasks',
  'flywheel.startRun',
  'flywheel.cancelRun',
  'flywheel.resumeRun',
  'flywheel.showRounds',
  'flywheel.exportDataset',
  'flywheel.checkSandbox',
] as const;
export type ViewerCommand = (typeof viewerCommands)[number];

/** Where the person is: kept by the viewer over closing and reloading. */
export interface Selection {
  readonly run: string | null;
  readonly task: string | null;
  /** From 0; the best one where it is left out. */
  readonly sample?: number;
}

/** From the viewer to the editor. The host checks each, for the viewer shows hostile text. */
export type FromViewer =
  | ({ readonly kind: 'ready' } & Selection)
  | { readonly kind: 'resync' }
  | { readonly kind: 'selectRun'; readonly run: string }
  | { readonly kind: 'selectTask'; readonly run: string; readonly task: string | null }
  | {
      readonly kind: 'selectSample';
      readonly run: string;
      readonly task: string;
      readonly sample: number;
    }
  | {
      readonly kind: 'openChanges';
      readonly run: string;
      readonly task: string;
      readonly sample?: number;
      readonly turn: number;
    }
  | {
      readonly kind: 'copyProgram';
      readonly run: string;
      readonly task: string;
      readonly sample?: number;
      readonly turn: number;
    }
  | { readonly kind: 'openCard'; readonly run: string }
  | { readonly kind: 'command'; readonly command: ViewerCommand; readonly run: string | null };

/** Most characters of JSON in one message to the viewer; more travels as further deltas. */
export const maxMessageChars = 256 * 1024;

export interface HostProblem {
  readonly message: string;
  readonly mend: string | null;
}

/** From the editor to the viewer. `seq` goes up by one with each; a gap asks for `resync`. */
export type ToViewer =
  | {
      readonly kind: 'snapshot';
      readonly seq: number;
      readonly language: string;
      readonly trusted: boolean;
      readonly runs: readonly RunSummary[];
      readonly run: RunSummary | null;
      readonly rows: readonly TaskRow[];
      readonly task: string | null;
      readonly story: TaskStory | null;
      readonly problem: HostProblem | null;
    }
  | {
      readonly kind: 'delta';
      readonly seq: number;
      readonly run: RunSummary;
      readonly rows: readonly TaskRow[];
    }
  | {
      readonly kind: 'story';
      readonly seq: number;
      /** True where the editor opens it; else it is dropped when the person has left the task. */
      readonly opens: boolean;
      readonly task: string | null;
      readonly story: TaskStory | null;
    }
  | {
      /** What is written now for the task on screen; at most four a second. */
      readonly kind: 'live';
      readonly seq: number;
      readonly run: string;
      readonly live: LiveText;
    };
