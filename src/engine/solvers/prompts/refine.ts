import { definePrompt } from './prompt';

/** Mends the program shown before, from what is told of it. */
export const refinePrompt = definePrompt({
  name: 'refine',
  version: 1,
  slots: ['feedback', 'explanation', 'lessons', 'stuck', 'entryPoint', 'language'],
  text: `
{{feedback}}

{{explanation}}

{{lessons}}

{{stuck}}

First write one line that begins with "Lesson:" and says what was wrong and what to do instead.
Then give the whole corrected {{language}} program in one fenced code block. It must {{entryPoint}}.
Keep what already works. Do not write tests, and do not treat inputs of the tests as special cases.
`,
});
