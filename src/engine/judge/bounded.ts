import { maxMessageChars } from '../domain/verdict';

/** Head and tail of a text that is longer than `most`. */
export function shorten(text: string, most: number = maxMessageChars): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 3) / 2);
  return `${text.slice(0, half)}...${text.slice(-half)}`;
}
