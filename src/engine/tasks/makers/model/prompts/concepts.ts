import { definePrompt } from '../../../../solvers/prompts/prompt';

/** SelfCodeAlign (2410.24198), first step: from a function to the concepts that it shows. */
export const conceptsPrompt = definePrompt({
  name: 'concepts',
  version: 1,
  slots: ['program'],
  text: `
Name the programming concepts that the function below shows: three to six, short, separated by commas, on
one line, and nothing else.

{{program}}
`,
});

/** Its second step: from concepts to a task, of a difficulty that was drawn. */
export const fromConceptsPrompt = definePrompt({
  name: 'from-concepts',
  version: 1,
  slots: ['concepts', 'difficulty', 'form'],
  text: `
Think of one new programming task that is {{difficulty}} and needs these concepts, all or most of them:

{{concepts}}

{{form}}
`,
});
