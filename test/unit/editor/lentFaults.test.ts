import assert from 'node:assert/strict';
import { lentFaultOf } from '../../../src/editor/lentFaults';

const thrown = (message: string, parts: object = {}): Error =>
  Object.assign(new Error(message), parts);

describe('what a model of the editor throws', () => {
  for (const [name, error, fault] of [
    ['consent refused', thrown('no', { code: 'NoPermissions' }), 'denied'],
    ['a quota that is spent', thrown('over', { name: 'ChatQuotaExceeded' }), 'quota'],
    ['a quota in words', thrown('You have reached your weekly quota.'), 'quota'],
    ['an extension that is blocked', thrown('wait', { code: 'Blocked' }), 'blocked'],
    ['a model that is gone', thrown('none', { code: 'NotFound' }), 'gone'],
    ['a filter', thrown('x', { cause: new Error('off_topic') }), 'filtered'],
    ['a broken connection', thrown('net::ERR_FAILED'), 'other'],
    ['what is no error', 'nothing', 'other'],
  ] as const) {
    it(`is told from the rest: ${name}`, () => {
      assert.equal(lentFaultOf(error), fault);
    });
  }
});
