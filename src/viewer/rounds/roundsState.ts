import type { RoundsStory, RoundStory } from '../../engine/domain/roundsStory';
import type { ToRounds } from './messages';

/** What the page knows from the editor. */
export type RoundsState = Omit<Extract<ToRounds, { kind: 'rounds' }>, 'kind'> & {
  readonly loaded: boolean;
};

export const emptyRounds: RoundsState = {
  loaded: false,
  language: 'en',
  trusted: false,
  story: null,
  problem: null,
  question: null,
  round: null,
};

export function takeRounds(state: RoundsState, message: ToRounds): RoundsState {
  switch (message.kind) {
    case 'rounds': {
      const { kind: _, ...told } = message;
      return { ...told, loaded: true };
    }
    case 'progress': {
      const { story } = state;
      if (story?.run.id !== message.run.id) return state;
      return { ...state, story: { ...story, run: message.run } };
    }
    case 'question':
      return { ...state, question: message.question };
  }
}

const kinds: readonly unknown[] = ['rounds', 'progress', 'question'] satisfies ToRounds['kind'][];

export function isToRounds(message: unknown): message is ToRounds {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    kinds.includes(message.kind)
  );
}

/** The rounds, and the one that has begun and of which no step has ended. */
export function roundsToShow({ rounds, run }: RoundsStory): readonly RoundStory[] {
  const { round, state } = run;
  const isKnown = round === undefined || rounds.some(({ number }) => number === round.number);
  if (isKnown || state === 'finished') return rounds;
  return [...rounds, { number: round.number, confirmed: [] }];
}
