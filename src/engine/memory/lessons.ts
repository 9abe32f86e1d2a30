import { sha256 } from '../domain/hash';
import type { Lesson } from '../domain/rounds';
import type { LanguageName } from '../domain/task';
import { rougeL } from '../similarity/rougeL';

/** Told to a solver at most. */
export const mostTold = 3;
/** Kept at most; of more, those that helped least go (TRAN, 2310.15746, keeps as many). */
export const mostKept = 100;
export const longestLesson = 400;
/** A lesson is judged by its use only after so many. */
const fewestUses = 5;
/** Of ROUGE-L: two lessons so alike say the same. */
const sameText = 0.7;

/** What a lesson is to be found for. */
export interface Situation {
  readonly language: LanguageName;
  /** Words that tell what it is about: of the task, and of how a program failed. */
  readonly about: string;
}

/** A lesson as it is drawn; it has not been told to anybody yet. */
export function drawnLesson(
  text: string,
  from: Situation & { readonly task: string; readonly round: number },
): Lesson {
  const { language, about, task, round } = from;
  const plain = text.replace(/\s+/g, ' ').trim().slice(0, longestLesson);
  return {
    ...{ id: sha256(`${language} ${plain}`).slice(0, 12), text: plain, language, about, round },
    ...{ from: task, wins: 0, losses: 0, state: 'active' },
  };
}

/**
 * The active lessons of the same language that are most about the same, best first; those that
 * share no word that tells anything are none. Equal ones by what they won, then by id.
 */
export function findLessons(
  lessons: readonly Lesson[],
  situation: Situation,
  most = mostTold,
): readonly Lesson[] {
  const active = lessons.filter(
    ({ state, language }) => state === 'active' && language === situation.language,
  );
  const documents = active.map(({ text, about }) => wordsOf(`${text} ${about}`));
  const score = relevance(documents, wordsOf(situation.about));
  return active
    .map((lesson, place) => ({ lesson, score: score(place) }))
    .filter((one) => one.score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        netOf(b.lesson) - netOf(a.lesson) ||
        (a.lesson.id < b.lesson.id ? -1 : 1),
    )
    .slice(0, most)
    .map(({ lesson }) => lesson);
}

/** BM25 with its usual constants, over the lessons that there are. */
function relevance(documents: readonly (readonly string[])[], query: readonly string[]) {
  const [saturation, lengthShare] = [1.2, 0.75];
  const mean =
    documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length);
  const asked = [...new Set(query)];
  const holding = new Map(
    asked.map((word) => [word, documents.filter((words) => words.includes(word)).length]),
  );
  return (place: number): number => {
    const words = documents[place] ?? [];
    return asked.reduce((sum, word) => {
      const count = words.filter((one) => one === word).length;
      if (count === 0) return sum;
      const holds = holding.get(word) ?? 0;
      const rarity = Math.log(1 + (documents.length - holds + 0.5) / (holds + 0.5));
      const length = 1 - lengthShare + (lengthShare * words.length) / mean;
      return sum + (rarity * count * (saturation + 1)) / (count + saturation * length);
    }, 0);
  };
}

/**
 * The book with a proven lesson in it. One that says the same as an older one takes its place, with
 * what that one won and lost; one that a person switched off or that was retired stays out.
 */
export function admitLesson(lessons: readonly Lesson[], lesson: Lesson): readonly Lesson[] {
  if (lesson.text === '') return lessons;
  const twin = lessons.find(
    (one) => one.language === lesson.language && rougeL(one.text, lesson.text) > sameText,
  );
  if (twin && twin.state !== 'active') return lessons;
  if (twin) {
    const { wins, losses } = twin;
    return lessons.map((one) => (one === twin ? { ...lesson, wins, losses } : one));
  }
  const all = [...lessons, lesson];
  if (all.length <= mostKept) return all;
  const [worst] = [...all].sort(
    (a, b) => rankOf(a) - rankOf(b) || netOf(a) - netOf(b) || a.round - b.round,
  );
  return all.filter((one) => one !== worst);
}

/** What a lesson did where it was told: a win where the first program then passed. */
export interface LessonUse {
  readonly text: string;
  readonly isWin: boolean;
}

/** Counts uses, and retires what lost more often than it won in at least five of them. */
export function afterUses(
  lessons: readonly Lesson[],
  uses: readonly LessonUse[],
): readonly Lesson[] {
  return lessons.map((lesson) => {
    const own = uses.filter(({ text }) => text === lesson.text);
    const wins = lesson.wins + own.filter(({ isWin }) => isWin).length;
    const losses = lesson.losses + own.filter(({ isWin }) => !isWin).length;
    const isRetired = lesson.state === 'active' && wins + losses >= fewestUses && losses > wins;
    return { ...lesson, wins, losses, state: isRetired ? 'retired' : lesson.state };
  });
}

/** Retired ones go first. */
function rankOf({ state }: Lesson): number {
  return state === 'active' ? 1 : 0;
}

function netOf({ wins, losses }: Lesson): number {
  return wins - losses;
}

/** Words that stand in nearly every task say nothing of it. */
const common = new Set(
  'a an and are as at be by for from if in is it not of on or return returns should that the then this to when with write x'.split(
    ' ',
  ),
);

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !common.has(word));
}
