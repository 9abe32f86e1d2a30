import { definePrompt } from '../../../../solvers/prompts/prompt';

/** Evol-Instruct (2304.12244) for code: a task made from one that is there, by one operator. */
export const evolvePrompt = definePrompt({
  name: 'evolve',
  version: 1,
  slots: ['task', 'operator', 'form'],
  text: `
Here is a programming task:

{{task}}

Make a new task from it: {{operator}} It stays a task that a person can understand and solve, and is at
most twenty words longer. Its function has a name of its own. Do not speak of the task that it was made from.

{{form}}
`,
});

/** Whether anything was gained: the first of the elimination rules. */
export const evolveJudgePrompt = definePrompt({
  name: 'evolve-judge',
  version: 1,
  slots: ['before', 'after'],
  text: `
Two programming tasks are given. Answer with the one word "equal" where they ask for the same: the same
requirements, the same depth and breadth. Answer "different" else.

{{before}}

{{after}}
`,
});
