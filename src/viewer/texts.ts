import { english } from './texts.english';
import { chinese } from './texts.chinese';

/** The words of the viewer. A text with places is a function of what goes there. */
export type Texts = { readonly [Key in keyof typeof english]: Widen<(typeof english)[Key]> };

type Widen<Value> = Value extends string
  ? string
  : Value extends (...places: infer Places) => string
    ? (...places: Places) => string
    : { readonly [Key in keyof Value]: Widen<Value[Key]> };

/** The table for a language of VS Code, such as `zh-cn`; English where we have no other. */
export function textsFor(language: string): Texts {
  return /^zh\b/i.test(language) ? chinese : english;
}
