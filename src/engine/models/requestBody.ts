import type { ChatMessage, ChatRequest } from '../domain/chat';
import type { Capabilities } from './capabilities';

/** The body of one request for `choices` replies. `ordinal`: of the first of them. */
export function requestBody(
  model: string,
  request: ChatRequest,
  capabilities: Capabilities,
  part: { readonly choices: number; readonly ordinal: number },
): Record<string, unknown> {
  const { provider } = capabilities;
  const optional: Record<string, unknown> = {
    temperature: request.temperature,
    top_p: request.topP,
    [provider.seedParameter]: seedOf(request.seed, part.ordinal),
    n: part.choices > 1 ? part.choices : undefined,
    stream: true,
    stream_options: { include_usage: true },
  };
  const taken = Object.entries(optional).filter(
    ([name, value]) => value !== undefined && capabilities.takes(name),
  );
  const body: Record<string, unknown> = {
    ...provider.extra,
    model,
    messages: capabilities.takes('system') ? request.messages : withoutSystem(request.messages),
    [capabilities.lengthParameter]: request.maxTokens,
    ...Object.fromEntries(taken),
  };
  // There are no options of a stream without a stream.
  if (body['stream'] === undefined) delete body['stream_options'];
  return body;
}

/** Replies asked for side by side must not be the same one again. */
function seedOf(seed: number | undefined, ordinal: number): number | undefined {
  return seed === undefined ? undefined : (seed + ordinal * 7919) % 2 ** 31;
}

/** For models without a system role: what it says stands before the first message of the user. */
function withoutSystem(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  const first = others.findIndex(({ role }) => role === 'user');
  const told = system.join('\n\n');
  if (first < 0) return [{ role: 'user', content: told }, ...others];
  return others.map((message, place) =>
    place === first ? { ...message, content: `${told}\n\n${message.content}` } : message,
  );
}
