// Chat calls per second through our model (budgets, admission, retries, checks of every reply)
// against the bare `openai` client making the same calls to the same server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import { concurrently } from '../src/engine/domain/concurrently';
import { openBudgets } from '../src/engine/models/budgets';
import { openChatModel } from '../src/engine/models/openChatModel';
import { median } from '../src/engine/statistics/median';

const calls = 3000;
const inFlight = 64;
const rounds = 5;
const maxTokens = 512;
const target = 1.3;

async function main(): Promise<void> {
  const server = spawn(process.execPath, ['bench/support/zeroLatencyServer.mjs'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  const baseUrl = `http://127.0.0.1:${port.toString().trim()}/v1`;
  const stateFolder = mkdtempSync(path.join(tmpdir(), 'flywheel-bench-'));
  try {
    await measure(baseUrl, stateFolder);
  } finally {
    server.kill();
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

async function measure(baseUrl: string, stateFolder: string): Promise<void> {
  const budgets = await openBudgets({
    stateFolder,
    run: 'bench',
    perRun: { maxTokens: 1e12 },
    perDay: { maxTokens: 1e12 },
  });
  const assetsFolder = path.resolve('dist/assets');
  const model = await openChatModel({
    ...{ baseUrl, model: 'm', apiKey: 'sk-bench-0123456789', provider: 'vllm' },
    ...{ budgets, assetsFolder, stateFolder },
  });
  const client = new OpenAI({ apiKey: 'sk-bench-0123456789', baseURL: baseUrl, maxRetries: 0 });
  const ours = async (content: string): Promise<string> => {
    const request = { messages: [{ role: 'user', content }], maxTokens, temperature: 0.7 } as const;
    const reply = await model.complete(request, never);
    if (reply.kind !== 'replied') throw new Error(JSON.stringify(reply));
    return reply.choices[0]?.text ?? '';
  };
  const bare = async (content: string): Promise<string> => {
    const stream = await client.chat.completions.create({
      ...{ model: 'm', messages: [{ role: 'user', content }], max_completion_tokens: maxTokens },
      ...{ temperature: 0.7, stream: true, stream_options: { include_usage: true } },
    });
    const pieces: string[] = [];
    for await (const chunk of stream) pieces.push(chunk.choices[0]?.delta.content ?? '');
    return pieces.join('');
  };
  if ((await ours('warm')) !== (await bare('warm'))) throw new Error('the replies differ');
  const times: { ours: number; bare: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push({ ours: await timed(ours, round), bare: await timed(bare, round) });
  }
  const seconds = (all: readonly number[]): string => ((median(all) ?? 0) / 1000).toFixed(2);
  const ratio = median(times.map((time) => time.ours / time.bare)) ?? 0;
  console.log(
    `${String(rounds)} rounds of ${String(calls)} calls, ${String(inFlight)} in flight, Node ${process.version}`,
  );
  console.log(`our model    ${seconds(times.map((time) => time.ours))} s`);
  console.log(`bare openai  ${seconds(times.map((time) => time.bare))} s`);
  console.log(`ratio        ${ratio.toFixed(2)} (at most ${String(target)})`);
  budgets.close();
  await model.close();
  if (ratio > target) process.exitCode = 1;
}

const never = new AbortController().signal;
const filler = 'The function takes a list of words and returns how often each of them is there.\n';

async function timed(call: (content: string) => Promise<string>, round: number): Promise<number> {
  const items = Array.from(
    { length: calls },
    (_, place) => `${String(round)}.${String(place)} ${filler.repeat(16)}`,
  );
  const began = performance.now();
  await concurrently(items, inFlight, never, call);
  return performance.now() - began;
}

void main();
