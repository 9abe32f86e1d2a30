import type { DifferenceLine, TaskRow, TaskStory } from '../engine/domain/view';
import { maxMessageChars } from '../viewer/messages';

/** Room for the summary and the list of runs that travel beside rows. */
const rowsBound = maxMessageChars / 2;

/** Rows in pages that each fit a message; one empty page where there are none. */
export function pagesOf(rows: readonly TaskRow[]): TaskRow[][] {
  let page: TaskRow[] = [];
  const pages = [page];
  let chars = 0;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    if (chars + size > rowsBound && page.length > 0) {
      page = [];
      pages.push(page);
      chars = 0;
    }
    page.push(row);
    chars += size;
  }
  return pages;
}

/**
 * A story that fits one message: where it does not, each turn has an equal share, to which its
 * long texts and lists are cut. The whole programs stay one click away, in the editor's own
 * difference view.
 */
export function fitStory(story: TaskStory): TaskStory {
  if (JSON.stringify(story).length <= maxMessageChars) return story;
  const share = Math.floor(maxMessageChars / (story.turns.length + 2));
  const { turns, prompt, starter, ...rest } = story;
  return {
    ...rest,
    prompt: fitted(prompt, share),
    ...(starter === undefined ? {} : { starter: fitted(starter, share) }),
    turns: turns.map((turn) => fitted(turn, share)),
  };
}

/** Shortest that a text is cut to; names and hashes are never longer. */
const leastChars = 64;

/** Plain data whose texts and lists are cut until it takes at most `share` characters of JSON. */
function fitted<T>(data: T, share: number): T {
  // JSON may write one character as up to six, and there may be many texts: found by trying.
  for (let bound = share; ; bound = Math.max(leastChars, Math.floor(bound / 4))) {
    const fits = cut(data, bound, Math.max(1, Math.floor(bound / leastChars)));
    if (bound === leastChars || JSON.stringify(fits).length <= share) return fits;
  }
}

/** The same data with texts of at most `chars` and lists of at most `items`, marked where cut. */
function cut<T>(data: T, chars: number, items: number): T {
  if (typeof data === 'string') {
    // Types have no word for "the same kind of thing, shorter".
    return (data.length <= chars ? data : `${data.slice(0, chars).toWellFormed()}…`) as T;
  }
  if (Array.isArray(data)) {
    const kept = data.slice(0, items).map((item: unknown) => cut(item, chars, items));
    return (data.length <= items || !isLine(data[0]) ? kept : [...kept, gap]) as T;
  }
  if (typeof data !== 'object' || data === null) return data;
  const fields = Object.entries(data).map(([key, value]): [string, unknown] => [
    key,
    cut<unknown>(value, chars, items),
  ]);
  return Object.fromEntries(fields) as T;
}

const gap: DifferenceLine = { kind: 'gap', text: '' };

function isLine(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'kind' in item && 'text' in item;
}
