import * as vscode from 'vscode';
import type { ChatListener, ChatReply, ChatRequest } from '../engine/domain/chat';
import { messageOf } from '../engine/domain/errors';
import type { Host, LentModelFacts } from './hostCalls';
import { lentFaultOf } from './lentFaults';

/** How the editor's models are named in settings and records. */
const editorModelPrefix = 'vscode-lm:';

const textEveryMs = 100;

/** The editor's own language models, lent to the engine. Consent is asked by the editor itself. */
export class EditorModels implements Pick<Host, 'lentModel' | 'complete'> {
  /** Names that `lentModel` knows, with what people call them; none where the editor has none. */
  async list(): Promise<{ readonly name: string; readonly label: string }[]> {
    const models = await vscode.lm.selectChatModels();
    return models.map((model) => ({
      name: nameOf(model),
      label: `${model.name} (${model.vendor})`,
    }));
  }

  async lentModel(name: string): Promise<LentModelFacts | null> {
    const model = await find(name);
    return model ? { contextTokens: model.maxInputTokens } : null;
  }

  async complete(
    name: string,
    request: ChatRequest,
    signal: AbortSignal,
    onText: ChatListener,
  ): Promise<ChatReply> {
    const model = await find(name);
    if (!model) return gone(name);
    const began = performance.now();
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const wanted = Array.from({ length: request.choices ?? 1 }, (_, choice) => choice);
      const texts = await Promise.all(
        wanted.map((choice) => this.one(model, request, choice, source.token, onText)),
      );
      const prompts = await Promise.all(
        request.messages.map(({ content }) => model.countTokens(content)),
      );
      const replies = await Promise.all(texts.map((text) => model.countTokens(text)));
      if (texts.every((text) => text.trim() === '')) {
        return { kind: 'refused', reason: vscode.l10n.t('The model answered nothing.') };
      }
      return {
        kind: 'replied',
        choices: texts.map((text) => ({ text, finish: 'stop' as const })),
        usage: {
          promptTokens: sum(prompts) * wanted.length,
          completionTokens: sum(replies),
          estimated: true,
        },
        costUsd: null,
        durationMs: performance.now() - began,
      };
    } catch (error) {
      return signal.aborted ? { kind: 'cancelled' } : replyOf(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  private async one(
    model: vscode.LanguageModelChat,
    request: ChatRequest,
    choice: number,
    token: vscode.CancellationToken,
    onText: ChatListener,
  ): Promise<string> {
    const messages = request.messages.map(({ role, content }) =>
      // The editor has no role for rules: they stand in front as the person's words.
      role === 'assistant'
        ? vscode.LanguageModelChatMessage.Assistant(content)
        : vscode.LanguageModelChatMessage.User(content),
    );
    const justification = vscode.l10n.t('Code Flywheel asks it to write and mend programs.');
    const response = await model.sendRequest(messages, { justification }, token);
    let text = '';
    let toldAt = 0;
    for await (const part of response.text) {
      text += part;
      if (performance.now() - toldAt < textEveryMs) continue;
      toldAt = performance.now();
      onText({ choice, text });
    }
    return text;
  }
}

async function find(name: string): Promise<vscode.LanguageModelChat | undefined> {
  return (await vscode.lm.selectChatModels()).find((model) => nameOf(model) === name);
}

function nameOf(model: vscode.LanguageModelChat): string {
  return `${editorModelPrefix}${model.vendor}/${model.id}`;
}

function gone(name: string): ChatReply {
  return {
    kind: 'unavailable',
    reason: vscode.l10n.t('The editor has no model {0} now.', name),
    mend: vscode.l10n.t('Choose another with "Flywheel: Select Model…".'),
  };
}

/** A filter is about this request alone; all else about the model, which may be asked again later. */
function replyOf(error: unknown): ChatReply {
  const reason = messageOf(error);
  const unavailable = (mend: string): ChatReply => ({ kind: 'unavailable', reason, mend });
  switch (lentFaultOf(error)) {
    case 'filtered':
      return { kind: 'refused', reason };
    case 'denied':
      return unavailable(vscode.l10n.t('Allow the use of the model, or choose another.'));
    case 'gone':
      return unavailable(vscode.l10n.t('Choose another with "Flywheel: Select Model…".'));
    case 'quota':
      return unavailable(
        vscode.l10n.t('Resume the run when the quota is fresh, or choose another model.'),
      );
    case 'blocked':
    case 'other':
      return unavailable(
        vscode.l10n.t('Wait a while and resume the run, or choose another model.'),
      );
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
