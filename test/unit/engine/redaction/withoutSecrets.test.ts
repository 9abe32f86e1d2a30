import assert from 'node:assert/strict';
import { withoutSecrets } from '../../../../src/engine/redaction/withoutSecrets';

describe('withoutSecrets', () => {
  for (const [name, text, secret] of [
    [
      'a key of OpenAI',
      'Incorrect API key provided: sk-proj-Ab12Cd34Ef56Gh78.',
      'Ab12Cd34Ef56Gh78',
    ],
    ['a masked key', 'Incorrect API key provided: sk-abcd********wxyz', 'wxyz'],
    ['a key of Google', 'key=AIzaSyA1234567890abcdefghijklmnop', 'SyA1234567890'],
    ['a key of Groq', 'gsk_abcdefgh12345678ijkl is not valid', 'abcdefgh12345678'],
    ['a bearer', '{"authorization":"Bearer abcdefgh12345678"}', 'abcdefgh12345678'],
    ['a header', 'x-api-key: 0123456789abcdef', '0123456789abcdef'],
    ['a named key', '{"api_key": "zX9-pQ3_kk21"}', 'zX9-pQ3_kk21'],
    ['a password in an address', 'http://me:hunter22x@example.org/v1', 'hunter22x'],
  ] as const) {
    it(`takes out ${name}`, () => {
      const clean = withoutSecrets(text);
      assert.ok(!clean.includes(secret), clean);
      assert.match(clean, /\[secret\]/);
    });
  }

  it('leaves what an endpoint says of a request', () => {
    const said = "This model's maximum context length is 8192 tokens (status 400); ask for less.";
    assert.equal(withoutSecrets(said), said);
  });
});
