import { definePrompt } from '../../../../solvers/prompts/prompt';

/** A task from a section of a document: a README, a description of an API, a change log. */
export const documentsPrompt = definePrompt({
  name: 'from-documents',
  version: 1,
  slots: ['section', 'form'],
  text: `
Read this section of a document and think of one new programming task about something that it describes: a
behaviour, a format, a rule, a defect that was mended. Who solves it does not see the document and has no
package that it speaks of; the task must be understood without both.

{{section}}

{{form}}
`,
});
