import type { Runner } from 'mocha';

export class EventReporter {
  constructor(runner: Runner);
}
