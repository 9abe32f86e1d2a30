/** A prompt with slots. Its version is recorded with every reply, so the text never changes under it. */
export interface Prompt<Slot extends string> {
  /** `refine@1`. */
  readonly id: string;
  readonly text: string;
  fill(slots: Readonly<Record<Slot, string>>): string;
}

/**
 * A prompt of a file of its own. `{{name}}` is a slot; what fills it is taken as it is, so that
 * nothing in a program or a test can open another slot.
 */
export function definePrompt<Slot extends string>(made: {
  readonly name: string;
  readonly version: number;
  readonly slots: readonly Slot[];
  readonly text: string;
}): Prompt<Slot> {
  const text = made.text.trim();
  return {
    id: `${made.name}@${String(made.version)}`,
    text,
    fill: (slots) =>
      text
        .replace(/\{\{(\w+)\}\}/g, (_, name: string) => slots[name as Slot])
        .replace(/\n{3,}(?=[^\n]*$)/gm, '\n\n')
        .trim(),
  };
}

/**
 * Text of programs, tests or people, set off by a fence longer than any inside it and named for
 * what it is, so that it is read as data and can neither end its block nor pass for our words.
 */
export function fenced(label: string, text: string, tag = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${label}:\n${fence}${tag}\n${text.replace(/\n$/, '')}\n${fence}`;
}
