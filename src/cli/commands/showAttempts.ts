import type { AttemptStory } from '../../engine/domain/view';
import { howMany } from '../../engine/domain/howMany';

const maxPartLines = 12;

/** Requests of a turn that brought no usable reply: why, how long, what it took, what was decided. */
export function attemptLines(attempts: readonly AttemptStory[] = []): string[] {
  return attempts.flatMap((attempt) => [
    `  request failed after ${secondsText(attempt.durationMs)}: ${attempt.reason}`,
    `    ${[...tokensText(attempt), decisionText(attempt)].join('; ')}`,
    ...partLines('it said', attempt.body),
    ...partLines('had come', attempt.partial),
  ]);
}

function decisionText({ decision, waitMs }: AttemptStory): string {
  switch (decision) {
    case 'again':
      return `tried again after ${secondsText(waitMs ?? 0)}`;
    case 'otherwise':
      return 'asked again without what it refused';
    case 'kept':
      return 'the replies that were whole were taken';
    case 'givenUp':
      return 'this request was given up';
    case 'stopped':
      return 'stopped';
  }
}

function tokensText({ tokens, costUsd }: AttemptStory): string[] {
  if (tokens === null || tokens === 0) return [];
  const cost = costUsd === null ? '' : ` (${costUsd.toFixed(4)} USD)`;
  return [`counted as ${howMany(tokens, 'token')}${cost}`];
}

function partLines(what: string, text: string | undefined): string[] {
  if (text === undefined || text.trim() === '') return [];
  const lines = text.trim().split('\n');
  const shown = lines.slice(0, maxPartLines).map((line) => `    | ${line}`);
  return [`    ${what}:`, ...shown, ...(lines.length > maxPartLines ? ['    | …'] : [])];
}

function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
