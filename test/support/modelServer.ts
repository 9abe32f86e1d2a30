import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request as it came. */
export interface SeenRequest {
  readonly number: number;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the server does with a request. Behaviours after those listed repeat the last one. */
export type Behaviour = (request: SeenRequest, reply: Reply) => Promise<void> | void;

export interface ModelServer {
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** Chat requests only. */
  readonly chats: readonly SeenRequest[];
  /** The most chat requests that were open at once. */
  readonly mostOpen: number;
  readonly open: number;
  close(): Promise<void>;
}

/**
 * An OpenAI-compatible server over real sockets that does as it is told, rightly or wrongly: the
 * n-th chat request meets the n-th behaviour. Other routes are 404 unless `routes` has them.
 */
export async function startModelServer(
  behaviours: Behaviour | readonly Behaviour[],
  routes: Readonly<Record<string, unknown>> = {},
): Promise<ModelServer> {
  const list = typeof behaviours === 'function' ? [behaviours] : behaviours;
  const requests: SeenRequest[] = [];
  const chats: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const opened = { now: 0, most: 0 };
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await readBody(incoming);
      const url = incoming.url ?? '';
      const isChat = url.endsWith('/chat/completions');
      const seen = {
        number: isChat ? chats.length : requests.length,
        method: incoming.method ?? '',
        url,
        headers: incoming.headers,
        body,
      };
      requests.push(seen);
      if (!isChat) return sendJson(outgoing, url in routes ? 200 : 404, routes[url] ?? {});
      chats.push(seen);
      opened.now++;
      opened.most = Math.max(opened.most, opened.now);
      outgoing.once('close', () => opened.now--);
      const behave = list[Math.min(seen.number, list.length - 1)];
      await behave?.(seen, new Reply(outgoing, seen));
    })().catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${String(port)}/v1`,
    requests,
    chats,
    get mostOpen() {
      return opened.most;
    },
    get open() {
      return opened.now;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers in the protocol, in pieces, or against it. */
export class Reply {
  constructor(
    private readonly outgoing: ServerResponse,
    readonly request: SeenRequest,
  ) {}

  get isGone(): boolean {
    return this.outgoing.destroyed || this.outgoing.closed;
  }

  json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
    sendJson(this.outgoing, status, body, headers);
  }

  raw(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): void {
    this.outgoing.writeHead(status, headers).end(body);
  }

  startEvents(headers: Readonly<Record<string, string>> = {}): void {
    this.outgoing.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    this.outgoing.flushHeaders();
  }

  /** Bytes as they are; waits until the other side has room. */
  async write(bytes: string | Buffer): Promise<void> {
    if (this.isGone || this.outgoing.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.outgoing.off('drain', go);
        this.outgoing.off('close', go);
        resolve();
      };
      this.outgoing.on('drain', go);
      this.outgoing.on('close', go);
    });
  }

  async event(data: unknown): Promise<void> {
    await this.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  }

  /** A chunk with a delta of one choice. */
  async delta(delta: unknown, index = 0, finish: string | null = null): Promise<void> {
    await this.event({ choices: [{ index, delta, finish_reason: finish }] });
  }

  end(): void {
    this.outgoing.end();
  }

  /** Breaks the connection in the middle. */
  drop(): void {
    this.outgoing.socket?.destroy();
  }
}

export interface WellBehaved {
  /** One for each choice; fewer than asked for where there are fewer. */
  readonly texts?: readonly string[];
  readonly finish?: string;
  readonly usage?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

/** A stream as OpenAI sends it, or one JSON where no stream is asked for. */
export function says(options: WellBehaved | string = {}): Behaviour {
  const told = typeof options === 'string' ? { texts: [options] } : options;
  const { texts = ['hello'], finish = 'stop', headers = {}, delayMs = 0 } = told;
  const usage = told.usage === undefined ? { prompt_tokens: 10, completion_tokens: 5 } : told.usage;
  return async ({ body }, reply) => {
    if (delayMs > 0) await sleep(delayMs);
    if (body['stream'] !== true) {
      const choices = texts.map((content, index) => ({
        index,
        message: { role: 'assistant', content },
        finish_reason: finish,
      }));
      return reply.json(200, { choices, ...(usage === null ? {} : { usage }) }, headers);
    }
    reply.startEvents(headers);
    for (const [index, text] of texts.entries()) {
      await reply.delta({ role: 'assistant', content: '' }, index);
      for (const piece of text.match(/[\s\S]{1,12}/g) ?? []) {
        await reply.delta({ content: piece }, index);
      }
      await reply.delta({}, index, finish);
    }
    const options = body['stream_options'] as { include_usage?: boolean } | undefined;
    if (options?.include_usage === true && usage !== null) {
      await reply.event({ choices: [], usage });
    }
    await reply.event('[DONE]');
    reply.end();
  };
}

/** Answers with a status and a body. */
export function fails(
  status: number,
  body: unknown = { error: { message: 'no' } },
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  return (_request, reply) => reply.json(status, body, headers);
}

function sendJson(
  outgoing: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(JSON.stringify(body));
}

async function readBody(incoming: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
