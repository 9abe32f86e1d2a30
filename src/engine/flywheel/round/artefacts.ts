import path from 'node:path';
import type { RoundContext } from './context';

/** Where a round leaves what it made, for people to read and share: beside the journal. */
export function artefact({ engine, run }: RoundContext, name: string): string {
  const folder = path.join(path.dirname(engine.journal.file), 'rounds');
  return path.join(folder, encodeURIComponent(run.id), name);
}
