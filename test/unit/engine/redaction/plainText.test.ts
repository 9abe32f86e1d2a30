import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainData, plainJson, plainText } from '../../../../src/engine/redaction/plainText';

describe('text that is shown to people', () => {
  const marked: readonly (readonly [string, string, string])[] = [
    ['a colour', 'a\u001b[31;1mb\u001b[0m', 'a␛b␛'],
    ['clearing the screen', '\u001b[2J\u001b[H$ ', '␛␛$ '],
    ['a title', '\u001b]0;rm -rf /\u0007x', '␛x'],
    ['a write to the clipboard', '\u001b]52;c;ZXZpbA==\u001b\\x', '␛x'],
    ['a title that never ends', '\u001b]0;title', '␛]0;title'],
    ['a device control string', '\u001bP1$r0m\u001b\\x', '␛x'],
    ['8-bit control sequences', 'a\u009b31mb\u009d0;t\u009cc', 'a␛b␛c'],
    ['a reset', '\u001bcx', '␛x'],
    ['a sequence within a sequence', '\u001b\u001b[31m[32mx', '␛␛[32mx'],
    ['carriage return', 'ok\rno', 'ok␍no'],
    ['backspace, bell, NUL and delete', 'a\b\u0007\0\u007f', 'a␈␇␀␡'],
    ['overrides of direction', 'a\u202eb\u202c', 'a‹U+202E›b‹U+202C›'],
    ['isolates', '\u2066a\u2069\u2067\u2068', '‹U+2066›a‹U+2069›‹U+2067›‹U+2068›'],
    ['marks of direction', 'a\u200e\u200f\u061c', 'a‹U+200E›‹U+200F›‹U+061C›'],
    ['joiners among Latin letters', 'pass\u200dword\u200c', 'pass‹U+200D›word‹U+200C›'],
    ['what takes no room', 'a\u200bb\ufeff\u2060', 'a‹U+200B›b‹U+FEFF›‹U+2060›'],
    ['hidden tags', 'a\u{e0041}', 'a‹U+E0041›'],
    ['line separators', 'a\u2028b', 'a‹U+2028›b'],
  ];
  for (const [what, text, shown] of marked) {
    it(`has ${what} taken out with a mark`, () => assert.equal(plainText(text), shown));
  }

  const kept: readonly (readonly [string, string])[] = [
    ['lines and tabs', 'a\n\tb\n'],
    ['a family of emoji', '👩‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈'],
    ['a flag spelled in tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['Persian with its joiners', 'می\u200cخواهم'],
    ['Hindi with its joiners', 'क्\u200dष'],
    ['other scripts', '飞轮 עברית Ünïcødé'],
  ];
  for (const [what, text] of kept) {
    it(`keeps ${what}`, () => assert.equal(plainText(text), text));
  }

  it('ends lines of Windows as others do', () => assert.equal(plainText('a\r\nb'), 'a\nb'));

  it('holds no control and no direction whatever it was made of, and twice is once', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b',
        '[',
        ']',
        '31m',
        '\u0007',
        '\\',
        '\u202e',
        '\u200d',
        'क',
        '👩',
        '\r',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const shown = plainText(pieces.join(''));
        assert.doesNotMatch(shown, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        assert.doesNotMatch(shown, /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
        assert.equal(plainText(shown), shown);
      }),
    );
  });

  it('is cleaned at every depth of data, but for the fields that are kept', () => {
    const data = { id: 'a\u202e', rows: [{ text: '\u001b[1mb', n: 1, no: null, yes: true }] };
    assert.deepEqual(plainData(data, new Set(['id'])), {
      id: 'a\u202e',
      rows: [{ text: '␛b', n: 1, no: null, yes: true }],
    });
  });

  it('stays the same data in JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = plainJson(JSON.stringify({ text: `${text}\u009b\u202e\u{e0041}` }));
        assert.deepEqual(JSON.parse(json), { text: `${text}\u009b\u202e\u{e0041}` });
        assert.doesNotMatch(
          json,
          /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});
