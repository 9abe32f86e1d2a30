import type { Language } from '../../domain/task';
import { functionsOf } from '../../syntax/functions';
import type { Mend } from '../../syntax/mends';
import type { Syntax } from '../../syntax/parser';
import { statementLines } from '../statementLines';

/** The task names the function that misbehaves: what it calls is less often at fault. */
const outsideEntry = 0.7;
/**
 * What a line that no failing test ran weighs once an edit was made: what was mended may be what
 * kept them from it.
 */
const reachedOnlyNow = 0.4;

/** What speaks for the place of an edit. */
export interface PlaceOf {
  /** From 0 up: 0 where no failing test of the starter comes by, before any edit was made. */
  readonly weight: number;
  /** Ochiai; null where nothing could be watched. */
  readonly suspicion: number | null;
  readonly inEntry: boolean;
}

/** Tells of the places of edits of one program. `lineInStarter`: where suspicion was measured. */
export function placesOf(
  syntax: Syntax,
  of: {
    readonly language: Language;
    readonly entryPoint: string;
    readonly program: string;
    readonly suspicion: ReadonlyMap<number, number> | null;
    readonly lineInStarter: (line: number) => number;
    /** How many edits made the program. */
    readonly edits: number;
  },
): (edit: Mend) => PlaceOf {
  const { language, entryPoint, program, suspicion, lineInStarter, edits } = of;
  const statementLine = statementLines(syntax, language, program);
  const entry = functionsOf(syntax, language, program).find(({ name }) => name === entryPoint);
  return (edit) => {
    const inEntry = !entry || (edit.start >= entry.start && edit.start < entry.end);
    const weight = inEntry ? 1 : outsideEntry;
    if (suspicion === null || edit.operator === 'missingImport') {
      return { weight, suspicion: null, inEntry };
    }
    const lines = [edit.line, statementLine(edit.start)].map(lineInStarter);
    const most = Math.max(...lines.map((line) => suspicion.get(line) ?? 0));
    const least = edits === 0 ? 0 : reachedOnlyNow;
    return { weight: weight * Math.max(least, most), suspicion: most, inEntry };
  };
}
