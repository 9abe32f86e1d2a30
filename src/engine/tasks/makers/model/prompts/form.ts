import { definePrompt } from '../../../../solvers/prompts/prompt';

/** How a task is to be given, whatever it was made from. */
export const formPrompt = definePrompt({
  name: 'task-form',
  version: 1,
  slots: ['language', 'example'],
  text: `
The task is to write one {{language}} function. It needs nothing but the standard library, no input, no
files, no network, no clock and no chance. Its text says all that its tests ask: names, order of arguments,
what is given for empty and extreme input, and which error is raised.

Give exactly these three sections, each under its heading:

## Task
What the function is to do, in words, with its name and its arguments.

## Program
One fenced code block: a right program with the function.

## Tests
One fenced code block: at least six tests, one statement on each line, each of the form {{example}}.
`,
});
