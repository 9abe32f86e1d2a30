import { definePrompt } from '../../../../solvers/prompts/prompt';

/** OSS-Instruct (Magicoder, 2312.02120): a few random lines of code as the seed of a new task. */
export const snippetsPrompt = definePrompt({
  name: 'from-snippets',
  version: 1,
  slots: ['snippet', 'form'],
  text: `
Take inspiration from the lines of code below and think of one new programming task of good quality. The
lines are no part of it: who solves it does not see them, and it must be understood without them.

{{snippet}}

{{form}}
`,
});
