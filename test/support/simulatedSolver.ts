import { hashOf } from '../../src/engine/domain/hash';
import { randomOf } from '../../src/engine/domain/random';
import { type Behaviour, type ModelServer, says, startModelServer } from './modelServer';

/** A task as the simulated solver knows it: what tells it in a prompt, and what may be answered. */
export interface KnownTask {
  /** Text that stands in every prompt of the task, and of no other. */
  readonly mark: string;
  readonly right: string;
  readonly wrong: readonly string[];
  /** Of the code block around a program; `python` unless told. */
  readonly language?: string;
}

export interface SimulatedSolverOptions {
  readonly tasks: readonly KnownTask[];
  /** Chance of a right program at the first try. */
  readonly first: number;
  /** The same, once tests have told what fails. */
  readonly afterTests: number;
  /** The same, once a trace of the failing run was shown. */
  readonly afterTrace: number;
  readonly seed: number;
  /** Tells a prompt with a trace; looked for in the last message. */
  readonly traceMark?: RegExp;
  readonly delayMs?: number;
}

type Message = { readonly role: string; readonly content: string };

/**
 * A server that solves known tasks with known chances, in the protocol of chat completions, with
 * `n`, streams and usage. Its replies depend on the seed and the request alone: the same request
 * is always answered the same. No model: its use is to load and to check what drives one.
 */
export async function startSimulatedSolver(options: SimulatedSolverOptions): Promise<ModelServer> {
  return await startModelServer(simulatedSolver(options), {
    '/v1/models': { object: 'list', data: [{ id: 'simulated', max_model_len: 32768 }] },
  });
}

export function simulatedSolver(options: SimulatedSolverOptions): Behaviour {
  return async (seen, reply) => {
    const { body } = seen;
    const messages = (body['messages'] ?? []) as readonly Message[];
    const prompt = messages.map(({ content }) => content).join('\n');
    const task = options.tasks.find(({ mark }) => prompt.includes(mark));
    if (!task) return reply.json(400, { error: { message: 'no known task stands in the prompt' } });
    const asked = Number(body['n'] ?? 1);
    const chance = chanceOf(messages, options);
    const request = hashOf([messages, body['seed'] ?? null]);
    const texts = Array.from({ length: asked }, (_, place) => {
      const random = randomOf(options.seed, `${request}/${String(place)}`);
      const wrong = task.wrong[Math.floor(random() * task.wrong.length)] ?? '';
      const program = random() < chance ? task.right : wrong;
      return `Here it is.\n\n\`\`\`${task.language ?? 'python'}\n${program.trimEnd()}\n\`\`\`\n`;
    });
    const tokens = (text: string): number => Math.ceil(text.length / 4);
    const usage = {
      prompt_tokens: tokens(prompt),
      completion_tokens: texts.reduce((sum, text) => sum + tokens(text), 0),
    };
    await says({ texts, usage, delayMs: options.delayMs ?? 0 })(seen, reply);
  };
}

function chanceOf(messages: readonly Message[], options: SimulatedSolverOptions): number {
  const last = messages.at(-1)?.content ?? '';
  if (!messages.some(({ role }) => role === 'assistant')) return options.first;
  return (options.traceMark ?? /\btrace\b/i).test(last) ? options.afterTrace : options.afterTests;
}
