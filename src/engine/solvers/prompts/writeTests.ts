import { definePrompt } from './prompt';

/** Tests for a task that has too few (CodeT, 2207.10397). */
export const writeTestsPrompt = definePrompt({
  name: 'write-tests',
  version: 1,
  slots: ['task', 'starter', 'entryPoint', 'language', 'form', 'count'],
  text: `
{{task}}

{{starter}}

Do not solve the task. Write {{count}} tests for a {{language}} program that must {{entryPoint}}: usual inputs
first, then empty and extreme ones. Work out each expected value from the task with care.
Give them in one fenced code block, one statement on each line, each of the form {{form}}.
`,
});
