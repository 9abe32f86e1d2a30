import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findPrivate } from '../../../../src/engine/redaction/findPrivate';
import { findByRules } from '../../../../src/engine/redaction/secretRules';

const never = new AbortController().signal;
const kindsIn = async (text: string) => (await findPrivate([text], never))[0]?.kind ?? null;

/** Put together here, so that no file of ours holds what looks like a secret. */
const letters = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z';
const planted: readonly (readonly [string, string, 'secret' | 'email' | 'homePath'])[] = [
  ['a password given to a name', `password = "hunter2-${letters.slice(0, 6)}"`, 'secret'],
  ['a password in a dictionary', `{'db_password': 'S3cr3tValue'}`, 'secret'],
  ['a password in a settings file', `DB_PASSWORD=abc123def456`, 'secret'],
  ['an API key given to a name', `const apiKey = '${letters}';`, 'secret'],
  [
    'a JSON web token',
    `t = "${['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', letters].join('.')}"`,
    'secret',
  ],
  [
    'a short private key',
    ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIB\n-----END'].join(' '),
    'secret',
  ],
  ['an AWS key id', `key_id = ${['AKIA', 'IOSFODNN7ABCDEFG'].join('')}`, 'secret'],
  ['a GitHub token, which secretlint finds', ['ghp', `_${letters}abcde`].join(''), 'secret'],
  [
    'a URL with a password',
    `connect("postgres://admin:${letters.slice(0, 9)}@db.acme.io/x")`,
    'secret',
  ],
  ['an e-mail address', 'Written by jane.doe@acme.io', 'email'],
  ['a password in a YAML file', 'password: Tr0ub4dor3xyz', 'secret'],
  ['a password of several words', 'password = "my secret pass 99!"', 'secret'],
  ['a password in three quotes', `password = """${letters.slice(0, 10)}"""`, 'secret'],
  ['a key in bytes', `SECRET_KEY = b'${letters.slice(0, 16)}'`, 'secret'],
  ['a key in brackets', `api_key = ("${letters.slice(0, 16)}")`, 'secret'],
  ['a key beside its name', `os.environ.get("API_KEY", "${letters.slice(0, 16)}")`, 'secret'],
  ['a key after a sign with spaces', `aws_secret_access_key = ${letters}9/x`, 'secret'],
  ['a password told in a comment', '# password is hunter2-Zq81', 'secret'],
  ['a bearer token', `Authorization: Bearer ${letters}`, 'secret'],
  ['basic authorization', `"Authorization": "Basic YWRtaW46aHVudGVyMg=="`, 'secret'],
  ['a fine-grained GitHub token', ['github', `_pat_11ABCDEFG0${letters}`].join(''), 'secret'],
  ['a key of OpenAI', ['sk', `-proj-${letters}`].join(''), 'secret'],
  ['a key of Google', ['AIza', `SyA1234${letters.slice(0, 28)}`].join(''), 'secret'],
  ['a key of Azure', `x;AccountKey=${letters}${letters}==;`, 'secret'],
  ['an e-mail address with letters of other scripts', 'josé@empresa.es', 'email'],
  ['a home path on a mount', 'open("/mnt/c/Users/bob/x")', 'homePath'],
  ['a home path elsewhere', 'cd /var/home/carol/x', 'homePath'],
  ['a file of the root user', 'open("/root/.ssh/id_rsa")', 'homePath'],
  ['a home by its name', 'open("~alice/data.csv")', 'homePath'],
  ['a home path of an older Windows', 'C:\\Documents and Settings\\bob\\x', 'homePath'],
  ['a home path on a server', '\\\\files\\Users\\bob', 'homePath'],
  ['a home path', 'open("/home/jane/data.csv")', 'homePath'],
  ['a home path of a Mac', 'open("/Users/jane/data.csv")', 'homePath'],
  ['a home path of Windows', 'open("C:\\\\Users\\\\jane\\\\data.csv")', 'homePath'],
];

const harmless: readonly (readonly [string, string])[] = [
  ['a parameter named password', 'def login(password):\n    return hash(password)'],
  ['a comparison of tokens', 'if token == "+":\n    stack.append(token)'],
  ['a placeholder', 'password = "<password>"; api_key = "YOUR_API_KEY"'],
  ['an example address', 'assert is_valid("someone@example.com")'],
  ['a decorator', '@property\ndef size(self): return self.n'],
  ['a route of users', 'matchRoute("/users/:id", "/users/42")'],
  ['a product of matrices', 'y = a@b.dot(c)\nz = x@w.transpose (1)'],
  ['names of settings', "parser.add('--token', 'api_token_name')\ntoken = tokenizer_v2"],
  ['what a person is asked', 'password = input("password: enter your password")'],
  ['annotations', 'def f(token: int64, secret: str = None): ...\npassword: str256 = x'],
  ['a tree with a root', 'paths = ["/root/a", "/root/b.txt"]\nn = ~x // 2'],
  ['words on basics', 'Basic understanding of Bearer tokens'],
  ['a path of no home', 'open("/usr/lib/homes/x")'],
];

describe('what must not leave the machine', () => {
  for (const [what, text, kind] of planted) {
    it(`is found: ${what}`, async () => {
      assert.equal(await kindsIn(`x = 1\n${text}\ny = 2\n`), kind);
    });
  }
  for (const [what, text] of harmless) {
    it(`is not seen in ${what}`, async () => {
      assert.equal(await kindsIn(text), null);
    });
  }

  it('is found where a comment switches secretlint off', async () => {
    const token = ['ghp', `_${letters}abcde`].join('');
    assert.equal(await kindsIn(`# secretlint-disable\n${token}\n`), 'secret');
  });

  it('is found in the right one of many texts', async () => {
    const texts = Array.from({ length: 450 }, (_, at) => `x = ${String(at)}`);
    texts[333] = ['ghp', `_${letters}abcde`].join('');
    const found = await findPrivate(texts, never);
    assert.deepEqual(
      found.flatMap((one, at) => (one ? [at] : [])),
      [333],
    );
  });

  it('is told by rule and place, never by its text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/), (value) => {
        const found = findByRules(`secret = "${value}1x"`);
        assert.ok(!JSON.stringify(found).includes(value));
      }),
    );
  });
});
