import { definePrompt } from './prompt';

/** Said once when a reply held no program. */
export const againPrompt = definePrompt({
  name: 'again',
  version: 1,
  slots: ['reason', 'entryPoint', 'language'],
  text: `
{{reason}} Give the whole {{language}} program in one fenced code block, and nothing else.
It must {{entryPoint}}.
`,
});
