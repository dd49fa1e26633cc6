import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../../../webapp/js/client.js';
import { Outbox } from '../../../webapp/js/outbox.js';

Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

/** A server's end of the line: what the page sent, and a way to answer. */
function visit(t, name = null) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const lines = [];
  const connect = (listener) => {
    const line = { sent: [], listener, state: 'connecting', hello: { frames: 'binary' } };
    line.open = () => {
      line.state = 'open';
      listener.opened();
    };
    line.send = (message) => line.sent.push(message);
    line.close = () => (line.state = 'closed');
    line.say = (...messages) => listener.received(messages);
    lines.push(line);
    return line;
  };
  const outbox = new Outbox({ get: () => null, set: () => {} });
  const client = new Client(connect, outbox, { room: 'lobby', name });
  const seen = [];
  client.on('messages', (messages) => seen.push(...messages.map(({ text }) => text)));
  client.link.start();
  return { client, lines, seen };
}

const me = { id: 'g-1', name: 'Me' };
const welcome = { type: 'welcome', user: me, heartbeat: 25, limits: { textChars: 4000 } };
const joined = (cursor) => ({ type: 'joined', room: 'lobby', cursor, members: [me], count: 1, version: 1 });
const message = (seq, epoch = 'a') => ({
  type: 'message', room: 'lobby', cursor: `${epoch}:${seq}`, seq, key: `k${seq}`, from: { id: 'g-2', name: 'You' },
  at: '2026-01-01T00:00:00Z', text: `${epoch}${seq}`,
});

test('the first hello has no cursor, and history fills the screen', (t) => {
  const { lines } = visit(t, 'Me');
  lines[0].say(welcome, joined('a:7'));
  assert.deepEqual(lines[0].sent[0], { id: 1, type: 'hello', frames: 'binary', name: 'Me', rooms: [{ room: 'lobby' }] });
  assert.equal(lines[0].sent[1].type, 'history');
  assert.equal(lines[0].sent[1].before, undefined);
});

test('what is not after the cursor is dropped', (t) => {
  const { lines, seen } = visit(t);
  lines[0].say(welcome, joined('a:7'), message(7), message(8), message(8), message(9), message(8));
  assert.deepEqual(seen, ['a8', 'a9']);
});

test('coming back resumes after the last message', (t) => {
  const { lines, seen } = visit(t);
  lines[0].say(welcome, joined('a:7'), message(8));
  lines[0].listener.closed({ code: 1006, reason: '' });
  t.mock.timers.tick(501);
  assert.deepEqual(lines[1].sent[0].rooms, [{ room: 'lobby', after: 'a:8' }]);
  lines[1].say(welcome, joined('a:8'), message(8), message(9));
  assert.deepEqual(seen, ['a8', 'a9']);
});

test('another epoch starts the list afresh and keeps the roster', (t) => {
  const { client, lines, seen } = visit(t);
  let lists = 0;
  client.on('room', () => lists++);
  lines[0].say(welcome, joined('a:7'));
  lines[0].say({ type: 'gap', room: 'lobby', from: 'a:7', to: 'b:0', reason: 'epoch' }, message(1, 'b'));
  assert.equal(lists, 1);
  assert.deepEqual(seen, ['b1']);
  assert.equal(client.roster.count, 1);
});

test('a gap moves the cursor', (t) => {
  const { lines, seen } = visit(t);
  lines[0].say(welcome, joined('a:7'), { type: 'gap', room: 'lobby', from: 'a:7', to: 'a:20', reason: 'trimmed' });
  lines[0].say(message(20), message(21));
  assert.deepEqual(seen, ['a21']);
});

test('a refused name is left out of the next hello', (t) => {
  const { client, lines } = visit(t, 'Bad');
  const refused = [];
  client.on('refused', ({ code }) => refused.push(code));
  lines[0].say({ type: 'error', id: 1, code: 'bad_name', message: 'no' });
  assert.deepEqual(refused, ['bad_name']);
  assert.equal(lines[0].sent[1].type, 'hello');
  assert.equal(lines[0].sent[1].name, undefined);
  assert.deepEqual(lines[0].sent[1].rooms, [{ room: 'lobby' }]);
});

test('the server’s ping is answered', (t) => {
  const { lines } = visit(t);
  lines[0].say(welcome, { type: 'ping' });
  assert.equal(lines[0].sent.at(-1).type, 'pong');
});

test('silence for two heartbeats is a dead line', (t) => {
  const { client, lines } = visit(t);
  lines[0].say(welcome, joined('a:0'));
  t.mock.timers.tick(49_000);
  assert.equal(client.link.state.state, 'online');
  t.mock.timers.tick(1_001);
  assert.equal(client.link.state.state, 'reconnecting');
  assert.equal(lines[0].state, 'closed');
});

test('a final close stays closed', (t) => {
  const { client, lines } = visit(t);
  lines[0].say(welcome);
  lines[0].listener.closed({ code: 4009, reason: 'elsewhere' });
  t.mock.timers.tick(120_000);
  assert.deepEqual(client.link.state, { state: 'closed', code: 4009, reason: 'elsewhere' });
  assert.equal(lines.length, 1);
});

test('typing is told at most every 3 s', (t) => {
  const { client, lines } = visit(t);
  lines[0].say(welcome, joined('a:0'));
  t.mock.timers.tick(10_000);
  for (let i = 0; i < 5; i++) client.typing();
  t.mock.timers.tick(3_000);
  client.typing();
  assert.equal(lines[0].sent.filter(({ type }) => type === 'typing').length, 2);
});
