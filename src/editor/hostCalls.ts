import type { ExportPreview, MadePreview, StepAsked } from '../engine/flywheel/workbench';
import type { ChatListener, ChatReply, ChatRequest } from '../engine/domain/chat';

/** What the engine asks of the extension host: what only the editor has. */
export interface HostCalls {
  /** The key for an address; null where the person gave none. */
  apiKey: { input: { readonly baseUrl: string }; output: string | null };
  /** A model that the editor lends; null where it has none of that name. */
  lentModel: { input: { readonly name: string }; output: LentModelFacts | null };
  complete: { input: { readonly name: string; readonly request: ChatRequest }; output: ChatReply };
  /** Whether a dataset is to be written as it was selected. */
  confirmExport: { input: { readonly preview: ExportPreview }; output: boolean };
  /** Whether made tasks are to be written. */
  confirmTasks: { input: { readonly preview: MadePreview }; output: boolean };
  /** Whether a step of a round is to be done. */
  confirmStep: { input: { readonly run: string; readonly asked: StepAsked }; output: boolean };
}
export type AskName = keyof HostCalls;
export type AskInput<Name extends AskName> = HostCalls[Name]['input'];
export type AskOutput<Name extends AskName> = HostCalls[Name]['output'];

export interface LentModelFacts {
  readonly contextTokens: number | null;
}

/** One question with the input that belongs to its name. */
export type HostAsk = {
  [Name in AskName]: { readonly ask: Name; readonly input: AskInput<Name> };
}[AskName];

/** The extension host as it answers. */
export interface Host {
  apiKey(baseUrl: string): Promise<string | null>;
  lentModel(name: string): Promise<LentModelFacts | null>;
  complete(
    name: string,
    request: ChatRequest,
    signal: AbortSignal,
    onText: ChatListener,
  ): Promise<ChatReply>;
  confirmExport(preview: ExportPreview, signal: AbortSignal): Promise<boolean>;
  confirmTasks(preview: MadePreview, signal: AbortSignal): Promise<boolean>;
  confirmStep(run: string, asked: StepAsked, signal: AbortSignal): Promise<boolean>;
}

/** The other end, as the engine thread has it. */
export interface AskHost {
  <Name extends AskName>(
    name: Name,
    input: AskInput<Name>,
    signal: AbortSignal,
    onText?: ChatListener,
  ): Promise<AskOutput<Name>>;
}
