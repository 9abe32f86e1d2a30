import { chinese } from './texts.chinese';
import { english } from './texts.english';

/** The words of the page of rounds. A text with places is a function of what goes there. */
export type RoundsTexts = { readonly [Key in keyof typeof english]: Widen<(typeof english)[Key]> };

type Widen<Value> = Value extends string
  ? string
  : Value extends (...places: infer Places) => string
    ? (...places: Places) => string
    : { readonly [Key in keyof Value]: Widen<Value[Key]> };

/** The table for a language of VS Code, such as `zh-cn`; English where we have no other. */
export function roundsTextsFor(language: string): RoundsTexts {
  return /^zh\b/i.test(language) ? chinese : english;
}
