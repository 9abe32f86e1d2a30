import type { ChatModel } from '../../../domain/chat';
import { concurrently } from '../../../domain/concurrently';
import { sha256, taskHash } from '../../../domain/hash';
import type { Effects, NoProposal } from '../../../domain/ports';
import { effectKinds } from '../../../domain/records';
import { defaultLimits, type Task, type Test } from '../../../domain/task';
import { callModel, isRecord } from '../../../solvers/modelCall';
import { fenced } from '../../../solvers/prompts/prompt';
import type { RejectReason } from '../../gate/gateReport';
import type { TestedFunction } from '../../source/testedFunctions';
import type { FromMaker, MakerOptions, Refused } from '../maker';
import { drawOf, formFor, type Draw, type ModelMaker, type Seeds } from './draws';
import { eliminated } from './eliminate';
import { conceptsPrompt, fromConceptsPrompt } from './prompts/concepts';
import { evolveJudgePrompt } from './prompts/evolve';
import { formPrompt } from './prompts/form';
import { readTaskReply, readTestsReply, type WrittenTask } from './readReply';

/** Calls for each task that is wanted, before the rest is given up. */
const callsPerTask = 4;
const fewestCalls = 8;
const temperature = 0.7;
const maxReplyTokens = 3000;
const maxShortTokens = 200;
/** What bounds the calls of a maker, for who tells its cost before it begins. */
export const callBounds = {
  callsPerTask,
  fewestCalls,
  maxReplyTokens,
  /** Calls that one task may take. */
  steps: {
    'from-snippets': 1,
    'from-concepts': 2,
    'self-instruct': 1,
    evolve: 2,
    'from-documents': 1,
    'written-tests': 1,
  } satisfies Record<ModelMaker, number>,
};
const longestConcepts = 300;
const maxKeptChars = 2000;

export interface ModelTasksOptions extends Pick<MakerOptions, 'signal' | 'seed' | 'origin'> {
  readonly model: ChatModel;
  readonly effects: Effects;
  /** Calls that are under way at a time. */
  readonly concurrency: number;
  readonly limit: number;
  readonly admit: (task: Task) => Promise<Task | null>;
  readonly refuse: (refused: Refused) => Promise<void>;
  readonly onProgress?: (tasks: number) => void;
  /** The tests that hold on a function as it is, and a task of them; for tests that a model wrote. */
  readonly provenTask?: (from: TestedFunction, about: WrittenBy) => Promise<FromMaker>;
}

/** Who wrote the tests of a task. */
export interface WrittenBy {
  readonly model: string;
  readonly prompt: string;
}

type Stopped = Extract<NoProposal, { kind: 'stopped' }>;
type Made = null | { readonly task: Task } | Refused | Stopped;

/**
 * Tasks that a model writes: text, program and tests, of which nothing is believed. What can be
 * read and is not eliminated goes to the gate, which runs it. What cannot is kept with the reason.
 * Ends early where the model or a budget stops it; then says so.
 */
export async function modelTasks(
  maker: ModelMaker,
  seeds: Omit<Seeds, 'made'>,
  options: ModelTasksOptions,
): Promise<{
  readonly tasks: readonly Task[];
  readonly stopped?: { stop: string; reason: string };
}> {
  const { limit, concurrency, signal } = options;
  const tasks: Task[] = [];
  const most = Math.max(fewestCalls, limit * callsPerTask);
  let place = 0;
  while (place < most && tasks.length < limit) {
    const count = Math.min(concurrency, most - place, limit - tasks.length);
    const start = place;
    const places = Array.from({ length: count }, (_, at) => start + at);
    place += count;
    const made = await concurrently(places, concurrency, signal, (at) => {
      const draw = drawOf(maker, at, options.seed, { ...seeds, made: tasks });
      return draw === null ? Promise.resolve(null) : makeOne(maker, draw, at, seeds, options);
    });
    for (const one of made) {
      if (one === null || tasks.length >= limit) continue;
      if ('stop' in one) return { tasks, stopped: { stop: one.stop, reason: one.reason } };
      if ('reason' in one) await options.refuse(one);
      else {
        const admitted = await options.admit(one.task);
        if (admitted) tasks.push(admitted);
      }
      options.onProgress?.(tasks.length);
    }
  }
  return { tasks };
}

async function makeOne(
  maker: ModelMaker,
  drawn: Draw,
  place: number,
  { syntax }: Pick<Seeds, 'syntax'>,
  options: ModelTasksOptions,
): Promise<Made> {
  const ask = asker(maker, place, options);
  const draw = drawn.concepts ? await withConcepts(drawn, ask) : drawn;
  if ('stop' in draw) return draw;
  const reply = await ask(1, draw.prompt, draw.text, maxReplyTokens);
  if (typeof reply !== 'string') return reply;
  if (draw.tested) return testsFor(draw.tested, draw, reply, syntax, options);
  const about = { maker, draw, options };
  const written = readTaskReply(syntax, draw.language, reply);
  if (typeof written === 'string') {
    const text = reply.slice(0, maxKeptChars);
    const nothing: WrittenTask = { text, program: '', entryPoint: 'none', support: '', tests: [] };
    return refusedOf(taskOf(nothing, about), 'badReply', written);
  }
  const task = taskOf(written, about);
  const why = eliminated(written.text);
  if (why !== null) return refusedOf(task, 'eliminated', why);
  if (maker !== 'evolve') return { task };
  const before = draw.parents.map(({ prompt }) => fenced('First', prompt)).join('\n\n');
  const slots = { before, after: fenced('Second', written.text) };
  const judged = await ask(2, evolveJudgePrompt.id, evolveJudgePrompt.fill(slots), maxShortTokens);
  if (typeof judged !== 'string') return judged;
  const isEqual = /\bequal\b/i.test(judged) && !/\bdifferent\b/i.test(judged);
  return isEqual ? refusedOf(task, 'eliminated', 'nothing was gained over its parent') : { task };
}

/** The tests of a reply that hold on the function that they were written for. */
async function testsFor(
  from: TestedFunction,
  draw: Draw,
  reply: string,
  syntax: Seeds['syntax'],
  options: ModelTasksOptions,
): Promise<Made> {
  const { model, provenTask } = options;
  if (!provenTask) return null;
  const found = readTestsReply(syntax, draw.language, reply, from.name);
  const tests = typeof found === 'string' ? [] : found.tests;
  const support = typeof found === 'string' ? from.support : found.support;
  const whole = { ...from, support, tests };
  const made = await provenTask(whole, { model: model.name, prompt: draw.prompt });
  const [task] = made.tasks;
  if (task && typeof found !== 'string') return { task };
  const [refused] = made.refused;
  if (refused)
    return typeof found === 'string' ? { ...refused, reason: 'badReply', saw: found } : refused;
  return null;
}

type Ask = (
  step: number,
  prompt: string,
  text: string,
  maxTokens: number,
) => Promise<string | Stopped>;

/** One call of a place; an empty text where the model refused. */
function asker(maker: ModelMaker, place: number, options: ModelTasksOptions): Ask {
  return async (step, prompt, content, maxTokens) => {
    const call = {
      kind: effectKinds.callForTask,
      task: maker,
      sample: place,
      turn: step,
      ordinal: 0,
      prompt,
      messages: [{ role: 'user' as const, content }],
      temperature: step === 2 ? 0 : temperature,
      maxTokens,
    };
    const answer = await callModel(call, options);
    if (isRecord(answer)) return answer.choices[0]?.text ?? '';
    if (answer.kind === 'stopped') return answer;
    return '';
  };
}

async function withConcepts(draw: Draw, ask: Ask): Promise<Draw | Stopped> {
  const { program, difficulty } = draw.concepts ?? { program: '', difficulty: 'easy' };
  const slots = { program: fenced('Function', program) };
  const told = await ask(0, conceptsPrompt.id, conceptsPrompt.fill(slots), maxShortTokens);
  if (typeof told !== 'string') return told;
  const concepts = told.replace(/\s+/g, ' ').trim().slice(0, longestConcepts);
  const form = formFor(draw.language);
  return {
    ...draw,
    prompt: `${conceptsPrompt.id} ${fromConceptsPrompt.id} ${formPrompt.id}`,
    text: fromConceptsPrompt.fill({ concepts: fenced('Concepts', concepts), difficulty, form }),
  };
}

function refusedOf(task: Task, reason: RejectReason, saw: string): Refused {
  return { task, reason, saw };
}

function taskOf(
  written: WrittenTask,
  about: { readonly maker: ModelMaker; readonly draw: Draw; readonly options: ModelTasksOptions },
): Task {
  const { maker, draw, options } = about;
  const { text, program, entryPoint, support, tests } = written;
  const unsplit = {
    language: draw.language,
    prompt: text,
    promptKind: 'text' as const,
    entryPoint,
    ...(support === '' ? {} : { support }),
    ...(program === '' ? {} : { reference: program }),
    tests,
    limits: defaultLimits,
  };
  const defining = { ...unsplit, tests: halfVisible(taskHash(unsplit), tests) };
  const hash = taskHash(defining);
  const [parent] = draw.parents;
  const { from } = draw;
  return {
    ...defining,
    hash,
    id: `${maker}/${entryPoint}/${hash.slice(0, 6)}`,
    family: parent?.family ?? `${maker}/${hash.slice(0, 12)}`,
    source: {
      name: parent?.source.name ?? options.origin.name,
      license: parent ? parent.source.license : options.origin.license,
      maker: `${maker}@1`,
      parent: parent?.id ?? null,
      model: options.model.name,
      prompt: draw.prompt,
      ...(draw.parents.length > 1 ? { parents: draw.parents.map(({ id }) => id) } : {}),
      ...(from ? { from: { ...from } } : {}),
    },
  };
}

/** Half of the tests (rounded up) visible, in the order of a hash that nobody chooses. */
function halfVisible(hash: string, tests: readonly Test[]): readonly Test[] {
  const ranked = tests
    .map(({ id }) => id)
    .sort((a, b) => (sha256(hash + a) < sha256(hash + b) ? -1 : 1));
  const visible = new Set(ranked.slice(0, Math.ceil(ranked.length / 2)));
  return tests.map((test) =>
    visible.has(test.id) && (test.kind === 'assert' || test.kind === 'check')
      ? { ...test, role: 'visible' as const }
      : test,
  );
}
