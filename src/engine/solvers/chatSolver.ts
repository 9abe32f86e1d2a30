import type { ChatChoice, ChatListener, ChatModel } from '../domain/chat';
import { sha256 } from '../domain/hash';
import type { Approach, Guidance, HeldForRight, NoProposal, Solver } from '../domain/ports';
import { effectKinds, type CallRecord } from '../domain/records';
import { isOurs, type Problem, type VisibleTest } from '../domain/task';
import type { Candidate, Feedback, Told, Turn } from '../domain/trajectory';
import type { Syntax } from '../syntax/parser';
import { asking, refining, sampling, type Conversation } from './conversation';
import { callModel, isRecord, stopped, type ModelCall } from './modelCall';
import { partsOf, unreadWords } from './promptParts';
import { againPrompt } from './prompts/again';
import { explainPrompt } from './prompts/explain';
import { rubberDuckPrompt } from './prompts/rubberDuck';
import { systemPrompt } from './prompts/system';
import { writeTestsPrompt } from './prompts/writeTests';
import { lessonIn, plainReply } from './replies/plainReply';
import { readReply } from './replies/readReply';
import type { ReadReply, UnreadReason } from './replies/reply';
import { fitted, roughTokens, smaller, type CountTokens, type Sized } from './window';
import { maxWrittenTests, testForm, writtenTests } from './writtenTests';

/** What changes a chat solver's programs; frozen with a run. */
export interface ChatSettings {
  readonly seed: number;
  /** Of programs; where null, greedy for one sample and 0.7 for several, greedy corrections. */
  readonly temperature: number | null;
  /** Trajectories of each task. */
  readonly samples: number;
  readonly maxReplyTokens: number;
}

export interface ChatSolverOptions {
  readonly model: ChatModel;
  readonly syntax: Syntax;
  readonly settings: ChatSettings;
  readonly countTokens?: CountTokens;
}

const sampleTemperature = 0.7;
const stuckTemperature = 0.6;
const testTemperature = 0.7;
const maxExplanationChars = 3000;
/** Shorter requests tried where an endpoint says that one is longer than its model reads. */
const mostSteps = 6;
/** Calls of one kind in a turn are fewer. */
const ordinalsPerStep = 1000;

/**
 * A chat model as a solver: it writes programs, explains them, and mends them from what it is told
 * (Self-Debugging, Chen et al. 2023, 2304.05128). It keeps no state: what it does follows from the
 * problem, the guidance, and recorded calls.
 */
export class ChatSolver implements Solver {
  readonly name = 'chat@1';

  constructor(private readonly options: ChatSolverOptions) {}

  async propose(
    problem: Problem,
    _history: readonly Turn[],
    signal: AbortSignal,
    guidance?: Guidance,
  ): Promise<readonly Candidate[] | NoProposal | HeldForRight> {
    if (!guidance) throw new Error('a chat solver is guided by the loop');
    const { approach } = guidance;
    const base = approach.kind === 'refine' ? approach.base : undefined;
    if (!base) return this.programs(problem, guidance, signal, sampling(problem, approach));
    const given = approach.feedback ?? { kind: 'simple', text: '' };
    const feedback = await this.explained(problem, guidance, given, signal);
    if (feedback.kind === 'stopped') return feedback;
    // With no test to say otherwise, its own word is all there is, and nothing is left to mend.
    if (feedback.selfJudgement === 'right' && problem.tests.length === 0) {
      return { kind: 'heldForRight', about: base.number };
    }
    const sizes = refining(problem, approach, feedback);
    return this.programs(problem, guidance, signal, sizes, feedback);
  }

  async writeTests(
    problem: Problem,
    { sample, effects }: Pick<Guidance, 'sample' | 'effects'>,
    signal: AbortSignal,
  ): Promise<readonly VisibleTest[] | NoProposal> {
    const { language, entryPoint } = problem;
    const { syntax } = this.options;
    if (!isOurs(language)) return [];
    const parts = partsOf(problem);
    const text = writeTestsPrompt.fill({
      ...parts,
      form: testForm(language, entryPoint),
      count: String(maxWrittenTests),
    });
    const system = systemPrompt.fill({ language: parts.language });
    const conversation: Conversation = {
      prompt: `${systemPrompt.id}+${writeTestsPrompt.id}`,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: text },
      ],
    };
    const kind = effectKinds.callForTests;
    const place = { kind, task: problem.hash, sample, turn: 0, ordinal: 0 };
    const record = await this.call(
      place,
      [conversation],
      { temperature: testTemperature },
      { effects, signal },
    );
    if (!isRecord(record)) return record;
    const reply = record.choices[0]?.text ?? '';
    return writtenTests(reply, problem, language, syntax);
  }

  /** Feedback with the model's explanation, for the kinds that ask for one. */
  private async explained(
    problem: Problem,
    guidance: Guidance,
    feedback: Feedback,
    signal: AbortSignal,
  ): Promise<Feedback | Extract<NoProposal, { kind: 'stopped' }>> {
    const isDuck = feedback.kind === 'rubber-duck';
    if (!isDuck && feedback.kind !== 'explain') return feedback;
    const { entryPoint } = partsOf(problem);
    const question = isDuck
      ? { id: rubberDuckPrompt.id, text: rubberDuckPrompt.fill({ entryPoint }) }
      : { id: explainPrompt.id, text: explainPrompt.fill({ feedback: feedback.text }) };
    const { sample, turn, effects, approach, onText } = guidance;
    const kind = effectKinds.callForExplanation;
    const place = { kind, task: problem.hash, sample, turn, ordinal: 0 };
    const sizes = asking(problem, approach, question);
    const how = { temperature: 0 };
    const record = await this.call(place, sizes, how, { effects, signal, onText });
    if (!isRecord(record)) {
      if (record.kind === 'nothing' || record.stop === 'modelRefused') return plainKind(feedback);
      return record;
    }
    const text = plainReply(record.choices[0]?.text ?? '')
      .trim()
      .slice(0, maxExplanationChars);
    if (text === '') return plainKind(feedback);
    const conclusion = /conclusion\W{0,6}(right|wrong)/i.exec(text)?.[1]?.toLowerCase();
    return {
      ...feedback,
      explanation: text,
      ...(isDuck && (conclusion === 'right' || conclusion === 'wrong')
        ? { selfJudgement: conclusion }
        : {}),
    };
  }

  private async programs(
    problem: Problem,
    guidance: Guidance,
    signal: AbortSignal,
    sizes: readonly Conversation[],
    feedback?: Feedback,
  ): Promise<readonly Candidate[] | NoProposal> {
    const { approach, sample, turn, effects, onText } = guidance;
    const temperature = this.temperatureFor(approach);
    const found: Candidate[] = [];
    let unread: { reason: UnreadReason; text: string } | null = null;
    let refusal: string | null = null;
    let ordinal = 0;
    const ask = async (
      conversations: readonly Conversation[],
      choices: number,
    ): Promise<number | NoProposal> => {
      const kind = effectKinds.callForProgram;
      const place = { kind, task: problem.hash, sample, turn, ordinal: ordinal++ };
      const how = { temperature, choices };
      const record = await this.call(place, conversations, how, { effects, signal, onText });
      if (!isRecord(record)) return record;
      if (record.refused !== undefined) refusal = record.refused;
      for (const choice of record.choices) {
        const read = this.read(problem, approach, choice);
        if (read.kind === 'unread') unread = { reason: read.reason, text: choice.text };
        else found.push(this.candidate(read, choice, approach, feedback));
      }
      return record.choices.length;
    };
    for (let asked = 0; asked < approach.breadth && ordinal < approach.breadth;) {
      const answered = await ask(sizes, approach.breadth - asked);
      if (typeof answered !== 'number')
        return found.length > 0 && answered.kind === 'nothing' ? found : answered;
      if (answered === 0) break;
      asked += answered;
    }
    if (found.length > 0) return found;
    if (refusal !== null) return stopped('modelRefused', refusal);
    const { reason, text } = unread ?? { reason: 'empty' as const, text: '' };
    const answered = await ask(
      sizes.map((size) => reminded(size, problem, reason, text)),
      1,
    );
    if (typeof answered !== 'number') return answered;
    if (found.length > 0) return found;
    return {
      kind: 'nothing',
      reason: (unread as { reason: UnreadReason } | null)?.reason ?? reason,
    };
  }

  private read(problem: Problem, { kind, base }: Approach, choice: ChatChoice) {
    const { syntax } = this.options;
    const shown = kind === 'refine' && base ? { shown: base.candidate.program } : {};
    return readReply(choice.text, { problem, syntax, finish: choice.finish, ...shown });
  }

  private candidate(
    { program, renamedFrom }: Extract<ReadReply, { kind: 'program' }>,
    choice: ChatChoice,
    approach: Approach,
    feedback: Feedback | undefined,
  ): Candidate {
    const learned = lessonIn(choice.text);
    const told: Told = {
      approach: approach.kind,
      about: approach.kind === 'refine' ? (approach.base?.number ?? null) : null,
      lessons: approach.lessons,
      ...(feedback ? { feedback } : {}),
      ...(learned === null ? {} : { learned }),
    };
    const parent = approach.kind === 'refine' ? approach.base?.candidate.program : undefined;
    return {
      program,
      proposer: `${this.name} ${this.options.model.name}`,
      told,
      ...(renamedFrom === undefined ? {} : { note: `${renamedFrom} in the reply, renamed` }),
      ...(parent === undefined ? {} : { parent: sha256(parent) }),
    };
  }

  private temperatureFor({ kind, breadth, isStuck, lessons }: Approach): number {
    const { temperature, samples } = this.options.settings;
    if (temperature !== null) return temperature;
    if (kind === 'refine') return isStuck ? stuckTemperature : 0;
    const isOneOfMany = samples > 1 || breadth > 1 || isStuck || lessons.length > 0;
    return isOneOfMany ? sampleTemperature : 0;
  }

  private async call(
    place: Pick<ModelCall, 'kind' | 'task' | 'sample' | 'turn' | 'ordinal'>,
    sizes: readonly Conversation[],
    how: { readonly temperature: number; readonly choices?: number },
    run: Pick<Guidance, 'effects'> & {
      readonly signal: AbortSignal;
      readonly onText?: Guidance['onText'] | undefined;
    },
  ): Promise<CallRecord | NoProposal> {
    const { model, settings } = this.options;
    const { contextTokens } = model;
    const { maxReplyTokens } = settings;
    const countTokens = this.options.countTokens ?? roughTokens;
    let given: Sized = { sizes, window: { contextTokens, maxReplyTokens, countTokens } };
    for (let step = 0; ; step++) {
      const fit = fitted(given.sizes, given.window);
      if (fit === null) {
        const tokens = String(given.window.contextTokens);
        return stopped(
          'modelRefused',
          `the task does not fit the model's context of ${tokens} tokens`,
        );
      }
      const { conversation, maxTokens } = fit;
      const ordinal = place.ordinal + step * ordinalsPerStep;
      const call = { ...place, ordinal, ...conversation, ...how, maxTokens };
      const { effects, signal } = run;
      const heard = hearing(place.kind, run.onText);
      const on = { model, seed: settings.seed, effects, signal, onText: heard.onText };
      const record = await callModel(call, on).finally(heard.end);
      if (!isRecord(record) || !record.tooLong || step >= mostSteps) return record;
      const less = smaller(given, fit, record.tooLong.contextTokens);
      if (less === null) return record;
      given = less;
    }
  }
}

/** Passes on the first reply of a call as it comes, and its end where anything came. */
function hearing(kind: string, tell: Guidance['onText']) {
  let text = '';
  const onText: ChatListener | undefined =
    tell &&
    ((told) => {
      // Further replies come at the same time, and only one can be followed with the eyes.
      if (told.choice !== 0) return;
      text = told.text;
      tell({ kind, text, isDone: false });
    });
  const end = (): void => {
    if (text !== '') tell?.({ kind, text, isDone: true });
  };
  return { onText, end };
}

/** Feedback of a kind that asked for an explanation which did not come. */
function plainKind(feedback: Feedback): Feedback {
  return feedback.kind === 'rubber-duck'
    ? { kind: 'simple', text: 'Check the program against the task once more.' }
    : { ...feedback, kind: 'test' };
}

/** The same conversation after a reply that held no program. The reply is shown only in part. */
function reminded(
  conversation: Conversation,
  problem: Problem,
  reason: UnreadReason,
  reply: string,
): Conversation {
  const parts = partsOf(problem);
  const shown = reply.trim() === '' ? '(no reply)' : reply.slice(0, maxShownReplyChars);
  return {
    prompt: `${conversation.prompt}+${againPrompt.id}`,
    messages: [
      ...conversation.messages,
      { role: 'assistant', content: shown },
      { role: 'user', content: againPrompt.fill({ ...parts, reason: unreadWords[reason] }) },
    ],
  };
}

const maxShownReplyChars = 500;
