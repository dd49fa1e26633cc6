import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyOf } from '../../../webapp/js/refusal.js';
import { en } from '../../../webapp/js/texts/en.js';
import { zh } from '../../../webapp/js/texts/zh.js';

const said = (code, message) => {
  const why = whyOf({ code, message });
  if (typeof why === 'string') return why;
  return ['en', 'zh'].map((tag) =>
    ({ en, zh })[tag][why.key].replace(/\{(\w+)\}/g, (_, name) => why.values[name] ?? assert.fail(`no ${name}`)));
};

test('a refusal is said in the page’s language with the server’s figures', () => {
  assert.deepEqual(said('too_large', 'text: 4312 characters, at most 4000'), [
    '4312 characters, at most 4000',
    '已有 4312 个字，最多 4000 个字',
  ]);
  assert.deepEqual(said('rate', 'rate: faster than 10 messages a second after a burst of 30'), [
    'faster than 10 messages a second after the first 30',
    '连发 30 条之后，每秒不能超过 10 条',
  ]);
  assert.equal(said('too_large', 'body: 70000 bytes or more, at most 65536')[0], '70000 bytes, at most 65536');
  assert.equal(said('bad_room', "room: '..' is not a name")[1], '“..”不能作为房间名');
  assert.equal(said('bad_name', 'name: character U+202E is not allowed in a name')[0],
    'the character U+202E may not stand in a name');
  assert.equal(said('overloaded', '200 connections from your address, at most 200')[0],
    '200 connections from your address, at most 200');
  assert.equal(said('unavailable', 'The room log failed')[1], '服务器暂时无法保存');
});

test('what is not known is said as the server says it', () => {
  assert.equal(said('too_large', 'a new limit of 7 apples'), 'a new limit of 7 apples');
  assert.equal(said('no_such_code', 'because'), 'because');
  assert.equal(said('constructor', 'because'), 'because');
});

test('both languages have the same texts', () => {
  assert.deepEqual(Object.keys(zh), Object.keys(en));
});
