import type { ChatModel } from '../domain/chat';
import type { Guidance, NoProposal, Solver } from '../domain/ports';
import { effectKinds } from '../domain/records';
import type { Problem } from '../domain/task';
import type { Candidate, Feedback, Turn } from '../domain/trajectory';
import { callModel, isRecord } from './modelCall';
import { partsOf } from './promptParts';
import { fenced } from './prompts/prompt';
import { reasonPrompt } from './prompts/reason';
import { systemPrompt } from './prompts/system';
import { plainReply } from './replies/plainReply';

/** A trajectory that failed, and a program of another one that is right. */
export interface Mending {
  readonly failed: string;
  readonly right: string;
}

const maxReasonTokens = 800;
const maxReasonChars = 2000;

/**
 * Failed trajectories repaired (A3T, 2403.14589): the failed program as it was, then in place of
 * what came next a right program of another sample, with the model's own reason for it, which it
 * gives afterwards and which is kept without what it was shown for that. Whether the right program
 * is right is judged as everything is.
 */
export class MendingSolver implements Solver {
  readonly name = 'mended@1';

  constructor(
    private readonly options: {
      readonly mendings: ReadonlyMap<string, Mending>;
      readonly model: ChatModel;
      readonly seed: number;
    },
  ) {}

  async propose(
    problem: Problem,
    history: readonly Turn[],
    signal: AbortSignal,
    guidance?: Guidance,
  ): Promise<readonly Candidate[] | NoProposal> {
    const mending = this.options.mendings.get(problem.hash);
    if (!mending || !guidance || history.length > 1) return [];
    const proposer = `${this.name} ${this.options.model.name}`;
    const [first] = history;
    if (!first) return [{ program: mending.failed, proposer }];
    const feedback = guidance.approach.feedback ?? { kind: 'simple' as const, text: '' };
    const reason = await this.reasonFor(problem, mending, feedback, guidance, signal);
    if (typeof reason !== 'string') return reason;
    const told = {
      ...{ approach: 'refine' as const, about: first.number, lessons: [] },
      feedback: reason === '' ? feedback : { ...feedback, explanation: reason },
    };
    return [{ program: mending.right, proposer, told }];
  }

  /** Empty where the model gave none that can stand without what it was shown. */
  private async reasonFor(
    problem: Problem,
    { failed, right }: Mending,
    feedback: Feedback,
    { sample, turn, effects }: Guidance,
    signal: AbortSignal,
  ): Promise<string | NoProposal> {
    const { language, task } = partsOf(problem);
    const text = reasonPrompt.fill({
      program: `${task}\n\n${fenced('The first program', failed)}`,
      feedback: feedback.text,
      right: fenced('The second program, which passes every test', right),
      language,
    });
    const call = {
      ...{ kind: effectKinds.callForExplanation, task: problem.hash, sample, turn, ordinal: 0 },
      prompt: `${systemPrompt.id}+${reasonPrompt.id}`,
      messages: [
        { role: 'system' as const, content: systemPrompt.fill({ language }) },
        { role: 'user' as const, content: text },
      ],
      ...{ temperature: 0, maxTokens: maxReasonTokens },
    };
    const { model, seed } = this.options;
    const record = await callModel(call, { model, effects, seed, signal });
    if (!isRecord(record)) return record;
    return plainReason(record.choices[0]?.text ?? '');
  }
}

/** Words that only somebody could say who was shown the answer. */
const tells =
  /\b(second|other|corrected|fixed|given|provided|shown|reference|right|passing) (program|version|solution|code)\b|第二个程序|另一个程序|正确的程序/i;

/** The reason as it may be kept: with no code, and with no word of the program that was shown. */
export function plainReason(reply: string): string {
  const text = plainReply(reply).trim().slice(0, maxReasonChars);
  return /```/.test(text) || tells.test(text) ? '' : text;
}
