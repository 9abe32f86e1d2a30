import { definePrompt } from './prompt';

/** The model explains its own program beside a failing test (Self-Debugging, 2304.05128). */
export const explainPrompt = definePrompt({
  name: 'explain',
  version: 1,
  slots: ['feedback'],
  text: `
{{feedback}}

Explain your program step by step, as it is and not as it was meant: what does each part do on the
failing input, and where does it first leave what the task asks for? Write at most 200 words and no code.
`,
});
