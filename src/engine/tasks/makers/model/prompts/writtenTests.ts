import { definePrompt } from '../../../../solvers/prompts/prompt';

/** Tests for a function that is there, which decides what of them is right. */
export const writtenTestsPrompt = definePrompt({
  name: 'written-tests',
  version: 1,
  slots: ['function', 'name', 'example'],
  text: `
Write tests for the function {{name}} as it is. Somebody who sees its documentation and your tests, and not
its body, is to write it again.

{{function}}

Give one fenced code block with at least six tests and nothing else. Each is a test function without
parameters that calls {{name}} by its name and needs neither an import of it nor any package:

{{example}}

At least four state what it gives for one input each: usual ones, empty and extreme ones, and those for which
it raises an error. At least two state a property that holds for all inputs, tried on many that are drawn in
a loop from a generator with a fixed seed. No clock, no files, no network.
`,
});
