import { definePrompt } from './prompt';

/** A fresh sample, from the task alone. */
export const solvePrompt = definePrompt({
  name: 'solve',
  version: 1,
  slots: ['task', 'starter', 'tests', 'lessons', 'entryPoint', 'language'],
  text: `
{{task}}

{{starter}}

{{tests}}

{{lessons}}

Write the whole {{language}} program. It must {{entryPoint}}. Think about empty and extreme inputs.
Give the program in one fenced code block, without tests and without examples of its use.
`,
});
