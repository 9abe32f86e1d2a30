import type { Estimate, TaskRow, TurnCell } from '../engine/domain/view';
import type { Texts } from './texts';

/** The last column of a row: what matters, in a few words. `running`: whether its run is. */
export function rowWords(row: TaskRow, texts: Texts, running: boolean): string {
  if (row.samples !== undefined) return sampledWords(row, row.samples, texts, running);
  const last = row.turns.findLast(({ nothing }) => nothing === undefined);
  if (isInterrupted(row, running)) return texts.states.interrupted;
  if (row.state === 'waiting') return texts.waiting;
  if (row.solvedVisible === true) {
    if (row.passedHidden === false) return texts.failsHidden;
    const turn = row.passedAt ?? row.turns.length;
    return turn === 1 ? texts.firstTry : texts.solvedIn(turn);
  }
  if (row.stop !== undefined) {
    const why = texts.stops[row.stop];
    return last === undefined ? why : `${last.passed}/${last.of} · ${why}`;
  }
  if (last === undefined && row.turns.length > 0) return texts.noProgram;
  return last === undefined ? texts.starting : texts.testsTurn(last.passed, last.of, last.number);
}

/** `3 of 6 samples solved`, of a task that is tried several times. */
function sampledWords(
  row: TaskRow,
  { solved, of, ended, passedHidden }: NonNullable<TaskRow['samples']>,
  texts: Texts,
  running: boolean,
): string {
  const isBegun = ended > 0 || row.turns.length > 0 || row.state === 'running';
  if (!isBegun) return texts.waiting;
  const counts =
    solved > 0 && row.passedHidden === false && passedHidden === 0
      ? texts.samplesFailHidden(solved, of)
      : texts.samplesBrief(solved, of);
  return isInterrupted(row, running) ? `${counts} · ${texts.states.interrupted}` : counts;
}

/** A task that had begun when its run stopped. */
function isInterrupted({ state, turns }: TaskRow, running: boolean): boolean {
  return !running && state !== 'ended' && turns.length > 0;
}

/** Everything a row shows, in one sentence for those who cannot see it. */
export function rowLabel(row: TaskRow, texts: Texts, running: boolean): string {
  const turns = row.turns.slice(-8).map((cell) => cellLabel(cell, texts));
  return [row.entryPoint, row.language, rowWords(row, texts, running), ...turns].join(', ');
}

export function cellLabel(cell: TurnCell, texts: Texts): string {
  if (cell.nothing !== undefined) return texts.emptyTurnLabel(cell.number);
  return texts.turnLabel(cell.number, texts.statuses[cell.status], cell.passed, cell.of);
}

/** `65 %`, or nothing where there is nothing to share out. */
export function shareWords({ count, of }: Estimate): string {
  return of === 0 ? '–' : `${Math.round((100 * count) / of)} %`;
}

/** `[50–77]`, the interval in per cent. */
export function intervalWords({ interval }: Estimate): string {
  if (interval === null) return '';
  const [low, high] = interval.map((share) => Math.round(100 * share));
  return `[${low}–${high}]`;
}

/** A length of time as people say it. */
export function durationWords(ms: number, texts: Texts): string {
  if (ms < 1000) return texts.milliseconds(Math.round(ms));
  const seconds = ms / 1000;
  if (seconds < 60)
    return texts.seconds(seconds.toFixed(seconds < 10 && !Number.isInteger(seconds) ? 1 : 0));
  const whole = Math.floor(seconds);
  if (whole < 3600) return texts.minutes(Math.floor(whole / 60), whole % 60);
  return texts.hours(Math.floor(whole / 3600), Math.floor((whole % 3600) / 60));
}

/** A solver as people are told of it: a search is never called a model. */
export function solverWords(solver: string, texts: Texts): string {
  const name = solver.replace(/@.*$/, '');
  if (name === 'chat') return texts.chatModel;
  return name === 'search-repair' ? texts.searchRepair : name;
}

/** Dollars with as many digits as tell something. A price that is not known is never 0. */
export function costWords(usd: number | null, texts: Texts): string {
  if (usd === null) return texts.unknown;
  if (usd === 0) return '$0';
  if (usd < 0.0001) return '<$0.0001';
  return usd < 0.01 ? `$${Number(usd.toPrecision(2))}` : `$${usd.toFixed(2)}`;
}

/** A count with its thousands set apart. */
export function numberWords(count: number, texts: Texts): string {
  return new Intl.NumberFormat(texts.locale).format(count);
}

/** Why no program came of a turn; the word itself where the engine knows more than we do. */
export function nothingWords(reason: string, texts: Texts): string {
  const known: Readonly<Record<string, string>> = texts.nothings;
  return known[reason] ?? reason;
}

/** The short mark of a language. */
export function languageMark(language: TaskRow['language']): string {
  const marks: Readonly<Record<string, string>> = {
    python: 'py',
    javascript: 'js',
    typescript: 'ts',
  };
  return marks[language] ?? language;
}

/** Why a task was turned away; the code itself where the engine knows more than we do. */
export function rejectionWords(code: string, texts: Texts): string {
  const known: Readonly<Record<string, string>> = texts.rejections;
  return known[code] ?? code;
}

export function leftOutWords(
  { language, reason }: { readonly language: string; readonly reason: string },
  texts: Texts,
): string {
  const known: Readonly<Record<string, string>> = texts.languages;
  return texts.leftOut(known[language] ?? language, reason);
}
