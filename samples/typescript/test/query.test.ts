import { test } from 'node:test';
import assert from 'node:assert/strict';
import { buildQuery, matchRoute, parseQuery } from '../src/query.ts';

test('parseQuery reads names and values', () => {
  assert.deepEqual(parseQuery('a=1&b=two'), { a: ['1'], b: ['two'] });
});

test('parseQuery skips one leading question mark', () => {
  assert.deepEqual(parseQuery('?a=1'), { a: ['1'] });
  assert.deepEqual(parseQuery('??a=1'), { '?a': ['1'] });
});

test('parseQuery collects repeated names in order', () => {
  assert.deepEqual(parseQuery('a=2&b=x&a=1'), { a: ['2', '1'], b: ['x'] });
  assert.deepEqual(parseQuery('t=1&t=1&t=1'), { t: ['1', '1', '1'] });
});

test('parseQuery gives names without a value an empty one', () => {
  assert.deepEqual(parseQuery('debug&x=1'), { debug: [''], x: ['1'] });
  assert.deepEqual(parseQuery('a='), { a: [''] });
});

test('parseQuery keeps a single letter as a name', () => {
  assert.deepEqual(parseQuery('q'), { q: [''] });
  assert.deepEqual(parseQuery('?q'), { q: [''] });
});

test('parseQuery divides at the first equals sign only', () => {
  assert.deepEqual(parseQuery('sum=1+1=2'), { sum: ['1 1=2'] });
  assert.deepEqual(parseQuery('a==b'), { a: ['=b'] });
});

test('parseQuery ignores empty pairs', () => {
  assert.deepEqual(parseQuery('&a=1&&b=2&'), { a: ['1'], b: ['2'] });
  assert.deepEqual(parseQuery(''), {});
});

test('parseQuery ignores pairs without a name', () => {
  assert.deepEqual(parseQuery('=1&a=2'), { a: ['2'] });
  assert.deepEqual(parseQuery('?=x'), {});
});

test('parseQuery decodes plus signs and percent escapes', () => {
  assert.deepEqual(parseQuery('full+name=Ann+Lee&city=%C3%85rhus'), {
    'full name': ['Ann Lee'],
    city: ['Århus'],
  });
  assert.deepEqual(parseQuery('a%3Db=1%2B1'), { 'a=b': ['1+1'] });
});

test('parseQuery has no trouble with names of object members', () => {
  assert.deepEqual(parseQuery('toString=1&toString=2'), { toString: ['1', '2'] });
});

test('parseQuery rejects malformed escapes', () => {
  assert.throws(() => parseQuery('a=%E0%A4%A'), URIError);
  assert.throws(() => parseQuery('%=1'), URIError);
});

test('buildQuery writes names in alphabetical order', () => {
  assert.equal(buildQuery({ b: 'x', a: 'y' }), 'a=y&b=x');
  assert.equal(buildQuery({ z: 1, m: 2, c: 3 }), 'c=3&m=2&z=1');
});

test('buildQuery writes numbers, also zero', () => {
  assert.equal(buildQuery({ page: 0, size: 20.5 }), 'page=0&size=20.5');
});

test('buildQuery keeps empty texts', () => {
  assert.equal(buildQuery({ a: '' }), 'a=');
  assert.equal(buildQuery({ a: '', b: 0 }), 'a=&b=0');
});

test('buildQuery writes true as a bare name', () => {
  assert.equal(buildQuery({ debug: true }), 'debug');
  assert.equal(buildQuery({ a: true, b: true, c: 1 }), 'a&b&c=1');
});

test('buildQuery leaves out false', () => {
  assert.equal(buildQuery({ a: 1, b: false, c: 2 }), 'a=1&c=2');
  assert.equal(buildQuery({ b: false }), '');
});

test('buildQuery leaves out null', () => {
  assert.equal(buildQuery({ b: null }), '');
  assert.equal(buildQuery({ a: null, b: 'x', c: null }), 'b=x');
});

test('buildQuery writes a pair for each item of a list', () => {
  assert.equal(buildQuery({ tag: ['b', 'a', 3] }), 'tag=b&tag=a&tag=3');
  assert.equal(buildQuery({ tag: ['one'] }), 'tag=one');
});

test('buildQuery leaves out empty lists', () => {
  assert.equal(buildQuery({ tag: [], x: 1 }), 'x=1');
  assert.equal(buildQuery({ tag: [] }), '');
});

test('buildQuery encodes names and values', () => {
  assert.equal(buildQuery({ 'a b': 'c&d=e' }), 'a%20b=c%26d%3De');
  assert.equal(buildQuery({ 'x&y': true }), 'x%26y');
});

test('buildQuery writes nothing for no values', () => {
  assert.equal(buildQuery({}), '');
});

test('buildQuery goes on after a bare name', () => {
  assert.equal(
    buildQuery({ all: true, list: ['x', 'y'], none: null, z: 0 }),
    'all&list=x&list=y&z=0',
  );
});

test('matchRoute matches equal paths', () => {
  assert.deepEqual(matchRoute('/about/team', '/about/team'), {});
  assert.deepEqual(matchRoute('/', '/'), {});
});

test('matchRoute refuses other segments', () => {
  assert.equal(matchRoute('/about', '/contact'), null);
  assert.equal(matchRoute('/a/b/c', '/a/x/c'), null);
});

test('matchRoute takes parameters', () => {
  assert.deepEqual(matchRoute('/users/:id', '/users/7'), { id: '7' });
  assert.deepEqual(matchRoute('/:kind/:id/files', '/users/7/files'), { kind: 'users', id: '7' });
});

test('matchRoute takes a parameter at the start', () => {
  assert.deepEqual(matchRoute(':lang', 'en'), { lang: 'en' });
  assert.deepEqual(matchRoute('/:lang/home', '/de/home'), { lang: 'de' });
});

test('matchRoute refuses a path that is too short', () => {
  assert.equal(matchRoute('/users/:id', '/users'), null);
  assert.equal(matchRoute('/users', '/'), null);
});

test('matchRoute refuses a path that lacks its last segment', () => {
  assert.equal(matchRoute('/a/b', '/a'), null);
  assert.equal(matchRoute('/:a/:b/:c', '/1/2'), null);
});

test('matchRoute refuses a path that is too long', () => {
  assert.equal(matchRoute('/users', '/users/7'), null);
  assert.equal(matchRoute('/users/:id', '/users/7/files'), null);
});

test('matchRoute needs as many segments as the pattern has', () => {
  assert.equal(matchRoute('/', '/a'), null);
  assert.equal(matchRoute('/:id', '/1/2'), null);
  assert.equal(matchRoute('/a/:id', '/a/1/b/c'), null);
});

test('matchRoute takes the rest of a path with a star', () => {
  assert.deepEqual(matchRoute('/files/*path', '/files/a/b.txt'), { path: 'a/b.txt' });
  assert.deepEqual(matchRoute('/:user/*rest', '/ann/x/y/z'), { user: 'ann', rest: 'x/y/z' });
});

test('matchRoute lets a star take nothing', () => {
  assert.deepEqual(matchRoute('/files/*path', '/files'), { path: '' });
  assert.deepEqual(matchRoute('*all', ''), { all: '' });
});

test('matchRoute takes a star before the last segment literally', () => {
  assert.equal(matchRoute('/*a/b', '/x/b'), null);
  assert.deepEqual(matchRoute('/*a/b', '/*a/b'), {});
});

test('matchRoute refuses a wrong segment before a star', () => {
  assert.equal(matchRoute('/files/*path', '/docs/a'), null);
  assert.equal(matchRoute('/files/:id/*path', '/files'), null);
});

test('matchRoute ignores empty segments', () => {
  assert.deepEqual(matchRoute('users/:id/', '//users//7/'), { id: '7' });
  assert.deepEqual(matchRoute('//a', '/a//'), {});
});

test('matchRoute tells upper from lower case', () => {
  assert.equal(matchRoute('/Users', '/users'), null);
  assert.deepEqual(matchRoute('/:Name', '/Ann'), { Name: 'Ann' });
});
