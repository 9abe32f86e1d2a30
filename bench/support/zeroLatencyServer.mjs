// Answers every chat request at once with the same stream, in a process of its own.
import { createServer } from 'node:http';

const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const text = 'def double(x):\n    return x * 2\n'.repeat(8);
const pieces = text.match(/[\s\S]{1,8}/g) ?? [];
const body = [
  chunk({ role: 'assistant', content: '' }),
  ...pieces.map((content) => chunk({ content })),
  chunk({}, 'stop'),
  `data: ${JSON.stringify({ id: 'c', choices: [], usage: { prompt_tokens: 300, completion_tokens: pieces.length } })}\n\n`,
  'data: [DONE]\n\n',
].join('');
const bytes = Buffer.from(body);

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const isChat = request.url.endsWith('/chat/completions');
    response.writeHead(isChat ? 200 : 404, { 'content-type': 'text/event-stream' });
    response.end(isChat ? bytes : '');
  });
});
server.listen(0, '127.0.0.1', 1024, () =>
  process.stdout.write(`${String(server.address().port)}\n`),
);
