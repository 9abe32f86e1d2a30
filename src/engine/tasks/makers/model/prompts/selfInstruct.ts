import { definePrompt } from '../../../../solvers/prompts/prompt';

/** Self-Instruct (2212.10560): eight tasks of the pool as examples, and one more that is new. */
export const selfInstructPrompt = definePrompt({
  name: 'self-instruct',
  version: 1,
  slots: ['tasks', 'form'],
  text: `
Here are programming tasks of a collection:

{{tasks}}

Think of one more task for this collection. It asks for something else than each of these, not for the same
with other names.

{{form}}
`,
});
