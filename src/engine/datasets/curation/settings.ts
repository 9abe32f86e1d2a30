import type { Refusal } from '../pair';

/** All that decides which records stay. Part of the manifest; the same settings give the same bytes. */
export interface CurationSettings {
  readonly seed: number;
  /** Most verified programs of one task. */
  readonly perTask: number;
  /** Programs of different families of at least this Jaccard similarity count as the same. */
  readonly similarity: number;
  /** Least and most share of a task's samples that solved it. */
  readonly difficulty: readonly [number, number];
  /** SPDX names that are let in, in lower case; null for all. */
  readonly licences: readonly string[] | null;
  /** Names of task sources that are let in; null for all. */
  readonly sources: readonly string[] | null;
  /** Share of the training records that comes from the earlier version, where there is one. */
  readonly replayShare: number;
}

/**
 * Four programs of a task (ReST^EM and SelfCodeAlign cap too, so that easy tasks do not rule);
 * similarity 0.7 as BigCode's deduplication; a fifth of replay as eva mixes it (2411.00062).
 */
export const usualCuration: CurationSettings = {
  seed: 1,
  perTask: 4,
  similarity: 0.7,
  difficulty: [0, 1],
  licences: null,
  sources: null,
  replayShare: 0.2,
};

/** What one step did, as the manifest and the card tell it. */
export interface StepReport {
  readonly step: string;
  readonly setting: string;
  readonly before: number;
  readonly after: number;
}

export interface StepResult<T> {
  readonly kept: readonly T[];
  readonly refused: readonly Refusal[];
}
