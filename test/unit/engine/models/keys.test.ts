import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { findApiKey } from '../../../../src/engine/models/apiKey';
import { checkBaseUrl } from '../../../../src/engine/models/baseUrl';
import { callModel } from '../../../../src/engine/solvers/modelCall';
import { MemoryEffects } from '../../../support/effects';
import { type Behaviour, fails, says, startModelServer } from '../../../support/modelServer';
import { ask, never, openedModels } from '../../../support/openedModel';
import { temporaryFolder } from '../../../support/temporary';

const key = 'sk-test-0123456789abcdefghij';

describe('keys', () => {
  const folder = temporaryFolder();
  const { open } = openedModels(folder);

  it('are in nothing that is written, told or recorded, even where an endpoint says them back', async () => {
    const echo = `Your key ${key} is what you sent. Bearer ${key}`;
    const behaviours: Behaviour[] = [
      says({ texts: [`<think>${echo}</think>${echo}`] }),
      async (_request, reply) => {
        reply.startEvents();
        await reply.delta({ reasoning: echo });
        for (const piece of echo) await reply.delta({ content: piece });
        await reply.delta({}, 0, 'stop');
        reply.end();
      },
      fails(401, { error: { message: `Incorrect API key provided: ${key}` } }),
      fails(400, { error: { message: echo, code: echo } }),
      fails(404, echo),
      // Cut where messages are: no part of the key may stay.
      fails(404, { error: { message: `${'x'.repeat(485)}${key}` } }),
      (_request, reply) =>
        reply.json(200, { error: { message: `${'x'.repeat(485)}${key}`, code: 404 } }),
      (_request, reply) => reply.raw(200, { 'content-type': 'text/html' }, `<html>${echo}`),
      (_request, reply) => reply.json(200, { error: { message: echo, code: 404 } }),
      (_request, reply) =>
        reply.json(200, { choices: [{ message: { refusal: echo }, finish_reason: 'stop' }] }),
    ];
    const { model, server, budgets } = await open(behaviours, { apiKey: key });
    const effects = new MemoryEffects();
    const seen: unknown[] = [];
    const written: string[] = [];
    const keep = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    const watched = [process.stdout, process.stderr].map((stream) => {
      const original = Object.getOwnPropertyDescriptor(stream, 'write');
      Object.defineProperty(stream, 'write', { value: keep, configurable: true, writable: true });
      return () => {
        if (original) Object.defineProperty(stream, 'write', original);
        else Reflect.deleteProperty(stream, 'write');
      };
    });
    process.env['OPENAI_LOG'] = 'debug';
    try {
      for (let call = 0; call < behaviours.length; call++) {
        const place = { task: 't', sample: 0, turn: 0, ordinal: call, prompt: 'test@1' };
        const told = await callModel(
          { ...place, kind: 'call/program', temperature: 0, ...ask() },
          { model, effects, seed: 1, signal: never, onText: (text) => seen.push(text) },
        );
        seen.push(told);
      }
    } finally {
      delete process.env['OPENAI_LOG'];
      for (const restore of watched) restore();
    }
    budgets.close();
    assert.equal(server.chats[0]?.headers.authorization, `Bearer ${key}`);
    assert.ok(JSON.stringify(seen).includes('[key]'));
    assert.ok(effects.notedBeside.length > 0);
    const everything = [
      ...[JSON.stringify(seen), JSON.stringify([...effects.recorded]), written.join('')],
      JSON.stringify(effects.notedBeside),
      ...filesBelow(folder.path).map((file) => readFileSync(file, 'utf8')),
    ];
    assert.ok(everything.length > 3);
    for (const text of everything) assert.ok(!text.includes(key.slice(0, 12)), text.slice(0, 300));
  });

  it('come from what is given, else from the environment, and are never made up', () => {
    const environment = { FLYWHEEL_API_KEY: 'ours', OPENAI_API_KEY: 'theirs' };
    assert.equal(findApiKey('given', environment), 'given');
    assert.equal(findApiKey(undefined, environment), 'ours');
    assert.equal(findApiKey(undefined, { OPENAI_API_KEY: 'theirs' }), 'theirs');
    assert.equal(findApiKey(undefined, { OPENAI_API_KEY: ' ' }), null);
  });

  it('are not sent where there is none', async () => {
    const { model, server } = await open(says('x'), { apiKey: null });
    await model.complete(ask(), never);
    assert.equal(server.chats[0]?.headers.authorization, undefined);
  });

  it('do not follow a redirect', async () => {
    const other = await startModelServer(says('stolen'));
    try {
      for (const status of [301, 302, 307, 308]) {
        const location = `${other.baseUrl}/chat/completions`;
        const { model } = await open(fails(status, {}, { location }), { apiKey: key });
        const reply = await model.complete(ask(), never);
        assert.ok(
          reply.kind === 'unavailable' && reply.mend.includes('redirect'),
          JSON.stringify(reply),
        );
      }
      assert.equal(other.requests.length, 0);
    } finally {
      await other.close();
    }
  });

  it('go over plain http to this machine only, unless that is expressly allowed', () => {
    const withKey = { hasKey: true };
    for (const url of [
      'http://127.0.0.1:1/v1',
      'http://localhost:1/v1',
      'http://[::1]/v1',
      'https://a.b/v1',
    ]) {
      assert.ok(checkBaseUrl(url, withKey), url);
    }
    for (const url of [
      'http://a.b/v1',
      'http://127.0.0.1.a.b/v1',
      'http://localhost.a.b/v1',
      'http://192.168.1.5/v1',
    ]) {
      assert.throws(() => checkBaseUrl(url, withKey), /plain http/, url);
      assert.ok(checkBaseUrl(url, { hasKey: false }));
      assert.ok(checkBaseUrl(url, { hasKey: true, allowPlainHttp: true }));
    }
  });

  it('are told neither by a bad address, which is refused', () => {
    for (const url of [
      'ftp://a.b',
      'file:///etc/passwd',
      'a.b/v1',
      '',
      'https://a.b/v1?key=1',
      'https://a.b/#x',
    ]) {
      assert.throws(() => checkBaseUrl(url, { hasKey: false }), { name: 'UserError' }, url);
    }
    assert.throws(
      () => checkBaseUrl(`https://me:${key}@a.b/v1`, { hasKey: false }),
      (error: Error) => !error.message.includes(key),
    );
    assert.equal(checkBaseUrl('https://a.b/v1//', { hasKey: true }).href, 'https://a.b/v1');
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => statSync(file).isFile());
}
