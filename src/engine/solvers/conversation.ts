import type { ChatMessage } from '../domain/chat';
import type { Approach } from '../domain/ports';
import type { Problem } from '../domain/task';
import type { Feedback } from '../domain/trajectory';
import { lessonsText, partsOf } from './promptParts';
import { fenced } from './prompts/prompt';
import { refinePrompt } from './prompts/refine';
import { solvePrompt } from './prompts/solve';
import { systemPrompt } from './prompts/system';

/** Messages with the versions of the prompts that they were made of. */
export interface Conversation {
  readonly prompt: string;
  readonly messages: readonly ChatMessage[];
}

const leastFeedbackChars = 600;

/** The conversation for a fresh sample, in sizes from the whole down to what cannot be left out. */
export function sampling(problem: Problem, approach: Approach): Conversation[] {
  const parts = partsOf(problem);
  const sized = (lessons: readonly string[], tests: string): Conversation =>
    conversation(`${systemPrompt.id}+${solvePrompt.id}`, problem, [
      user(solvePrompt.fill({ ...parts, tests, lessons: lessonsText(lessons) })),
    ]);
  return [
    sized(approach.lessons, parts.tests),
    sized(approach.lessons.slice(-1), parts.tests),
    sized([], ''),
  ];
}

/**
 * The conversation that asks for a correction: the task, the best turn where it is another, the
 * turn to mend, what is told of it. In sizes: what is oldest is left out first.
 */
export function refining(problem: Problem, approach: Approach, feedback: Feedback): Conversation[] {
  const { lessons } = approach;
  const sized = (parts: {
    readonly best: boolean;
    readonly explained: boolean;
    readonly lessons: readonly string[];
    readonly feedback: string;
  }): Conversation => {
    const explanation = parts.explained ? feedback.explanation : undefined;
    const { language, entryPoint } = partsOf(problem);
    const told = refinePrompt.fill({
      ...{ language, entryPoint },
      feedback: parts.feedback,
      explanation: explanation === undefined ? '' : fenced('Your explanation (data)', explanation),
      lessons: lessonsText(parts.lessons),
      stuck: approach.isStuck ? 'The same failure came back. Take another way than before.' : '',
    });
    return conversation(`${systemPrompt.id}+${solvePrompt.id}+${refinePrompt.id}`, problem, [
      ...shown(problem, approach, parts.best),
      user(told),
    ]);
  };
  const all = { best: true, explained: true, lessons, feedback: feedback.text };
  const least = feedback.text.slice(0, leastFeedbackChars);
  return [
    sized(all),
    sized({ ...all, best: false }),
    sized({ ...all, best: false, lessons: lessons.slice(-1) }),
    sized({ ...all, best: false, lessons: [], explained: false }),
    sized({ best: false, lessons: [], explained: false, feedback: least }),
  ];
}

/** A question about the turn to mend: an explanation. The best turn is left out where it is long. */
export function asking(
  problem: Problem,
  approach: Approach,
  question: { readonly id: string; readonly text: string },
): Conversation[] {
  return [
    conversation(`${systemPrompt.id}+${solvePrompt.id}+${question.id}`, problem, [
      ...shown(problem, approach, false),
      user(question.text),
    ]),
  ];
}

function shown(problem: Problem, approach: Approach, withBest: boolean): ChatMessage[] {
  const { base, best } = approach;
  const parts = partsOf(problem);
  const turns: ChatMessage[] = [user(solvePrompt.fill({ ...parts, lessons: '' }))];
  if (withBest && best) {
    turns.push(program(problem, best.candidate.program));
    const { verdict } = best;
    const passed = verdict.tests.filter(({ outcome }) => outcome === 'passed').length;
    const count = `${String(passed)} of ${String(verdict.tests.length)}`;
    turns.push(
      user(`This passes ${count} visible tests, the most so far. Then you wrote another:`),
    );
  }
  if (base) turns.push(program(problem, base.candidate.program));
  return turns;
}

function program(problem: Problem, source: string): ChatMessage {
  return { role: 'assistant', content: fenced('Program', source, problem.language) };
}

function user(content: string): ChatMessage {
  return { role: 'user', content };
}

function conversation(
  prompt: string,
  problem: Problem,
  messages: readonly ChatMessage[],
): Conversation {
  const { language } = partsOf(problem);
  const system: ChatMessage = { role: 'system', content: systemPrompt.fill({ language }) };
  return { prompt, messages: [system, ...messages] };
}
