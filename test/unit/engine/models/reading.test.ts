import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { EventStream } from '../../../../src/engine/models/eventStream';
import {
  errorDetail,
  faultOfBody,
  faultOfStatus,
  waitOf,
} from '../../../../src/engine/models/fault';
import { pauseOf } from '../../../../src/engine/models/rateHeaders';
import { splitReasoning } from '../../../../src/engine/models/reasoning';
import { usualTags } from '../../../../src/engine/models/thinkMarks';

const tags = ['think', 'thinking'];

describe('reading replies', () => {
  it('gives the same events, whatever pieces the bytes come in and however lines end', () => {
    const data = fc.array(
      fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replace(/[\r\n]/g, '.')),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        data,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (events, end, sizes) => {
          const text = events
            .map((event) => `: c${end}id: 1${end}data: ${event}${end}${end}`)
            .join('');
          const bytes = Buffer.from(text, 'utf8');
          const found: string[] = [];
          const stream = new EventStream((item) => found.push(item));
          for (let at = 0; at < bytes.length;) {
            const size = Number(sizes.next().value);
            stream.write(bytes.subarray(at, at + size));
            at += size;
          }
          stream.end();
          assert.deepEqual(
            found,
            events.map((event) => event.toWellFormed()),
          );
        },
      ),
    );
  });

  it('takes thoughts off the beginning, and nothing else', () => {
    for (const [text, said, thought] of [
      ['plain', 'plain', ''],
      ['<think>a</think>b', 'b', 'a'],
      ['\n <thinking>a\n</thinking>\n\nb', 'b', 'a'],
      ['<think>a</think>\n<think>c</think>b', 'b', 'a\n\nc'],
      ['<think></think>b', 'b', ''],
      ['<think>never closed', '', 'never closed'],
      ['a\n</think>\nb', 'b', 'a'],
      ['use `<think>` to think', 'use `<think>` to think', ''],
      ['x = "</think>"', 'x = "</think>"', ''],
      ['<b>bold</b>', '<b>bold</b>', ''],
    ] as const) {
      assert.deepEqual(splitReasoning(text, tags), { text: said, reasoning: thought }, text);
    }
  });

  it('knows thoughts by the marks of other models, and by those of a file', () => {
    for (const [text, said, thought] of [
      ['◁think▷a◁/think▷b', 'b', 'a'],
      ['[THINK]a[/THINK]b', 'b', 'a'],
      ['<seed:think>a</seed:think>b', 'b', 'a'],
      ['<|START_THINKING|>a<|END_THINKING|>b', 'b', 'a'],
      ['a\n◁/think▷\nb', 'b', 'a'],
      ['[THINK]never closed', '', 'never closed'],
    ] as const) {
      assert.deepEqual(splitReasoning(text, usualTags), { text: said, reasoning: thought }, text);
    }
    const own = [['((', '))']] as const;
    assert.deepEqual(splitReasoning('((a))b', own), { text: 'b', reasoning: 'a' });
  });

  it('an end alone ends thoughts that hold blocks, and none inside the code of an answer', () => {
    const draft = '```python\nx = 0\n```';
    const answer = '```python\nx = 1\n```';
    for (const end of ['\n</think>\n', ' no.</think>\n']) {
      const { text, reasoning } = splitReasoning(`First\n${draft}\nbut${end}${answer}`, tags);
      assert.equal(text, answer);
      assert.match(reasoning, /x = 0/);
    }
    const left = '```python\nx = 0\n</think>\n' + answer;
    assert.equal(splitReasoning(left, tags).text, answer);
    for (const text of [
      '```python\nTEXT = """\n</think>\n"""\n```\n\n```python\nprint(TEXT)\n```',
      '```python\nx = text.split("</think>")\n```\nIt cuts at `</think>`.\n```\nb\n```',
      'def f(text):\n    return text.replace("</think>", "")',
    ]) {
      assert.deepEqual(splitReasoning(text, tags), { text, reasoning: '' });
    }
  });

  it('an end of thoughts behind a block of code ends nothing', () => {
    const text = '```python\nx = 1\n```\n</think>\nDone.';
    assert.deepEqual(splitReasoning(text, tags), { text, reasoning: '' });
  });

  it('a text without thoughts stays as it is, and thoughts never stay', () => {
    const word = fc.string().filter((text) => !/[<>]/.test(text));
    fc.assert(
      fc.property(word, word, (said, thought) => {
        assert.equal(splitReasoning(said, tags).text, said);
        const split = splitReasoning(`<think>${thought}</think>${said}`, tags);
        assert.equal(split.text, said.trimStart());
        assert.equal(split.reasoning, thought.trim());
      }),
    );
  });

  it('reads error bodies of every shape, and never throws', () => {
    assert.deepEqual(errorDetail({ error: { message: 'no', code: 'c', type: 't', param: 'p' } }), {
      ...{ message: 'no', code: 'c t', parameters: ['p'] },
    });
    const detail = [{ loc: ['body', 'seed'], msg: 'Extra inputs', type: 'extra_forbidden' }];
    assert.deepEqual(errorDetail({ detail }).parameters, ['seed']);
    assert.equal(errorDetail({ error: 'plain' }).message, 'plain');
    assert.equal(errorDetail('<html>..').message, 'a web page');
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 300, max: 599 }), (body, status) => {
        const fault = faultOfStatus(status, errorDetail(body), () => null);
        assert.ok(fault.reason.length < 600);
        assert.ok(faultOfBody({ error: body }).reason.length < 600);
      }),
    );
  });

  it('reads how long an endpoint asks to wait', () => {
    const from = (headers: Record<string, string>) => (name: string) => headers[name] ?? null;
    assert.equal(waitOf(from({ 'retry-after': '2' })), 2000);
    assert.equal(waitOf(from({ 'retry-after': '0.5', 'retry-after-ms': '70' })), 70);
    assert.equal(waitOf(from({ 'retry-after': 'soon' })), null);
    assert.equal(waitOf(from({})), null);
    const date = new Date(Date.now() + 30_000).toUTCString();
    const waitMs = waitOf(from({ 'retry-after': date })) ?? 0;
    assert.ok(waitMs > 20_000 && waitMs <= 30_000);
    const none = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m2.5s' };
    assert.equal(pauseOf(from(none)), 62_500);
    assert.equal(pauseOf(from({ ...none, 'x-ratelimit-remaining-requests': '3' })), 0);
    assert.equal(pauseOf(from({ ...none, 'x-ratelimit-reset-requests': '20ms' })), 20);
  });
});
