import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff, verdictOf } from '../../../webapp/js/reconnect.js';

test('final codes do not reconnect', () => {
  for (const code of [1002, 1003, 1007, 1009, 4001, 4003, 4004, 4009, 4099]) assert.equal(verdictOf(code), 'final');
});

test('other codes come back, the 42xx at once', () => {
  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 4100, 4108, 4129]) assert.equal(verdictOf(code), 'backoff');
  for (const code of [4200, 4201]) assert.equal(verdictOf(code), 'now');
});

test('the wait has full jitter under a limit that doubles up to 30 s', () => {
  const longest = new Backoff(() => 0.999999);
  const waits = Array.from({ length: 9 }, () => Math.round(longest.next('backoff')));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  const shortest = new Backoff(() => 0);
  assert.equal(shortest.next('backoff'), 0);
  assert.equal(shortest.next('backoff'), 0);
});

test('the server says when to come back, and a second failure still backs off', () => {
  const backoff = new Backoff(() => 0.5);
  assert.equal(backoff.next('backoff', { retryAfter: 200, spread: 5000 }), 2700);
  assert.equal(backoff.next('backoff', { retryAfter: 200, spread: 5000 }), 2700 + 500);
});

test('at once is a moment, the first time', () => {
  const backoff = new Backoff(() => 0.999999);
  assert.ok(backoff.next('now') <= 250);
  assert.ok(backoff.next('now') > 900);
  backoff.reset();
  assert.ok(backoff.next('now') <= 250);
});
