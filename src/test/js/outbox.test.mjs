import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outbox } from '../../../webapp/js/outbox.js';
import { Requests } from '../../../webapp/js/requests.js';
import { Sender } from '../../../webapp/js/sender.js';

/** A tab's storage. */
function memory() {
  const values = new Map();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => (value === null ? values.delete(key) : values.set(key, value)),
  };
}

function sending(outbox) {
  const sent = [];
  const told = [];
  const requests = new Requests((message) => sent.push(message));
  const sender = new Sender(outbox, requests, (type, detail) => told.push([type, detail]));
  return { sent, told, requests, sender };
}

test('what is not confirmed is there again after a reload, under the same key', () => {
  const tab = memory();
  const { key } = new Outbox(tab).write('lobby', 'hello');
  assert.deepEqual(new Outbox(tab).of('lobby').map((letter) => letter.key), [key]);
});

test('one letter is in flight at a time, in the order of writing', () => {
  const outbox = new Outbox(memory());
  const { sent, requests, sender } = sending(outbox);
  outbox.write('lobby', '1');
  outbox.write('lobby', '2');
  sender.ready = true;
  assert.deepEqual(sent.map(({ text }) => text), ['1']);
  requests.answered({ id: sent[0].id, seq: 1 });
  assert.deepEqual(sent.map(({ text }) => text), ['1', '2']);
  requests.answered({ id: sent[1].id, seq: 2 });
  assert.deepEqual(outbox.of('lobby'), []);
});

test('a lost line leaves the letter, and the next one sends it with its key', () => {
  const outbox = new Outbox(memory());
  const { sent, requests, sender } = sending(outbox);
  outbox.write('lobby', '1');
  sender.ready = true;
  sender.ready = false;
  requests.lost();
  assert.equal(outbox.of('lobby')[0].state, 'pending');
  sender.ready = true;
  assert.equal(sent.length, 2);
  assert.equal(sent[0].key, sent[1].key);
});

test('a rate refusal is waited out', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const outbox = new Outbox(memory());
  const { sent, told, requests, sender } = sending(outbox);
  outbox.write('lobby', '1');
  sender.ready = true;
  requests.refused({ id: sent[0].id, code: 'rate', message: '', retry: true, retryAfter: 700 });
  t.mock.timers.tick(699);
  assert.equal(sent.length, 1);
  t.mock.timers.tick(1);
  assert.equal(sent.length, 2);
  assert.deepEqual(told, []);
});

test('another refusal fails the letter and lets the next one go', () => {
  const outbox = new Outbox(memory());
  const { sent, told, requests, sender } = sending(outbox);
  outbox.write('lobby', '1');
  outbox.write('lobby', '2');
  sender.ready = true;
  requests.refused({ id: sent[0].id, code: 'too_large', message: 'text: 5000 characters, at most 4000', retry: false });
  assert.equal(told[0][0], 'letter');
  assert.equal(told[0][1].state, 'failed');
  assert.equal(sent[1].text, '2');
});

test('retrying keeps the key, unless the key was the fault', () => {
  const outbox = new Outbox(memory());
  const { key } = outbox.write('lobby', '1');
  outbox.fail(key, { code: 'unavailable', message: '' });
  assert.equal(outbox.retry(key)?.key, key);
  outbox.fail(key, { code: 'key_reused', message: '' });
  assert.notEqual(outbox.retry(key)?.key, key);
});
