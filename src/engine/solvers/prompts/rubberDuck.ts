import { definePrompt } from './prompt';

/** The model explains and judges its program with nothing run (Self-Debugging, 2304.05128). */
export const rubberDuckPrompt = definePrompt({
  name: 'rubber-duck',
  version: 1,
  slots: ['entryPoint'],
  text: `
Nothing has been run. Say first, in your own words, what the task asks for, including empty and
extreme inputs. Then explain your program step by step, compare both, and name every difference.
The program must {{entryPoint}}. Write at most 250 words and no code.
End with one line: "Conclusion: right" or "Conclusion: wrong".
`,
});
