import type { Status } from '../engine/domain/verdict';

/** How a verdict looks: a colour class and a shape, which is a codicon or a letter. */
export interface Mark {
  readonly tone: 'passed' | 'failed' | 'errored' | 'slow' | 'muted';
  readonly icon?: string;
  readonly letter?: string;
}

export function markOf(status: Status): Mark {
  switch (status) {
    case 'passed':
      return { tone: 'passed', icon: 'check' };
    case 'failed':
      return { tone: 'failed', icon: 'close' };
    case 'crashed':
      return { tone: 'errored', letter: '!' };
    case 'notCompiled':
      return { tone: 'errored', letter: '!?' };
    case 'timedOut':
      return { tone: 'slow', icon: 'clockface' };
    case 'outOfMemory':
      return { tone: 'slow', letter: 'M' };
    case 'outputExceeded':
      return { tone: 'slow', letter: '…' };
    case 'noTests':
      return { tone: 'muted', letter: '0' };
    case 'tampered':
      return { tone: 'errored', icon: 'shield' };
    case 'cancelled':
      return { tone: 'muted', icon: 'circle-slash' };
    case 'infrastructure':
      return { tone: 'muted', icon: 'plug' };
  }
}

/** Of a turn that brought nothing to judge. */
export const noProgram: Mark = { tone: 'muted', icon: 'dash' };

/** How much of the tests a cell passed, in quarters: drawn as the height of its fill. */
export function quartersOf(passed: number, of: number): 0 | 1 | 2 | 3 | 4 {
  if (of <= 0 || passed <= 0) return 0;
  if (passed >= of) return 4;
  const quarters = Math.ceil((3 * passed) / of);
  return quarters <= 1 ? 1 : quarters === 2 ? 2 : 3;
}
