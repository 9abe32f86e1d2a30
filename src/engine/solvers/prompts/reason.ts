import { definePrompt } from './prompt';

/**
 * The reason for a correction that is known to be right, asked for afterwards (STaR, 2203.14465;
 * A3T, 2403.14589). What is shown here for that is taken away from what is kept.
 */
export const reasonPrompt = definePrompt({
  name: 'reason',
  version: 1,
  slots: ['program', 'feedback', 'right', 'language'],
  text: `
{{program}}

{{feedback}}

{{right}}

Explain how somebody who has only the task, the first program and what the tests said finds the fault:
what does the first program do on the failing input, where does it first leave what the task asks for,
and what has to change? Speak of the first program alone, never of the second one, as if it were not
there. Write at most 200 words and no code.
`,
});
