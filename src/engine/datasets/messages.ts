import type { Task } from '../domain/task';
import type { Attempt } from './pair';
import type { Message } from './row';

/** Asks for the program of a task, from its starter where it has one. */
export function taskMessage(task: Task): Message {
  const isCode = task.promptKind === 'code';
  const parts = isCode
    ? ['Complete this program:', fenced(task.language, task.prompt)]
    : [task.prompt.trim()];
  if (task.starter !== undefined && !isCode) {
    parts.push('The program as it is:', fenced(task.language, task.starter));
  }
  parts.push(`Answer with the whole program. ${asked(task)}`);
  return user(parts.join('\n\n'));
}

/** Asks to mend one failing program, told what its visible tests say. */
export function repairMessage(task: Task, failing: Attempt): Message {
  const parts = [
    task.promptKind === 'code' ? fenced(task.language, task.prompt) : task.prompt.trim(),
    'The program as it is:',
    fenced(task.language, failing.program),
  ];
  if (failing.feedback !== '') parts.push('What its tests say:', fenced('', failing.feedback));
  parts.push('Answer with the whole program, corrected.');
  return user(parts.join('\n\n'));
}

/** Says what the tests found of the program before, and asks for another. */
export function feedbackMessage({ feedback }: Attempt): Message {
  const told = feedback === '' ? 'This is not right.' : fenced('', feedback);
  return user(
    ['What its tests say:', told, 'Answer with the whole program, corrected.'].join('\n\n'),
  );
}

export function programMessage(task: Task, program: string): Message {
  return { role: 'assistant', content: fenced(task.language, program) };
}

/** A fence longer than any run of backticks inside. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function asked({ tests, entryPoint, run }: Task): string {
  const isScript = run !== undefined || tests.some(({ kind }) => kind === 'io');
  return isScript
    ? 'It reads standard input and prints to standard output.'
    : `It must define \`${entryPoint}\` at its top level.`;
}

function user(content: string): Message {
  return { role: 'user', content };
}
